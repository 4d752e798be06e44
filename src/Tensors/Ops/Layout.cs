namespace Workbook.Tensors;

/// <summary>Turning tensors so that an op which works along the last axis works along any.</summary>
static class Layout
{
    /// <summary>x with one axis moved to the end.</summary>
    public static Tensor AxisLast(Tensor x, int axis) => axis == x.ndim - 1 ? x : tf.transpose(x, Order(x.ndim, axis));

    /// <summary>The reverse of <see cref="AxisLast"/>.</summary>
    public static Tensor AxisBack(Tensor x, int axis) => axis == x.ndim - 1 ? x : tf.transpose(x, Inverse(Order(x.ndim, axis)));

    /// <summary>The permutation that undoes one.</summary>
    public static int[] Inverse(int[] permutation)
    {
        var inverse = new int[permutation.Length];
        for (var i = 0; i < permutation.Length; i++) inverse[permutation[i]] = i;
        return inverse;
    }

    static int[] Order(int rank, int axis) => [.. Enumerable.Range(0, rank).Where(i => i != axis), axis];
}
