using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors.Ops;

/// <summary>Where a rule multiplies an infinite power by a factor that is exactly 0, the 0 wins, in every order.</summary>
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

    [Theory]
    [InlineData("sqrt", 0)]
    [InlineData("sqrt", -1)]
    [InlineData("rsqrt", 0)]
    [InlineData("reciprocal", 0)]
    [InlineData("norm", 0)]
    [InlineData("std", 0)]
    public void A_root_behind_a_mask_has_derivatives_of_0_in_every_order(string op, double x)
    {
        Func<Tensor, Tensor> f = op switch
        {
            "sqrt" => t => tf.sqrt(t),
            "rsqrt" => t => tf.rsqrt(t),
            "reciprocal" => t => tf.math.reciprocal(t),
            "norm" => t => tf.norm(tf.stack([t, t])),
            _ => t => tf.math.reduce_std(tf.stack([t, t])),
        };
        Assert.Equal([7, 0, 0, 0], AtZero.Orders(t => tf.where(t > 5, f(t), 7.0), x, 3));
    }

    [Fact]
    public void Exponents_that_train_have_right_mixed_derivatives()
    {
        // ∂/∂p of p·xᵖ⁻¹ = xᵖ⁻¹·(1 + p·log x), also where p, p − 1 or p − 2 is 0.
        foreach (var x in new[] { 0.5, 2.0 })
            foreach (var p in new[] { 0.0, 0.7, 1.0, 2.0, 3.0 })
            {
                var slopes = AtZero.Orders(q => AtZero.Derivative(t => tf.pow(t, q), 1)(tf.constant(x, tf.float64)), p, 2);
                Assert.Equal(p * Math.Pow(x, p - 1), slopes[0], 1e-12);
                Assert.Equal(Math.Pow(x, p - 1) * (1 + p * Math.Log(x)), slopes[1], 1e-12);
                Assert.Equal(Math.Pow(x, p - 1) * Math.Log(x) * (2 + p * Math.Log(x)), slopes[2], 1e-12);
                var curve = AtZero.Orders(q => AtZero.Derivative(t => tf.pow(t, q), 2)(tf.constant(x, tf.float64)), p, 1);
                Assert.Equal(Math.Pow(x, p - 2) * (2 * p - 1 + p * (p - 1) * Math.Log(x)), curve[1], 1e-12);
            }
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
                var expected = new[] { Math.Sign(x) * Math.Pow(Math.Abs(x), p), p * Math.Pow(Math.Abs(x), p - 1),
                    Math.Sign(x) * p * (p - 1) * Math.Pow(Math.Abs(x), p - 2) };
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
}
