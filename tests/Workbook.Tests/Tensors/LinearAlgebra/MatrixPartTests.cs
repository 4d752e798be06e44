using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors.LinearAlgebra;

/// <summary>Diagonals, bands, traces, products with vectors.</summary>
public class MatrixPartTests
{
    static readonly Tensor Wide = new[,] { { 1, 2, 3 }, { 4, 5, 6 } };

    [Fact]
    public void A_diagonal_goes_into_a_matrix_and_comes_out_again()
    {
        Arrays.Same(tf.linalg.diag(new[] { 1, 2 }), (2, 2), 1, 0, 0, 2);
        Arrays.Same(tf.linalg.diag_part(tf.linalg.diag(Wide)), (2, 3), 1, 2, 3, 4, 5, 6);
        Arrays.Same(tf.linalg.diag_part(Wide), 2, 1, 5);
        Arrays.Same(tf.linalg.diag_part(tf.linalg.matrix_transpose(Wide)), 2, 1, 5);
    }

    [Fact]
    public void A_diagonal_is_replaced_in_wide_and_in_tall_matrices()
    {
        Arrays.Same(tf.linalg.set_diag(Wide, new[] { 8, 9 }), (2, 3), 8, 2, 3, 4, 9, 6);
        Arrays.Same(tf.linalg.set_diag(tf.linalg.matrix_transpose(Wide), new[] { 8, 9 }), (3, 2), 8, 4, 2, 9, 3, 6);
        Assert.Throws<ShapeException>(() => tf.linalg.set_diag(Wide, new[] { 1, 2, 3 }));
    }

    [Theory]
    [InlineData(-1, 0, new[] { 1, 0, 0, 4, 5, 0 })]
    [InlineData(0, -1, new[] { 1, 2, 3, 0, 5, 6 })]
    [InlineData(0, 0, new[] { 1, 0, 0, 0, 5, 0 })]
    [InlineData(0, 1, new[] { 1, 2, 0, 0, 5, 6 })]
    [InlineData(-1, -1, new[] { 1, 2, 3, 4, 5, 6 })]
    public void A_band_keeps_what_lies_in_it(int lower, int upper, int[] expected) =>
        Arrays.Same(tf.linalg.band_part(Wide, lower, upper), (2, 3), expected);

    [Fact]
    public void A_band_puts_zeros_over_what_is_not_finite() =>
        Arrays.Same(tf.linalg.band_part(new[,] { { 1.0, double.NaN }, { 2.0, double.PositiveInfinity } }, -1, 0), (2, 2), 1, 0, 2,
            double.PositiveInfinity);

    [Fact]
    public void A_trace_adds_the_diagonal_up() => Arrays.Same(tf.linalg.trace(tf.stack([Wide, 2 * Wide])), 2, 6, 12);

    [Fact]
    public void A_matrix_times_a_vector_is_a_vector()
    {
        Arrays.Same(tf.linalg.matvec(Wide, new[] { 1, 0, -1 }), 2, -2, -2);
        Arrays.Same(tf.linalg.matvec(Wide, new[] { 1, -1 }, transpose_a: true), 3, -3, -3, -3);
        Assert.Contains("matvec: expected (…, m, n) and (…, n). Received: (2, 3) and (2,)",
            Assert.Throws<ShapeException>(() => tf.linalg.matvec(Wide, new[] { 1, 2 })).Message);
    }

    [Fact]
    public void A_vector_is_no_matrix()
    {
        Assert.Contains("trace: expected at least two axes. Received: shape (2,)",
            Assert.Throws<ShapeException>(() => tf.linalg.trace(new[] { 1, 2 })).Message);
        Assert.Throws<ShapeException>(() => tf.linalg.band_part(new[] { 1, 2 }, 0, 0));
        Assert.Throws<ShapeException>(() => tf.linalg.diag(1));
    }
}
