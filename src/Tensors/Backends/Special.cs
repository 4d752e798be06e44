namespace Workbook.Tensors.Backends;

/// <summary>Scalar functions that .NET lacks or computes with cancellation.</summary>
internal static partial class Special
{
    /// <summary>eˣ − 1 without cancellation (Kahan's formula).</summary>
    public static double Expm1(double x)
    {
        if (double.IsNaN(x) || Math.Abs(x) > 0.5) return Math.Exp(x) - 1;
        var u = Math.Exp(x);
        return u == 1 ? x : (u - 1) * x / Math.Log(u);
    }

    /// <summary>log(1 + x) without cancellation (Kahan's formula).</summary>
    public static double Log1p(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) ? u : Math.Log(u) * x / (u - 1);
    }

    /// <summary>1 / (1 + e⁻ˣ) with full relative precision on both sides.</summary>
    public static double Sigmoid(double x)
    {
        if (x >= 0) return 1 / (1 + Math.Exp(-x));
        var e = Math.Exp(x);
        return e / (1 + e);
    }

    /// <summary>log(1 + eˣ) without overflow.</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    /// <summary>The error function: a series of positive terms below 2, 1 − erfc above.</summary>
    public static double Erf(double x)
    {
        var t = Math.Abs(x);
        if (!(t < 2)) return double.IsNaN(x) ? x : Math.CopySign(1 - Erfc(t), x);
        double term = t, sum = t;
        for (var n = 1; term > sum * 1e-17; n++) sum += term *= 2 * t * t / (2 * n + 1);
        return Math.CopySign(2 / Math.Sqrt(Math.PI) * Math.Exp(-t * t) * sum, x);
    }

    /// <summary>1 − erf(x) with full relative precision in the right tail: a continued fraction from 2 on.</summary>
    public static double Erfc(double x)
    {
        if (!(x >= 2)) return 1 - Erf(x);
        if (x > 27.3) return 0;
        // From the inside out; 120 levels reach the last bit at x = 2.
        var fraction = 0.0;
        for (var n = 120; n > 0; n--) fraction = n / 2.0 / (x + fraction);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (x + fraction);
    }
}
