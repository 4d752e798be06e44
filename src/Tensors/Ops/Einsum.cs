namespace Workbook.Tensors;

public abstract partial class tf
{
    /// <summary>Sums of products in Einstein's notation: <c>tf.einsum("bij,bjk->bik", a, b)</c> multiplies batches of matrices.</summary>
    /// <remarks>
    /// A letter names an axis; equal letters are one index, repeated within one operand its diagonal; letters that the result lacks are
    /// summed over. "..." stands for any further axes, which broadcast. Without "->" the result has each letter that occurs once, in
    /// alphabetical order. Operands are multiplied from left to right, one matrix product per pair.
    /// </remarks>
    /// <param name="equation">One term per tensor, separated by commas; then optionally "->" and the axes of the result.</param>
    /// <param name="inputs">The tensors.</param>
    /// <exception cref="ShapeException">The equation does not fit the tensors; it and their shapes are named.</exception>
    public static Tensor einsum(string equation, params Operand[] inputs)
    {
        var xs = Op.Match("einsum", inputs);
        var axes = new EinsumEquation(equation, Array.ConvertAll(xs, x => x.shape));
        return Contraction.Of(xs, axes.Inputs, axes.Output).value();
    }

    /// <summary>Sums of products over the last axes of a and the first of b: 1 is the matrix product, 0 the outer product.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">Any shape.</param>
    /// <param name="axes">How many axes are summed over.</param>
    /// <returns>The other axes of a, then those of b.</returns>
    /// <exception cref="ShapeException">There are not as many axes, or their lengths differ.</exception>
    public static Tensor tensordot(Operand a, Operand b, int axes)
    {
        if (axes < 0 || axes > Math.Min(a.shape.Rank, b.shape.Rank))
            throw new ShapeException(
                $"tensordot: expected a number of axes that both have. Received: axes {axes} for {a.shape} and {b.shape}.");
        return tensordot(a, b, [[.. Enumerable.Range(a.shape.Rank - axes, axes)], [.. Enumerable.Range(0, axes)]]);
    }

    /// <summary>Sums of products over chosen axes of a and b.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">Any shape.</param>
    /// <param name="axes">The axes of a, and in the same order those of b: <c>[[0, 2], [1, 0]]</c>.</param>
    /// <returns>The other axes of a, then those of b.</returns>
    /// <exception cref="ShapeException">Not as many axes of a as of b, or lengths that differ.</exception>
    public static Tensor tensordot(Operand a, Operand b, int[][] axes)
    {
        var (x, y) = Op.Match("tensordot", a, b);
        if (axes.Length != 2 || axes[0].Length != axes[1].Length)
            throw new ShapeException(
                $"tensordot: expected two lists of as many axes. "
                    + $"Received: [{string.Join(", ", axes.Select(l => $"[{string.Join(", ", l)}]"))}].");
        x.shape.Axes(axes[0], "tensordot");
        y.shape.Axes(axes[1], "tensordot");
        int[] left = [.. Enumerable.Range(0, x.ndim)], right = [.. Enumerable.Range(x.ndim, y.ndim)];
        foreach (var (i, j) in axes[0].Select(i => x.shape.Axis(i, "tensordot")).Zip(axes[1].Select(j => y.shape.Axis(j, "tensordot"))))
        {
            if (x.shape[i] != y.shape[j])
                throw new ShapeException(
                    $"tensordot: expected equal lengths of axis {i} of {x.shape} and axis {j} of {y.shape}. "
                        + $"Received: {x.shape[i]} and {y.shape[j]}.");
            right[j] = left[i];
        }
        return Contraction.Of([x, y], [left, right], [.. left.Except(right), .. right.Except(left)]);
    }
}
