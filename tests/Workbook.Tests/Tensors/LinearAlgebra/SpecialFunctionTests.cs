using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors.LinearAlgebra;

/// <summary>log Γ, its derivatives and the error function against closed forms and tables.</summary>
public class SpecialFunctionTests
{
    const double EulerGamma = 0.57721566490153286;
    const double Apery = 1.2020569031595943;

    /// <summary>Closed forms of DLMF 5.4 and 5.7, some to 17 digits by a 60-digit computation (mpmath 1.3: loggamma).</summary>
    public static TheoryData<double, double> LogGammas => new()
    {
        { 3, Math.Log(2) },
        { 5, Math.Log(24) },
        { 0.5, Math.Log(Math.PI) / 2 },
        { 1.5, Math.Log(Math.PI) / 2 - Math.Log(2) },
        { -0.5, Math.Log(2 * Math.Sqrt(Math.PI)) },
        { -1.5, Math.Log(4 * Math.Sqrt(Math.PI) / 3) },
        { 10, Math.Log(362880) },
        { 21, Math.Log(2432902008176640000) },
        { 1 + 1e-9, -EulerGamma * 1e-9 + Math.PI * Math.PI / 12 * 1e-18 },
        { 1 - 1e-9, EulerGamma * 1e-9 + Math.PI * Math.PI / 12 * 1e-18 },
        { 2 + 1e-9, (1 - EulerGamma) * 1e-9 + (Math.PI * Math.PI / 12 - 0.5) * 1e-18 },
        { 2 - 1e-9, -(1 - EulerGamma) * 1e-9 + (Math.PI * Math.PI / 12 - 0.5) * 1e-18 },
        { 1e-12, -Math.Log(1e-12) - EulerGamma * 1e-12 },
        { -1e-12, -Math.Log(1e-12) + EulerGamma * 1e-12 },
        { 1e100, 1e100 * Math.Log(1e100) - 1e100 },
    };

    /// <summary>
    /// 1 ± 1e-9 is off by up to 1.1e-16, so the value next to a root by 1e-7 of itself: there the tolerance is of that size.
    /// </summary>
    [Theory]
    [MemberData(nameof(LogGammas))]
    public void The_logarithm_of_gamma_has_its_known_values(double x, double expected) =>
        Relative(expected, tf.math.lgamma(tf.constant(x, tf.float64)), Math.Abs(expected) < 1e-8 ? 2e-7 : 1e-14);

    /// <summary>
    /// 2⁻³⁰ is exact, so the roots are approached exactly and every digit of the series −γz + ζ(2)z²/2 − ζ(3)z³/3 counts.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void The_logarithm_of_gamma_keeps_its_digits_beside_its_roots(int side)
    {
        var z = side * Math.ScaleB(1, -30);
        var atOne = z * (-EulerGamma + z * (Math.PI * Math.PI / 12 - z * Apery / 3));
        var atTwo = z * (1 - EulerGamma + z * (Math.PI * Math.PI / 12 - 0.5 - z * (Apery - 1) / 3));
        Relative(atOne, tf.math.lgamma(tf.constant(1 + z, tf.float64)), 1e-14);
        Relative(atTwo, tf.math.lgamma(tf.constant(2 + z, tf.float64)), 1e-14);
    }

    /// <summary>DLMF 5.4.12 to 5.4.14, and the recurrence from them.</summary>
    public static TheoryData<double, double> Digammas => new()
    {
        { 1, -EulerGamma },
        { 2, 1 - EulerGamma },
        { 0.5, -EulerGamma - 2 * Math.Log(2) },
        { 0.25, -EulerGamma - Math.PI / 2 - 3 * Math.Log(2) },
        { -0.5, 2 - EulerGamma - 2 * Math.Log(2) },
        { 11, 7381.0 / 2520 - EulerGamma },
        { 1e20, Math.Log(1e20) },
    };

    [Theory]
    [MemberData(nameof(Digammas))]
    public void Digamma_has_its_known_values(double x, double expected) =>
        Relative(expected, tf.math.digamma(tf.constant(x, tf.float64)), 1e-14);

    /// <summary>ψ⁽ⁿ⁾(1) = (−1)ⁿ⁺¹ n! ζ(n + 1), ψ⁽ⁿ⁾(½) that times 2ⁿ⁺¹ − 1 (DLMF 5.15.2, 5.15.3); below 0 by the recurrence.</summary>
    public static TheoryData<int, double, double> Polygammas => new()
    {
        { 0, 1, -EulerGamma },
        { 1, 1, Math.PI * Math.PI / 6 },
        { 1, 0.5, Math.PI * Math.PI / 2 },
        { 1, -0.5, Math.PI * Math.PI / 2 + 4 },
        { 2, 1, -2 * Apery },
        { 2, 0.5, -14 * Apery },
        { 2, -0.5, -14 * Apery + 16 },
        { 3, 1, Math.Pow(Math.PI, 4) / 15 },
        { 3, 0.5, Math.Pow(Math.PI, 4) },
        { 3, -1.5, Math.Pow(Math.PI, 4) + 96 + 96.0 / 81 },
        { 7, 0.5, 136 * Math.Pow(Math.PI, 8) },
        { 1, 1e9, 1e-9 + 0.5e-18 },
    };

    [Theory]
    [MemberData(nameof(Polygammas))]
    public void Polygamma_has_its_known_values(int n, double x, double expected) =>
        Relative(expected, tf.math.polygamma(n, tf.constant(x, tf.float64)), 1e-14);

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(-20.0)]
    public void At_the_poles_values_are_those_that_both_sides_agree_on(double pole)
    {
        var x = tf.constant(pole, tf.float64);
        Assert.Equal(double.PositiveInfinity, (double)tf.math.lgamma(x));
        Assert.Equal(double.NaN, (double)tf.math.digamma(x));
        Assert.Equal(double.PositiveInfinity, (double)tf.math.polygamma(1, x));
        Assert.Equal(double.NaN, (double)tf.math.polygamma(2, x));
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(0.5)]
    [InlineData(171.0)]
    public void An_order_that_is_not_a_whole_number_up_to_170_gives_NaN(double order) =>
        Assert.Equal(double.NaN, (double)tf.math.polygamma(order, tf.constant(2.0, tf.float64)));

    [Fact]
    public void The_third_derivative_of_the_logarithm_of_gamma_is_polygamma_2()
    {
        var third = Derivative.Of(3, x => tf.math.lgamma(x), 0.5);
        Relative(-14 * Apery, third, 1e-14);
    }

    /// <summary>In float32 TensorFlow gives −1.1e8 here.</summary>
    [Fact]
    public void Float32_is_computed_in_float64() =>
        Assert.Equal((float)(double)tf.math.polygamma(1, tf.constant(-8.25, tf.float64)), (float)tf.math.polygamma(1, tf.constant(-8.25f)));

    /// <summary>A 60-digit computation (mpmath 1.3: erf, erfc), and Abramowitz and Stegun, table 7.1, to its digits.</summary>
    [Theory]
    [InlineData(0.5, 0.52049987781304654, 0.47950012218695346)]
    [InlineData(0.75, 0.71115563365351513, 0.28884436634648487)]
    [InlineData(1.0, 0.84270079294971487, 0.15729920705028513)]
    [InlineData(2.0, 0.99532226501895273, 0.0046777349810472658)]
    [InlineData(5.0, 0.9999999999984625, 1.5374597944280349e-12)]
    [InlineData(-1.0, -0.84270079294971487, 1.8427007929497149)]
    [InlineData(26.0, 1.0, 5.6631924088561428e-296)]
    public void The_error_function_and_its_complement_have_their_known_values(double x, double erf, double erfc)
    {
        Relative(erf, tf.math.erf(tf.constant(x, tf.float64)), 1e-15);
        Relative(erfc, tf.math.erfc(tf.constant(x, tf.float64)), 1e-15);
    }

    static void Relative(double expected, Tensor received, double tolerance)
    {
        var got = (double)received;
        Assert.True(Math.Abs(got - expected) <= tolerance * Math.Abs(expected),
            FormattableString.Invariant($"Expected {expected:R}. Received: {got:R}."));
    }
}
