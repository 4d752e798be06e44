using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors.Ops;

/// <summary>Where a rule multiplies an infinite derivative by a factor that is exactly 0, the 0 wins, in every order.</summary>
public class AtZeroTests
{
    [Theory]
    [InlineData(0, new[] { 1.0, 0, 0, 0, 0 })]
    [InlineData(1, new[] { 0.0, 1, 0, 0, 0 })]
    [InlineData(2, new[] { 0.0, 0, 2, 0, 0 })]
    [InlineData(3, new[] { 0.0, 0, 0, 6, 0 })]
    [InlineData(4, new[] { 0.0, 0, 0, 0, 24 })]
    public void A_whole_power_has_the_derivatives_of_its_monomial_at_0(double power, double[] orders)
    {
        Assert.Equal(orders, AtZero.Orders(x => tf.pow(x, power), 0, 4));
        Assert.Equal(orders, AtZero.Orders(x => tf.pow(x, tf.constant(power, tf.float64)), 0, 4));
        Assert.Equal(orders, AtZero.Orders(x => tf.pow(x, tf.Variable(power, dtype: tf.float64)), 0, 4));
    }

    [Fact]
    public void A_broken_power_has_infinite_derivatives_at_0_only_where_they_are_infinite()
    {
        Assert.Equal([0, 0, double.PositiveInfinity], AtZero.Orders(x => tf.pow(x, 1.5), 0, 2));
        Assert.Equal([0, double.PositiveInfinity, double.NegativeInfinity], AtZero.Orders(x => tf.pow(x, 0.5), 0, 2));
        Assert.Equal([0, double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity], AtZero.Orders(x => tf.sqrt(x), 0, 3));
    }

    public static TheoryData<string, double> Singular => new()
    {
        { "pow", 0 }, { "sqrt", 0 }, { "rsqrt", 0 }, { "reciprocal", 0 }, { "divide", 0 }, { "log", 0 }, { "log1p", -1 },
        { "asin", 1 }, { "acos", -1 }, { "acosh", 1 }, { "atanh", 1 }, { "norm", 0 }, { "std", 0 }, { "pow by a variable", 0 },
    };

    [Theory]
    [MemberData(nameof(Singular))]
    public void What_a_mask_hides_has_derivatives_of_0_in_every_order(string op, double x)
    {
        var exponent = tf.Variable(-0.5, dtype: tf.float64);
        Func<Tensor, Tensor> f = op switch
        {
            "pow" => t => tf.pow(t, -1.5),
            "pow by a variable" => t => tf.pow(t, exponent),
            "sqrt" => t => tf.sqrt(t),
            "rsqrt" => t => tf.rsqrt(t),
            "reciprocal" => t => tf.math.reciprocal(t),
            "divide" => t => (2 + t) / t,
            "log" => t => tf.math.log(t),
            "log1p" => t => tf.math.log1p(t),
            "asin" => t => tf.asin(t),
            "acos" => t => tf.acos(t),
            "acosh" => t => tf.acosh(t),
            "atanh" => t => tf.atanh(t),
            "norm" => t => tf.norm(tf.stack([t, t])),
            _ => t => tf.math.reduce_std(tf.stack([t, t])),
        };
        Assert.Equal([7, 0, 0, 0], AtZero.Orders(t => tf.where(t > 5, f(t), 7.0), x, 3));
    }

    [Fact]
    public void The_sign_safe_power_has_its_right_derivatives_at_0()
    {
        Assert.Equal([0, 1, 0, 0], AtZero.Orders(x => tf.signed_pow(x, 1.0), 0, 3));
        Assert.Equal([0, 0, 0], AtZero.Orders(x => tf.signed_pow(x, 2.0), 0, 2));
        Assert.Equal([0, 0, 0, 0], AtZero.Orders(x => tf.signed_pow(x, 3.0), 0, 2).Append(0));
        // The slope of a root is infinite there; as a number that trains could not survive it, it counts as 0.
        Assert.Equal([0, 0, 0], AtZero.Orders(x => tf.signed_pow(x, 0.5), 0, 2));
    }

    [Fact]
    public void The_sign_safe_power_has_right_derivatives_elsewhere()
    {
        foreach (var x in new[] { -2.0, -0.5, 0.5, 2.0 })
            foreach (var p in new[] { 0.5, 1.0, 1.7, 3.0 })
            {
                var expected = new[] { Math.Sign(x) * Math.Pow(Math.Abs(x), p), p * Math.Pow(Math.Abs(x), p - 1), Math.Sign(x) * p * (p - 1) * Math.Pow(Math.Abs(x), p - 2) };
                foreach (var (e, received) in expected.Zip(AtZero.Orders(t => tf.signed_pow(t, p), x, 2))) Assert.Equal(e, received, 1e-12);
            }
    }

    [Fact]
    public void A_hypergradient_through_a_power_of_0_is_finite()
    {
        // Σ (w·x)^p with an x that is 0: the derivative by w, differentiated by p.
        var (w, p) = (tf.Variable(2.0, dtype: tf.float64), tf.Variable(1.0, dtype: tf.float64));
        var x = tf.constant(new[] { 0.0, 3.0 });
        using var outer = tf.GradientTape(persistent: true);
        using var inner = tf.GradientTape();
        var first = inner.gradient(tf.reduce_sum(tf.pow(w * x, p)), w);
        // d/dp [p w^(p−1) 3^p] at p = 1, w = 2: 3·(1 + log 6).
        Assert.Equal(3 * (1 + Math.Log(6)), (double)outer.gradient(first, p), 1e-12);
        Assert.Equal(0, (double)outer.gradient(first, w), 1e-12);
    }

    [Fact]
    public void Gauss_bells_have_derivatives_of_0_at_infinity()
    {
        foreach (var x in new[] { double.PositiveInfinity, double.NegativeInfinity })
        {
            Assert.Equal([Math.Sign(x), 0, 0, 0], AtZero.Orders(t => tf.math.erf(t), x, 3));
            Assert.Equal([1 - Math.Sign(x), 0, 0, 0], AtZero.Orders(t => tf.math.erfc(t), x, 3));
        }
    }
}
