namespace Workbook.Tensors.Backends;

/// <summary>Scalar functions that .NET lacks or computes with cancellation.</summary>
static partial class Special
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
        return u == 1 ? x : double.IsPositiveInfinity(u) ? u : Math.Log(u) * x / (u - 1);
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
}
