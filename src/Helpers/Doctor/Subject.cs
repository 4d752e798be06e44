using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tensors.Autodiff;

namespace Workbook.Helpers;

/// <summary>A variable that is examined, and what was seen of it.</summary>
sealed class Subject(Variable variable)
{
    public Variable Variable { get; } = variable;

    public DomainVariable? Domain { get; } = DomainVariable.Of(variable);

    public string Name => Domain?.Name ?? Variable.name;

    /// <summary>Whether somebody asked for it by name.</summary>
    public bool Asked { get; init; }

    /// <summary>Who holds it; null: nobody.</summary>
    public string? Owner { get; init; }

    /// <summary>Whether a model is examined, which could own it.</summary>
    public bool CouldBeOwned { get; init; }

    /// <summary>Whether the loss, or a training step, reads it.</summary>
    public bool IsRead { get; init; }

    /// <summary>Whether a training step reads it, the update included.</summary>
    public bool IsReadBeside { get; set; }

    /// <summary>Where a tensor that was computed from it earlier is used; null: nowhere.</summary>
    public string? KeptAt { get; init; }

    /// <summary>The ops at which the way back to it is lost.</summary>
    public IReadOnlyList<string> LostAt { get; init; } = [];

    /// <summary>What lies between it and the loss.</summary>
    public Way? Way { get; init; }

    /// <summary>How many terms the loss is a sum of, and how many of them read it.</summary>
    public (int Of, int Reads) Terms { get; init; }

    /// <summary>Who judges it where no gradient of the loss moves it: a judge, a multiplier.</summary>
    public Judge? Judge { get; init; }

    /// <summary>The range of the place where it stands.</summary>
    public (string Place, double Low, double High)? Range { get; init; }

    /// <summary>The first value.</summary>
    public required Tensor Start { get; init; }

    /// <summary>The gradient at the first value; null: none.</summary>
    public Tensor? Gradient { get; init; }

    /// <summary>The optimizer that got it in a training step.</summary>
    public Optimizer? Mover { get; set; }

    /// <summary>The gradients that an optimizer got, step by step.</summary>
    public List<Tensor?> Given { get; } = [];

    /// <summary>The values after each training step.</summary>
    public List<Tensor> Path { get; } = [];

    /// <summary>The values after the same steps once more, from what a file of weights holds.</summary>
    public List<Tensor> PathAgain { get; } = [];

    /// <summary>The first step that its optimizer would make from zero: nothing is rounded away.</summary>
    public Tensor? Planned { get; set; }

    /// <summary>The same, with a gradient ten times as large.</summary>
    public Tensor? PlannedOfTenfold { get; set; }

    /// <summary>The gradient over its domain, one curve for each element that is looked at.</summary>
    public List<Curve> Curves { get; } = [];

    /// <summary>The length of the gradient; NaN where there is none.</summary>
    public double Slope => Gradient is null ? double.NaN : Length(Gradient);

    public bool HasSlope => Slope is > 0 and < double.PositiveInfinity;

    public bool Moved => Path.Count > 0 && Differs(Path[^1], Start);

    /// <summary>The unit in which it is moved: a domain variable in its raw units, another by its size, one at zero by 1.</summary>
    public double Scale => Domain is not null ? 1
        : Start.ToArray<double>().Select(Math.Abs).DefaultIfEmpty().Max() is var most && most > 0 ? most : 1;

    public static double Length(Tensor t) => Math.Sqrt(t.ToArray<double>().Sum(x => x * x));

    public static bool Differs(Tensor a, Tensor b) => !a.ToArray<double>().AsSpan().SequenceEqual(b.ToArray<double>());
}
