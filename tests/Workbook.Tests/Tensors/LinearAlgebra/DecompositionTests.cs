using Workbook.Tensors;
using Xunit;
using static Workbook.Tests.Tensors.LinearAlgebra.Matrices;

namespace Workbook.Tests.Tensors.LinearAlgebra;

/// <summary>Eigenvalues and Q R put together again. Tolerances: 1e-12 of the largest element, a few thousand roundings.</summary>
public class DecompositionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(60)]
    [Trait("speed", "slow")]
    public void Eigenvectors_are_orthonormal_and_make_the_matrix_with_ascending_eigenvalues(int n)
    {
        var a = Symmetric($"eigh {n}", 2, n, n);
        var (e, v) = tf.linalg.eigh(a);
        Arrays.Near(a, tf.matmul(v * tf.expand_dims(e, -2), v, transpose_b: true));
        Arrays.Near(tf.broadcast_to(Identity(n), a.shape), tf.matmul(v, v, transpose_a: true));
        Assert.All(Enumerable.Range(1, n - 1), i => Assert.True((bool)tf.reduce_all(e[.., i] >= e[.., i - 1])));
    }

    /// <summary>The second difference has the eigenvalues 2 − 2 cos(kπ / (n + 1)).</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(100)]
    public void The_second_difference_has_the_eigenvalues_of_a_string(int n)
    {
        var a = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = Math.Max(0, i - 1); j <= Math.Min(n - 1, i + 1); j++) a[i, j] = i == j ? 2 : -1;
        var expected = Enumerable.Range(1, n).Select(k => 2 - 2 * Math.Cos(k * Math.PI / (n + 1))).ToArray();
        Arrays.Near(expected, tf.linalg.eigvalsh(a));
    }

    [Fact]
    public void Repeated_eigenvalues_still_give_orthonormal_vectors()
    {
        var ones = tf.ones((5, 5), tf.float64);
        var (e, v) = tf.linalg.eigh(ones);
        Arrays.Near(new[] { 0.0, 0, 0, 0, 5 }, e);
        Arrays.Near(Identity(5), tf.matmul(v, v, transpose_a: true));
        Arrays.Near(tf.zeros((3, 3), tf.float64), tf.linalg.eigh(tf.zeros((3, 3), tf.float64)).e[..] * Identity(3));
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void Neither_very_small_nor_very_large_matrices_are_lost(double scale)
    {
        var a = Symmetric("scaled", 6, 6);
        Arrays.Near(tf.linalg.eigvalsh(a), tf.linalg.eigvalsh(a * scale) / scale);
        var (q, r) = tf.linalg.qr(a * scale);
        Arrays.Near(a, tf.matmul(q, r / scale));
    }

    [Fact]
    public void Only_the_lower_triangle_is_read()
    {
        var a = Symmetric("lower", 4, 4);
        Arrays.Near(tf.linalg.eigvalsh(a), tf.linalg.eigvalsh(tf.linalg.band_part(a, -1, 0)), 0);
    }

    [Fact]
    public void What_is_not_finite_has_no_eigenvalues() =>
        Assert.Contains("eigh: expected finite numbers",
            Assert.Throws<NumericException>(() => tf.linalg.eigh(new double[,] { { 1, 0 }, { double.NaN, 1 } })).Message);

    /// <summary>The sum of eigenvalues is the trace, repeated or not.</summary>
    [Fact]
    public void The_first_gradient_of_repeated_eigenvalues_is_right()
    {
        var a = 2 * Identity(3);
        using var tape = tf.GradientTape();
        tape.watch(a);
        Arrays.Near(Identity(3), tape.gradient(tf.reduce_sum(tf.linalg.eigvalsh(a)), a));
    }

    /// <summary>The larger eigenvalue of ((x, 1), (1, −x)) is √(x² + 1); its third derivative is −3x / (x² + 1)^2.5.</summary>
    [Fact]
    public void A_gradient_of_third_order_goes_through_eigenvalues_and_eigenvectors()
    {
        Tensor turn = new double[,] { { 0, 1 }, { 1, 0 } }, flip = new double[,] { { 1, 0 }, { 0, -1 } };
        Arrays.Near(tf.constant(-3 / Math.Pow(2, 2.5), tf.float64), Derivative.Of(3, x => tf.linalg.eigvalsh(turn + x * flip)[1], 1));
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(7, 3)]
    [InlineData(3, 7)]
    [InlineData(1, 1)]
    [InlineData(40, 30)]
    [Trait("speed", "slow")]
    public void Q_is_orthonormal_R_is_upper_triangular_and_their_product_the_matrix(int m, int n)
    {
        var a = Any($"qr {m} {n}", 2, m, n);
        var (q, r) = tf.linalg.qr(a);
        var k = Math.Min(m, n);
        Assert.Equal(new Shape(2, m, k), q.shape);
        Arrays.Near(a, tf.matmul(q, r));
        Arrays.Near(tf.broadcast_to(Identity(k), (2, k, k)), tf.matmul(q, q, transpose_a: true));
        Arrays.Near(tf.linalg.band_part(r, 0, -1), r, 0);
    }

    [Fact]
    public void Q_is_orthonormal_even_where_columns_depend_on_each_other()
    {
        var column = Any("dependent", 4, 1);
        var a = tf.concat([column, 2 * column, tf.zeros_like(column)], 1);
        var (q, r) = tf.linalg.qr(a);
        Arrays.Near(Identity(3), tf.matmul(q, q, transpose_a: true));
        Arrays.Near(a, tf.matmul(q, r));
    }

    [Fact]
    public void Matrices_without_rows_or_columns_have_empty_factors()
    {
        var (e, v) = tf.linalg.eigh(tf.zeros((2, 0, 0)));
        Assert.Equal((new Shape(2, 0), new Shape(2, 0, 0)), (e.shape, v.shape));
        var (tall, none) = tf.linalg.qr(tf.zeros((3, 0)));
        Assert.Equal((new Shape(3, 0), new Shape(0, 0)), (tall.shape, none.shape));
        var (flat, wide) = tf.linalg.qr(tf.zeros((0, 3)));
        Assert.Equal((new Shape(0, 0), new Shape(0, 3)), (flat.shape, wide.shape));
        Assert.Equal(new Shape(0, 2, 2), tf.linalg.inv(tf.zeros((0, 2, 2))).shape);
    }
}
