using System.Numerics;

namespace Workbook.Tensors.Autodiff;

/// <summary>A number whose gradient a loop of one's own asks for and makes its updates of by hand, while there is none, or it is 0, or
/// rounding.</summary>
/// <remarks>What an optimizer is given it looks at itself. Weights may rest for good reasons.</remarks>
sealed class Slope
{
    /// <summary>Until then it may get somewhere where it has a slope.</summary>
    const int Patience = 10;

    /// <summary>A gradient that is so much smaller than the others, and changes the last digit at most, is rounding.</summary>
    const double Faint = 1e-6;

    readonly Tensor first;
    readonly long writes;
    int times;
    bool any;
    double greatest;

    Slope(Variable variable) => (first, writes) = (variable.Now, variable.Writes);

    /// <summary>Looks at the gradients that a tape gives.</summary>
    /// <param name="gradients">One for each source; null where there is none.</param>
    /// <param name="sources">What they are gradients of.</param>
    public static void See(Tensor?[] gradients, Operand[] sources)
    {
        for (var i = 0; i < sources.Length; i++)
        {
            if (sources[i] is not Variable { IsNumber: true, IsNamedStill: false, HasSlope: false, InOptimizer: false } v) continue;
            var size = gradients[i] is { } g ? Greatest(g) : 0;
            if (size > 0 && !(size <= Faint * Beside(gradients, i))) (v.HasSlope, v.Slope) = (true, null);
            else
            {
                // What moves it otherwise may bring it to where it has a slope.
                if (v.Slope is { } known && !IsSame(known.first, v.Now)) v.Slope = null;
                v.Slope ??= new(v);
                if (v.Slope.IsDue(v, gradients[i] is not null, size)) v.Slope.Say(v);
            }
        }
    }

    /// <summary>Whether two values of one variable differ in their last digits at most.</summary>
    static bool IsSame(Tensor a, Tensor b)
    {
        if (a.dtype == DType.Float64) return Near(a.AsSpan<double>(), b.AsSpan<double>(), 1e-15);
        return Near(a.AsSpan<float>(), b.AsSpan<float>(), 5e-7f);
    }

    static bool Near<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, T share) where T : unmanaged, IFloatingPoint<T>
    {
        for (var i = 0; i < a.Length; i++)
            if (!(T.Abs(a[i] - b[i]) <= share * T.Abs(a[i]))) return false;
        return true;
    }

    bool IsDue(Variable variable, bool exists, double size)
    {
        times++;
        any |= exists;
        greatest = Math.Max(greatest, size);
        // One that is only asked for may be no part of this loss: updates must have been made of it.
        return variable.Writes - writes >= Patience;
    }

    static double Beside(Tensor?[] gradients, int own)
    {
        var greatest = 0.0;
        for (var k = 0; k < gradients.Length; k++)
            if (k != own && gradients[k] is { } g) greatest = Math.Max(greatest, Greatest(g));
        return greatest > 0 ? greatest : 1;
    }

    static double Greatest(Tensor t)
    {
        var greatest = 0.0;
        if (t.dtype == DType.Float64) foreach (var x in t.AsSpan<double>()) greatest = Larger(greatest, x);
        else foreach (var x in t.AsSpan<float>()) greatest = Larger(greatest, x);
        return greatest;
    }

    // NaN is no 0, and no rounding.
    static double Larger(double greatest, double x) => double.IsNaN(x) ? double.PositiveInfinity : Math.Max(greatest, Math.Abs(x));

    void Say(Variable variable)
    {
        variable.IsNamedStill = true;
        var how = !any ? $"did not exist in any of {times} questions so far"
            : greatest == 0 ? $"was exactly 0 in all {times} questions so far"
            : FormattableString.Invariant($"was at most {greatest:G2} in all {times} questions so far");
        Warnings.Once($"slope:{variable.name}",
            $"A loop of its own: expected that what it asks the gradient of has a slope. Received: the variable '{variable.name}', whose "
                + $"gradient {how}, and that has the value still that it had then, but for rounding. Either it goes through something "
                + "without a gradient (a rounding, a comparison, a tensor computed before the tape), acts only where no value lies, or what "
                + "it does is taken away again (a softmax, a normalization). Compute with it in a way that has a slope, start it where it "
                + "acts, or make it with trainable: false.", variable);
    }
}
