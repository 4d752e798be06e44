namespace Workbook.Tensors.Backends;

/// <summary>The logarithm of the gamma function and its derivatives of every order.</summary>
static partial class Special
{
    /// <summary>From here on the asymptotic series below reach the last bit.</summary>
    const double Far = 10;

    /// <summary>Beyond this the factorial does not fit a double.</summary>
    const double HighestOrder = 170;

    const double EulerGamma = 0.5772156649015328606;

    /// <summary>The Bernoulli numbers B₂, B₄, … B₂₀.</summary>
    static readonly double[] Bernoulli =
        [1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510, 43867.0 / 798, -174611.0 / 330];

    /// <summary>
    /// The Taylor coefficients of log Γ at 2: 1 − γ, then (−1)ᵏ (ζ(k) − 1) / k (DLMF 5.7.3). 30 of them reach the last bit for |z| ≤ ½.
    /// </summary>
    static readonly double[] AtTwo = [1 - EulerGamma, .. Enumerable.Range(2, 29).Select(k => (k % 2 == 0 ? 1 : -1) * Zeta(k, 2) / k)];

    /// <summary>log |Γ(x)|, with full relative precision at its roots 1 and 2; ∞ at the poles 0, −1, −2, …</summary>
    public static double Lgamma(double x)
    {
        if (double.IsInfinity(x)) return double.PositiveInfinity;
        if (x <= 0) return IsPole(x) ? double.PositiveInfinity : -Math.Log(Math.Abs(double.SinPi(x)) / Math.PI) - Lgamma(1 - x);
        if (x < 0.5) return LgammaAtTwo(x) - Math.Log(x * (1 + x));
        if (x < 1.5) return LgammaAtTwo(x - 1) - Log1p(x - 1);
        if (x >= Far) return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + Asymptotic(x, 1);
        var product = 1.0;
        while (x > 2.5) product *= --x;
        return Math.Log(product) + LgammaAtTwo(x - 2);
    }

    /// <summary>log Γ(2 + z) for |z| ≤ ½.</summary>
    static double LgammaAtTwo(double z)
    {
        var sum = 0.0;
        for (var k = AtTwo.Length - 1; k >= 0; k--) sum = (sum + AtTwo[k]) * z;
        return sum;
    }

    /// <summary>ψ(x), the derivative of log Γ; NaN at the poles.</summary>
    public static double Digamma(double x)
    {
        if (x <= 0) return IsPole(x) ? double.NaN : Digamma(1 - x) - Math.PI * Cotangent(x);
        var steps = 0.0;
        for (; x < Far; x++) steps += 1 / x;
        return Math.Log(x) - 0.5 / x - Asymptotic(x, 0) - steps;
    }

    /// <summary>Σ B₂ⱼ / (2j x²ʲ), the tail of ψ, or Σ B₂ⱼ / (2j (2j − 1) x²ʲ⁻¹), the tail of log Γ (DLMF 5.11.1 and 5.11.2).</summary>
    static double Asymptotic(double x, int integrals)
    {
        double sum = 0, w = 1 / (x * x);
        for (var j = Bernoulli.Length; j > 0; j--) sum = (sum + Bernoulli[j - 1] / (integrals == 0 ? 2 * j : 2 * j * (2 * j - 1))) * w;
        return integrals == 0 ? sum : sum * x;
    }

    /// <summary>
    /// ψ⁽ⁿ⁾(x) for whole n from 0 to 170, else NaN. At the poles ∞ for odd n, where both sides agree, and NaN for even n.
    /// </summary>
    public static double Polygamma(double n, double x)
    {
        if (n == 0) return Digamma(x);
        if (!(n > 0 && n <= HighestOrder && n == Math.Floor(n)) || double.IsNaN(x)) return double.NaN;
        var sign = n % 2 == 0 ? 1 : -1;
        if (x <= 0)
            return IsPole(x) ? (sign < 0 ? double.PositiveInfinity : double.NaN)
                : sign * (Polygamma(n, 1 - x) - Math.Pow(Math.PI, n + 1) * CotangentDerivative((int)n, Cotangent(x)));
        var factorial = 1.0;
        for (var k = 2; k <= n; k++) factorial *= k;
        return -sign * factorial * Zeta(n + 1, x);
    }

    /// <summary>
    /// The Hurwitz zeta function Σ (q + k)⁻ˢ for s > 1 and q > 0: the first terms added up, the rest by Euler and Maclaurin (DLMF
    /// 25.11.5).
    /// </summary>
    static double Zeta(double s, double q)
    {
        var sum = 0.0;
        for (; q < Far + s; q++) sum += Math.Pow(q, -s);
        var power = Math.Pow(q, -s);
        sum += power * q / (s - 1) + power / 2;
        var factor = power * s / q;
        for (var j = 1; j <= Bernoulli.Length; j++)
        {
            factor /= (2 * j - 1) * (2 * j);
            sum += Bernoulli[j - 1] * factor;
            factor *= (s + 2 * j - 1) / q * (s + 2 * j) / q;
        }
        return sum;
    }

    /// <summary>cot πx.</summary>
    static double Cotangent(double x) => double.CosPi(x) / double.SinPi(x);

    /// <summary>
    /// (−1)ⁿ times the n-th derivative of cot, as a polynomial in c = cot: each differentiation is p → (1 + c²) p′. All terms have one
    /// sign.
    /// </summary>
    static double CotangentDerivative(int n, double c)
    {
        double[] p = [0, 1];
        for (; n > 0; n--)
        {
            var next = new double[p.Length + 1];
            for (var k = 1; k < p.Length; k++)
            {
                next[k - 1] += k * p[k];
                next[k + 1] += k * p[k];
            }
            p = next;
        }
        var sum = 0.0;
        for (var k = p.Length - 1; k >= 0; k--) sum = sum * c + p[k];
        return sum;
    }

    static bool IsPole(double x) => x == Math.Floor(x);
}
