using Workbook.Tensors;
using Xunit;
using static Workbook.Tests.Tensors.LinearAlgebra.Matrices;

namespace Workbook.Tests.Tensors.LinearAlgebra;

/// <summary>Norms and what is clipped by them.</summary>
public class NormTests
{
    static readonly Tensor A = new[,] { { 3.0, -4.0 }, { 0.0, 12.0 } };

    [Fact]
    public void Vectors_have_the_norms_1_2_3_and_infinity()
    {
        Arrays.Near(13, (double)tf.norm(A));
        Arrays.Near(new[] { 5.0, 12 }, tf.norm(A, axis: 1));
        Arrays.Near(new[,] { { 7.0 }, { 12.0 } }, tf.norm(A, 1, axis: -1, keepdims: true));
        Arrays.Near(new[] { 4.0, 12 }, tf.norm(A, double.PositiveInfinity, axis: 1));
        Arrays.Near(Math.Cbrt(27 + 64 + 1728), (double)tf.norm(A, 3));
    }

    [Fact]
    public void Matrices_have_the_norms_1_2_infinity_and_that_of_Frobenius()
    {
        Arrays.Near(16, (double)tf.norm(A, 1, axis: [0, 1]));
        Arrays.Near(12, (double)tf.norm(A, "inf", axis: [-2, -1]));
        Arrays.Near(13, (double)tf.norm(A, "fro", axis: [0, 1]));
        // AᵀA = ((9, −12), (−12, 160)), whose larger eigenvalue is (169 + √(169² − 4·1296)) / 2.
        Arrays.Near(Math.Sqrt((169 + Math.Sqrt(169 * 169 - 4 * 1296)) / 2), (double)tf.norm(A, 2, axis: [0, 1]));
    }

    [Fact]
    public void The_largest_singular_value_of_a_batch_keeps_its_axes_in_place()
    {
        var a = Any("singular", 3, 2, 4);
        var norms = tf.norm(a, 2, axis: [0, 2], keepdims: true);
        Assert.Equal(new Shape(1, 2, 1), norms.shape);
        Arrays.Near(tf.norm(a[.., 1], 2, axis: [0, 1]), norms[0, 1, 0]);
    }

    /// <summary>
    /// A variable that happens to be 2 must not take the way of the number 2, on which its gradient is lost: ∂/∂p of (3ᵖ + 4ᵖ)^(1/p).
    /// </summary>
    [Fact]
    public void A_variable_exponent_is_trained_whatever_its_value()
    {
        var p = tf.Variable(tf.constant(2.0, tf.float64));
        using var tape = tf.GradientTape();
        Tensor y;
        using (tape) y = tf.norm(new[] { 3.0, 4.0 }, p);
        Arrays.Near(5, (double)y);
        Arrays.Near(5 * ((9 * Math.Log(3) + 16 * Math.Log(4)) / 25 / 2 - Math.Log(25) / 4), (double)tape.gradient(y, p)!);
    }

    [Fact]
    public void A_norm_that_does_not_exist_is_an_error()
    {
        Assert.Contains("Received: \"nuc\"", Assert.Throws<ArgumentException>(() => tf.norm(A, "nuc")).Message);
        Assert.Throws<ArgumentException>(() => tf.norm(A, "fro"));
        Assert.Throws<ArgumentException>(() => tf.norm(A, 3, axis: [0, 1]));
        Assert.Throws<ArgumentException>(() => tf.norm(A, -1));
        Assert.Throws<ArgumentException>(() => tf.norm(tf.zeros((1, 1, 1)), axis: [0, 1, 2]));
        Assert.Throws<DTypeException>(() => tf.norm(new[] { 1, 2 }));
    }

    [Fact]
    public void What_is_longer_than_the_limit_is_shortened_to_it()
    {
        Arrays.Near(new[] { 1.5, 2 }, tf.clip_by_norm(new[] { 3.0, 4 }, 2.5));
        Arrays.Near(new[] { 0.3, 0.4 }, tf.clip_by_norm(new[] { 0.3, 0.4 }, 2.5));
        Arrays.Near(new[,] { { 1.5, -2 }, { 0, 2.5 } }, tf.clip_by_norm(A, 2.5, axes: 1));
    }

    [Fact]
    public void A_gradient_of_zeros_is_clipped_without_NaN()
    {
        Tensor x = new[] { 0.0, 0 };
        using var tape = tf.GradientTape();
        tape.watch(x);
        Arrays.Near(new[] { 1.0, 1 }, tape.gradient(tf.clip_by_norm(x, 2.5), x));
    }

    [Fact]
    public void Several_tensors_are_clipped_by_their_common_length()
    {
        var (clipped, length) = tf.clip_by_global_norm([new[] { 3.0, 0 }, null, new[,] { { 4.0 } }], 2.5);
        Arrays.Near(5, (double)length);
        Arrays.Near(new[] { 1.5, 0 }, clipped[0]);
        Assert.Null(clipped[1]);
        Arrays.Near(new[,] { { 2.0 } }, clipped[2]);
        Arrays.Near(new[] { 3.0, 0 }, tf.clip_by_global_norm([new[] { 3.0, 0 }], 5).list_clipped[0]);
    }

    [Fact]
    public void One_infinite_gradient_makes_all_of_them_NaN()
    {
        var (clipped, length) = tf.clip_by_global_norm([new[] { double.PositiveInfinity }, new[] { 1.0 }], 2.5);
        Assert.Equal(double.PositiveInfinity, (double)length);
        Assert.Equal(double.NaN, (double)clipped[1]!);
    }
}
