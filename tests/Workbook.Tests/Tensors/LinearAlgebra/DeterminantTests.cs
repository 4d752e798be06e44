using Workbook.Tensors;
using Xunit;
using static Workbook.Tests.Tensors.LinearAlgebra.Matrices;

namespace Workbook.Tests.Tensors.LinearAlgebra;

/// <summary>Determinants by their rules.</summary>
public class DeterminantTests
{
    [Fact]
    public void The_determinant_of_a_product_is_the_product_of_determinants()
    {
        var (a, b) = (Any("det a", 3, 4, 4), Any("det b", 3, 4, 4));
        Arrays.Near(tf.linalg.det(a) * tf.linalg.det(b), tf.linalg.det(tf.matmul(a, b)));
    }

    [Fact]
    public void A_determinant_knows_the_sign_of_its_permutation()
    {
        Arrays.Near(1, (double)tf.linalg.det(new double[,] { { 0, 1, 0 }, { 0, 0, 1 }, { 1, 0, 0 } }));
        Arrays.Near(-1, (double)tf.linalg.det(new double[,] { { 0, 1 }, { 1, 0 } }));
    }

    [Fact]
    public void The_determinant_of_nothing_is_1() => Arrays.Near(tf.ones(2, tf.float64), tf.linalg.det(tf.zeros((2, 0, 0), tf.float64)));

    [Fact]
    public void A_NaN_does_not_hide_behind_a_zero_pivot() =>
        Assert.Equal(double.NaN, (double)tf.linalg.det(new double[,] { { double.NaN, 1 }, { 0, 1 } }));

    [Fact]
    public void The_logarithm_of_a_determinant_is_the_sum_of_those_of_eigenvalues()
    {
        var a = Definite("logdet", 2, 6, 6);
        var expected = tf.reduce_sum(tf.math.log(tf.linalg.eigvalsh(a)), -1);
        Arrays.Near(expected, tf.linalg.logdet(a));
        var (sign, log) = tf.linalg.slogdet(a);
        Arrays.Near(tf.ones(2, tf.float64), sign, 0);
        Arrays.Near(expected, log);
        Arrays.Near(tf.exp(expected), tf.linalg.det(a));
    }

    [Fact]
    public void Sign_and_logarithm_do_not_overflow()
    {
        var (sign, log) = tf.linalg.slogdet(-1e200 * Identity(3));
        Arrays.Near(-1, (double)sign);
        Arrays.Near(600 * Math.Log(10), (double)log);
        Assert.Equal(double.NegativeInfinity, (double)tf.linalg.det(-1e200 * Identity(3)));
    }

    [Fact]
    public void A_singular_matrix_has_sign_0_and_logarithm_minus_infinity()
    {
        var (sign, log) = tf.linalg.slogdet(new double[,] { { 1, 2 }, { 2, 4 } });
        Assert.Equal(0, (double)sign);
        Assert.Equal(double.NegativeInfinity, (double)log);
    }

    [Fact]
    public void The_gradient_of_a_singular_determinant_is_its_cofactors()
    {
        Tensor a = new double[,] { { 1, 2 }, { 2, 4 } };
        using var tape = tf.GradientTape();
        tape.watch(a);
        Arrays.Near(new double[,] { { 4, -2 }, { -2, 1 } }, tape.gradient(tf.linalg.det(a), a));
    }

    /// <summary>d³/dx³ det(x·1 + n) for a nilpotent n of order 3 is that of x³.</summary>
    [Fact]
    public void A_gradient_of_third_order_goes_through_a_singular_determinant()
    {
        Tensor n = new double[,] { { 0, 1, 5 }, { 0, 0, 1 }, { 0, 0, 0 } };
        Arrays.Near(tf.constant(6.0, tf.float64), Derivative.Of(3, x => tf.linalg.det(x * Identity(3) + n), 0));
    }
}
