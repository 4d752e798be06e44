using Workbook.Tensors.Backends;

namespace Workbook.Tensors.TensorFlow;

sealed partial class TensorFlowBackend
{
    /// <inheritdoc/>
    public override Tensor Permute(Tensor x, int[] permutation, Shape shape)
    {
        using var op = Op("Transpose"u8);
        return op.Add(x).Add(permutation).Run(shape, x.dtype);
    }

    /// <inheritdoc/>
    public override Tensor Broadcast(Tensor x, Shape shape)
    {
        using var op = Op("BroadcastTo"u8);
        return op.Add(x).Add(shape.Dims).RunUnlessRefused(shape, x.dtype) ?? base.Broadcast(x, shape);
    }

    /// <inheritdoc/>
    public override Tensor Slice(Tensor x, int[] begin, int[] steps, Shape shape)
    {
        var (end, open) = Ends(begin, steps, shape);
        using var op = Op("StridedSlice"u8);
        return op.Add(x).Add(begin).Add(end).Add(steps).Set("end_mask"u8, open).RunUnlessRefused(shape, x.dtype)
            ?? base.Slice(x, begin, steps, shape);
    }

    /// <inheritdoc/>
    public override Tensor Embed(Tensor x, int[] begin, int[] steps, Shape shape, double padding)
    {
        if (!Array.TrueForAll(steps, s => s == 1))
        {
            if (padding != 0) return base.Embed(x, begin, steps, shape, padding);
            var (end, open) = Ends(begin, steps, x.shape);
            using var strided = Op("StridedSliceGrad"u8);
            return strided.Add(shape.Dims).Add(begin).Add(end).Add(steps).Add(x).Set("end_mask"u8, open).RunUnlessRefused(shape, x.dtype)
                ?? base.Embed(x, begin, steps, shape, padding);
        }
        var paddings = new int[2 * begin.Length];
        for (var i = 0; i < begin.Length; i++) (paddings[2 * i], paddings[2 * i + 1]) = (begin[i], shape[i] - begin[i] - x.shape[i]);
        using var op = Op("PadV2"u8);
        return op.Add(x).Add(Tensor.Over(paddings, (begin.Length, 2), DType.Int32)).Add(base.Fill(Shape.Scalar, x.dtype, padding))
            .RunUnlessRefused(shape, x.dtype) ?? base.Embed(x, begin, steps, shape, padding);
    }

    /// <inheritdoc/>
    /// <remarks>The elements lie in TensorFlow's memory.</remarks>
    public override bool AddPart(Tensor whole, Tensor x, int[] begin, int[] steps) => false;

    /// <summary>
    /// Where each axis stops, and as bits the axes that stop only at the beginning: for TensorFlow −1 is the last element.
    /// </summary>
    static (int[] End, long Open) Ends(int[] begin, int[] steps, Shape taken)
    {
        var end = new int[begin.Length];
        var open = 0L;
        for (var i = 0; i < end.Length; i++)
            if ((end[i] = begin[i] + steps[i] * taken[i]) < 0) open |= 1L << i;
        return (end, open);
    }

    /// <inheritdoc/>
    public override Tensor Concat(Tensor[] xs, int axis, Shape shape)
    {
        // TensorFlow's takes two or more.
        if (xs.Length == 1) return xs[0].View(shape);
        using var op = Op("ConcatV2"u8);
        return op.Add(xs).Add(Number(axis)).Run(shape, xs[0].dtype);
    }

    /// <inheritdoc/>
    public override Tensor Gather(Tensor x, Tensor indices)
    {
        var shared = indices.shape[0] == 1 && x.shape[0] != 1;
        using var op = Op("GatherV2"u8);
        return op.Add(x).Add(shared ? indices.View(indices.size) : indices).Add(Number(1)).Set("batch_dims"u8, shared ? 0 : 1)
            .Run((x.shape[0], indices.shape[1], x.shape[2]), x.dtype);
    }

    /// <inheritdoc/>
    public override Tensor ScatterAdd(Tensor x, Tensor indices, int n)
    {
        if (x.dtype == DType.Bool) return base.ScatterAdd(x, indices, n);
        var (outer, k, inner) = (x.shape[0], x.shape[1], x.shape[2]);
        var ids = indices.ToArray<int>();
        // All batches at once: batch o has the segments from o·n on.
        var rows = new int[outer * k];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = ids[indices.shape[0] == 1 ? i % k : i] is var id && id < 0 ? -1 : i / k * n + id;
        using var op = Op("UnsortedSegmentSum"u8);
        return op.Add(x.View((outer * k, inner))).Add(Tensor.Over(rows, rows.Length, DType.Int32)).Add(Number(outer * n))
            .Run((outer * n, inner), x.dtype).View((outer, n, inner));
    }
}
