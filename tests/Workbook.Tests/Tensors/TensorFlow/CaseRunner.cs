using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors.TensorFlow;

/// <summary>Runs a case in our engine and compares outputs, gradients and errors with TensorFlow's.</summary>
static class CaseRunner
{
    public static void Run(ReferenceCase reference)
    {
        var inputs = Array.ConvertAll(reference.Inputs, i => i.ToTensor());
        if (reference.Error is not null) Raises(() => Call(reference, inputs));
        else if (reference.GradError is not null)
        {
            CheckOutputs(reference, Call(reference, inputs));
            Raises(() => Differentiate(reference, inputs));
        }
        else if (Array.TrueForAll(reference.Cotangent, c => c is null) || Array.TrueForAll(reference.Tangent, t => t is null))
            CheckOutputs(reference, Call(reference, inputs));
        else Check(reference, Differentiate(reference, inputs));
    }

    /// <summary>Passes when the call raises an exception that we designed: one of the engine's own, or an ArgumentException.</summary>
    public static void Raises(Func<object?> call)
    {
        var error = Record.Exception(() => { call(); });
        Assert.True(error is not null, "Expected an error, as in TensorFlow. Received: none.");
        Assert.True(error.GetType() == typeof(ArgumentException) || error.GetType().Assembly == typeof(Tensor).Assembly,
            $"Expected an ArgumentException or one of the engine's own. Received: {error}");
        Assert.False(string.IsNullOrWhiteSpace(error.Message));
    }

    static Tensor[] Call(ReferenceCase reference, Tensor[] inputs) =>
        reference.Op == "composite" ? Composites.Call(reference.Id, inputs) : OpCall.Invoke(reference.Op, reference.Attrs, inputs);

    static Derivatives Differentiate(ReferenceCase reference, Tensor[] inputs)
    {
        var cotangents = reference.Cotangent.Zip(reference.Outputs,
            (c, o) => c is null ? null : ReferenceTensor.Tensor(c, o.Shape, o.OurDType));
        var tangents = reference.Tangent.Zip(inputs, (t, x) => t is null ? null : ReferenceTensor.Tensor(t, x.shape, x.dtype));
        return Derivatives.Of(xs => Call(reference, xs), inputs, [.. cotangents], [.. tangents]);
    }

    static void Check(ReferenceCase reference, Derivatives received)
    {
        CheckOutputs(reference, received.Outputs);
        var expected = reference.Math ?? reference;
        for (var i = 0; i < reference.Inputs.Length; i++)
        {
            CheckGradient($"gradient by input {i}", expected.Grads[i], received.First[i], reference.Inputs[i], expected.GradientTolerance);
            CheckGradient($"second gradient by input {i}", expected.Second[i], received.Second[i], reference.Inputs[i],
                expected.GradientTolerance, second: true);
        }
    }

    static void CheckOutputs(ReferenceCase reference, Tensor[] received)
    {
        var expected = reference.Math ?? reference;
        Assert.Equal(expected.Outputs.Length, received.Length);
        for (var k = 0; k < received.Length; k++) expected.OutputTolerance.Check($"output {k}", expected.Outputs[k], received[k]);
    }

    /// <summary>
    /// Zeros are right where TensorFlow gives None. The reverse holds for second gradients only: there it is a matter of how a rule is
    /// written.
    /// </summary>
    static void CheckGradient(string what, double[]? expected, Tensor? received, ReferenceTensor input, Tolerance tolerance,
        bool second = false)
    {
        if (received is not null) tolerance.Check(what, expected ?? new double[input.Data.Length], input.Shape, received);
        else Assert.True(expected is null || (second && Array.TrueForAll(expected, v => v == 0)),
            $"{what}: expected {string.Join(" ", expected ?? [])}. Received: null.");
    }
}
