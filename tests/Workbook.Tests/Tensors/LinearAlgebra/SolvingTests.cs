using Workbook.Tensors;
using Xunit;
using static Workbook.Tests.Tensors.LinearAlgebra.Matrices;

namespace Workbook.Tests.Tensors.LinearAlgebra;

/// <summary>
/// Factors and solutions put back into their equations. Tolerances: 1e-12 of the largest element, a few thousand roundings.
/// </summary>
public class SolvingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)]
    [Trait("speed", "slow")]
    public void A_matrix_is_its_Cholesky_factor_times_its_transpose(int n)
    {
        var a = Definite("cholesky", 2, n, n);
        var l = tf.linalg.cholesky(a);
        Arrays.Near(a, tf.matmul(l, l, transpose_b: true));
        Arrays.Near(tf.linalg.band_part(l, -1, 0), l, 0);
    }

    [Fact]
    public void Cholesky_names_the_pivot_that_is_not_positive()
    {
        Tensor a = new double[,] { { 4, 0, 0 }, { 2, 1, 0 }, { 0, 0, 1 } };
        Assert.Contains("pivot 1 is 0", Assert.Throws<NumericException>(() => tf.linalg.cholesky(a)).Message);
        Assert.Throws<NumericException>(() => tf.linalg.cholesky(a * double.NaN));
        Assert.Throws<NumericException>(() => tf.linalg.logdet(-Identity(2)));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void A_triangular_solution_fulfils_its_equation(bool lower, bool adjoint)
    {
        var a = Any("triangle", 3, 1, 4, 4) + 3 * Identity(4);
        var b = Any("right", 2, 4, 3);
        var x = tf.linalg.triangular_solve(a, b, lower, adjoint);
        var triangle = lower ? tf.linalg.band_part(a, -1, 0) : tf.linalg.band_part(a, 0, -1);
        Assert.Equal(new Shape(3, 2, 4, 3), x.shape);
        Arrays.Near(tf.broadcast_to(b, x.shape), tf.matmul(triangle, x, transpose_a: adjoint));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(6, false)]
    [InlineData(6, true)]
    [InlineData(50, true)]
    [Trait("speed", "slow")]
    public void A_solution_fulfils_its_equation(int n, bool adjoint)
    {
        var a = Any($"square {n}", 2, n, n);
        var b = Any("right", n, 2);
        var x = tf.linalg.solve(a, b, adjoint);
        Arrays.Near(tf.broadcast_to(b, x.shape), tf.matmul(a, x, transpose_a: adjoint), 1e-11);
        Arrays.Near(tf.broadcast_to(Identity(n), a.shape), tf.matmul(adjoint ? Transposed(a) : a, tf.linalg.inv(a, adjoint)), 1e-11);
    }

    [Fact]
    public void Rows_are_exchanged_where_a_pivot_is_zero()
    {
        Tensor a = new double[,] { { 0, 1 }, { 2, 0 } };
        Arrays.Near(new double[,] { { 2 }, { 3 } }, tf.linalg.solve(a, new double[,] { { 3 }, { 4 } }));
    }

    [Fact]
    public void Both_factors_solve_what_the_whole_solves()
    {
        var (a, b) = (Definite("chol", 4, 4), Any("right", 4, 2));
        Arrays.Near(tf.linalg.solve(a, b), tf.linalg.cholesky_solve(tf.linalg.cholesky(a), b));
    }

    [Fact]
    public void A_singular_matrix_raises_and_names_the_op_and_the_pivot()
    {
        Tensor a = new double[,] { { 1, 2 }, { 2, 4 } };
        var solve = Assert.Throws<NumericException>(() => tf.linalg.solve(a, Identity(2)));
        Assert.Contains("solve:", solve.Message);
        Assert.Contains("pivot 1 is 0", solve.Message);
        Assert.Contains("inv:", Assert.Throws<NumericException>(() => tf.linalg.inv(a)).Message);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        Assert.Contains("cholesky: expected square matrices in the last two axes. Received: shape (2, 3)",
            Assert.Throws<ShapeException>(() => tf.linalg.cholesky(tf.zeros((2, 3)))).Message);
        Assert.Contains("For a vector use tf.expand_dims",
            Assert.Throws<ShapeException>(() => tf.linalg.solve(tf.eye(2), tf.zeros(2))).Message);
        Assert.Throws<ShapeException>(() => tf.linalg.triangular_solve(tf.eye(2), tf.zeros((3, 1))));
        Assert.Throws<ShapeException>(() => tf.linalg.solve(tf.zeros((2, 2, 2)), tf.zeros((3, 2, 1))));
        Assert.Throws<DTypeException>(() => tf.linalg.inv(tf.zeros((2, 2), tf.int32)));
    }

    /// <summary>At the least squares the residual stands upright on every column.</summary>
    [Fact]
    public void The_residual_of_least_squares_is_orthogonal_to_the_columns()
    {
        var (a, b) = (Any("tall", 7, 3), Any("right", 7, 2));
        var x = tf.linalg.lstsq(a, b);
        Arrays.Near(tf.zeros_like(x), tf.matmul(a, tf.matmul(a, x) - b, transpose_a: true));
        var strength = 0.3;
        var ridge = tf.linalg.lstsq(a, b, strength);
        Arrays.Near(-strength * ridge, tf.matmul(a, tf.matmul(a, ridge) - b, transpose_a: true));
    }

    /// <summary>Of all solutions the shortest is a combination of rows; a small strength comes as near as the strength.</summary>
    [Fact]
    public void With_more_columns_than_rows_least_squares_gives_the_shortest_solution()
    {
        var (a, b) = (Any("wide", 3, 7), Any("right", 3, 1));
        var x = tf.linalg.lstsq(a, b);
        Arrays.Near(b, tf.matmul(a, x));
        Arrays.Near(tf.matmul(a, tf.linalg.solve(tf.matmul(a, a, transpose_b: true), b), transpose_a: true), x, 1e-11);
        Arrays.Near(x, tf.linalg.lstsq(a, b, 1e-9), 1e-7);
    }

    [Fact]
    public void A_variable_as_ridge_strength_gets_a_gradient()
    {
        var (a, b) = (Any("tall", 5, 2), Any("right", 5, 1));
        var strength = tf.Variable(tf.constant(0.5, tf.float64));
        using var tape = tf.GradientTape();
        Tensor length;
        using (tape) length = tf.reduce_sum(tf.square(tf.linalg.lstsq(a, b, strength)));
        Assert.True((double)tape.gradient(length, strength)! < 0);
    }

    [Fact]
    public void A_gradient_of_third_order_goes_through_the_inverse() => Arrays.Near(tf.constant(-6 / 16.0, tf.float64),
        Derivative.Of(3, x => tf.linalg.inv(tf.reshape(x, (1, 1)))[0, 0], 2));

    [Fact]
    public void Float32_stays_float32()
    {
        var a = tf.cast(Definite("single", 4, 4), tf.float32);
        var l = tf.linalg.cholesky(a);
        Assert.Equal(tf.float32, l.dtype);
        // 1e-5: TensorFlow's own float32 stays within a third of it.
        Arrays.Near(a, tf.matmul(l, l, transpose_b: true), 1e-5);
        Arrays.Near(tf.eye(4), tf.linalg.solve(a, a), 1e-4);
    }
}
