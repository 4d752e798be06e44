namespace Workbook.Tensors.Backends;

/// <summary>The error function and its complement.</summary>
static partial class Special
{
    /// <summary>Where 1 − erf(x) begins to lose digits to cancellation.</summary>
    const double Tail = 0.75;

    /// <summary>The error function: a series of positive terms below 2 (DLMF 7.6.2), 1 − erfc above.</summary>
    public static double Erf(double x)
    {
        var t = Math.Abs(x);
        if (!(t < 2)) return double.IsNaN(x) ? x : Math.CopySign(1 - Erfc(t), x);
        double term = t, sum = t;
        for (var n = 1; term > sum * 1e-17; n++) sum += term *= 2 * t * t / (2 * n + 1);
        return Math.CopySign(2 / Math.Sqrt(Math.PI) * Math.Exp(-t * t) * sum, x);
    }

    /// <summary>1 − erf(x) with full relative precision in the right tail: a continued fraction (DLMF 7.9.1).</summary>
    public static double Erfc(double x)
    {
        if (!(x >= Tail)) return 1 - Erf(x);
        if (x > 27.3) return 0;
        // From the inside out; this many levels reach the last bit.
        var fraction = 0.0;
        for (var n = (int)(20 + 440 / (x * x)); n > 0; n--) fraction = n / 2.0 / (x + fraction);
        // exp(−x²) as two factors: x² rounded to a double would cost up to 370 units in the last place.
        var head = (double)(float)x;
        return Math.Exp(-head * head) * Math.Exp((head - x) * (head + x)) / Math.Sqrt(Math.PI) / (x + fraction);
    }
}
