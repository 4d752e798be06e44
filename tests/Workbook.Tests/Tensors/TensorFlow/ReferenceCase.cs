using System.Text.Json;

namespace Workbook.Tests.Tensors.TensorFlow;

/// <summary>The numbers a case expects, with their tolerances. A null gradient stands where TensorFlow gives None.</summary>
record ReferenceValues
{
    public ReferenceTensor[] Outputs { get; init; } = [];

    public double[]?[] Grads { get; init; } = [];

    public double[]?[] Second { get; init; } = [];

    public double Rtol { get; init; }

    public double Atol { get; init; }

    public double? GradRtol { get; init; }

    public double? GradAtol { get; init; }

    public Tolerance OutputTolerance => new(Rtol, Atol);

    public Tolerance GradientTolerance => new(GradRtol ?? Rtol, GradAtol ?? Atol);
}

/// <summary>An error as TensorFlow raised it.</summary>
sealed record ReferenceError(string Type, string Message);

/// <summary>One call measured in TensorFlow: what went in, and what came out or was raised.</summary>
sealed record ReferenceCase : ReferenceValues
{
    public required string Id { get; init; }

    public required string Op { get; init; }

    public required string Python { get; init; }

    public string? Note { get; init; }

    public required Dictionary<string, JsonElement> Attrs { get; init; }

    public required ReferenceTensor[] Inputs { get; init; }

    /// <summary>Weights of the outputs in the first gradient; null for an output that is not floating.</summary>
    public double[]?[] Cotangent { get; init; } = [];

    /// <summary>Weights of the first gradients in the second; null for an input that is not floating.</summary>
    public double[]?[] Tangent { get; init; } = [];

    public ReferenceError? Error { get; init; }

    public ReferenceError? GradError { get; init; }

    /// <summary>The right numbers where TensorFlow's own are not.</summary>
    public ReferenceValues? Math { get; init; }
}

/// <summary>Python lines that TensorFlow executed, and what their variable <c>result</c> then held.</summary>
sealed record ReferenceSnippet(string Id, string Python, JsonElement Result, ReferenceError? Error, string? Note);
