using Workbook.Tensors.Backends;

namespace Workbook.Tensors;

public abstract partial class tf
{
    /// <summary>a where the condition holds, else b; the three broadcast. The branch not taken gets a gradient of exactly 0.</summary>
    /// <param name="condition">bool.</param>
    /// <param name="x">Where true.</param>
    /// <param name="y">Where false.</param>
    public static Tensor where(Operand condition, Operand x, Operand y)
    {
        var c = condition.Read();
        if (c.dtype != DType.Bool)
            throw new DTypeException($"where: expected a bool condition. Received: {c.dtype.Name()}. Compare first: x != 0.");
        var (a, b) = Op.Match("where", x, y);
        var to = Shape.Broadcast(c.shape, Shape.Broadcast(a.shape, b.shape, "where"), "where");
        return Op.Chosen(c, Op.Made("where", Backend.Current.Select(c, a, b, to), a, b,
            da: (g, _, _, _) => where(c, g, zeros(Shape.Scalar, g.dtype)),
            db: (g, _, _, _) => where(c, zeros(Shape.Scalar, g.dtype), g)));
    }

    /// <summary>The positions of the true elements, one row each, as int64.</summary>
    public static Tensor where(Operand condition)
    {
        var c = condition.Read();
        var truth = cast(c, DType.Bool).AsSpan<bool>();
        var strides = c.shape.Strides();
        var rows = new List<long>();
        for (var i = 0; i < truth.Length; i++)
            if (truth[i])
                for (var k = 0; k < c.ndim; k++) rows.Add(i / strides[k] % Math.Max(1, c.shape[k]));
        var places = Tensor.FromSpan<long>(rows.ToArray(), (c.ndim == 0 ? (truth[0] ? 1 : 0) : rows.Count / c.ndim, c.ndim));
        return Op.Made("where", places, c, null);
    }

    /// <summary>A block: size[i] elements from begin[i] on; −1 means to the end.</summary>
    /// <exception cref="ShapeException">It reaches outside.</exception>
    public static Tensor slice(Operand input, Shape begin, Shape size)
    {
        var x = input.Read();
        if (begin.Rank != x.ndim || size.Rank != x.ndim)
            throw new ShapeException(
                $"slice: expected {x.ndim} begins and sizes for shape {x.shape}. Received: {begin.Rank} and {size.Rank}.");
        var dims = new int[x.ndim];
        for (var i = 0; i < x.ndim; i++)
        {
            dims[i] = size[i] == -1 ? x.shape[i] - begin[i] : size[i];
            if (begin[i] < 0 || dims[i] < 0 || begin[i] + dims[i] > x.shape[i])
                throw new ShapeException(
                    $"slice: expected a block inside {x.shape}. Received: begin {begin[i]}, size {size[i]} on axis {i}.");
        }
        return Sliced(x, [.. begin], Steps(x.ndim), dims);
    }

    /// <summary>Every strides[i]-th element from begin[i] to end[i], with TensorFlow's masks (bit i speaks of entry i).</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="begin">First positions; negative counts from the end.</param>
    /// <param name="end">Positions before which to stop.</param>
    /// <param name="strides">Steps, not 0; default 1.</param>
    /// <param name="begin_mask">Entries whose begin is the natural one.</param>
    /// <param name="end_mask">Entries whose end is the natural one.</param>
    /// <param name="ellipsis_mask">The entry that stands for all axes not named; at most one.</param>
    /// <param name="new_axis_mask">Entries that add an axis of length 1.</param>
    /// <param name="shrink_axis_mask">Entries that take one position and drop the axis.</param>
    /// <exception cref="ShapeException">Too many entries, a stride of 0, or a single position out of range.</exception>
    public static Tensor strided_slice(Operand input, int[] begin, int[] end, int[]? strides = null,
        int begin_mask = 0, int end_mask = 0, int ellipsis_mask = 0, int new_axis_mask = 0, int shrink_axis_mask = 0)
    {
        var items = new List<TensorIndex>();
        for (var i = 0; i < begin.Length; i++)
        {
            bool On(int mask) => (mask >> i & 1) == 1;
            items.Add(On(ellipsis_mask) ? TensorIndex.Ellipsis
                : On(new_axis_mask) ? TensorIndex.NewAxis
                : On(shrink_axis_mask) ? begin[i]
                : new TensorIndex(On(begin_mask) ? null : begin[i], On(end_mask) ? null : end[i], strides?[i] ?? 1));
        }
        return Indexed(input.Read(), items.ToArray());
    }

    internal static Tensor Indexed(Tensor x, ReadOnlySpan<TensorIndex> items)
    {
        var named = 0;
        foreach (var item in items)
            if (item.TakesAxis) named++;
        if (named > x.ndim)
            throw new ShapeException($"strided_slice: expected at most {x.ndim} indices for shape {x.shape}. Received: {named}.");
        int[] begin = new int[x.ndim], steps = Steps(x.ndim), taken = x.shape.ToArray();
        var result = new List<int>();
        var axis = 0;
        var ellipses = 0;
        foreach (var item in items)
        {
            if (item.IsEllipsis)
            {
                if (++ellipses > 1) throw new ShapeException("strided_slice: expected at most one ellipsis. Received: two.");
                for (var skip = x.ndim - named; skip > 0; skip--) result.Add(x.shape[axis++]);
            }
            else if (item.IsNewAxis) result.Add(1);
            else
            {
                (begin[axis], steps[axis], taken[axis]) = item.On(x.shape, axis);
                if (!item.DropsAxis) result.Add(taken[axis]);
                axis++;
            }
        }
        for (; axis < x.ndim; axis++) result.Add(x.shape[axis]);
        return reshape(Sliced(x, begin, steps, taken), result.ToArray());
    }

    static Tensor Sliced(Tensor x, int[] begin, int[] steps, Shape to) =>
        Op.Part("strided_slice", Backend.Current.Slice(x, begin, steps, to), x, begin, steps,
            (g, x, _) => Embedded(g, begin, steps, x.shape, 0));

    static Tensor Embedded(Tensor x, int[] begin, int[] steps, Shape to, double padding) =>
        Op.Made("pad", Backend.Current.Embed(x, [.. begin], steps, to, padding), x, (g, x, _) => Sliced(g, begin, steps, x.shape));

    /// <summary>Slices of params along an axis, by index.</summary>
    /// <param name="params">At least one axis.</param>
    /// <param name="indices">int32 or int64, of any shape, from 0 to the length of the axis − 1.</param>
    /// <param name="axis">Default 0 (or batch_dims, where that is larger).</param>
    /// <param name="batch_dims">How many leading axes params and indices share.</param>
    /// <returns>The axis is replaced by the axes of indices (those beyond batch_dims). The gradient adds up where an index
    /// repeats.</returns>
    /// <exception cref="ShapeException">An index is out of range, or batch axes differ.</exception>
    public static Tensor gather(Operand @params, Operand indices, int axis = 0, int batch_dims = 0)
    {
        Tensor x = @params.Read(), ids = indices.Read();
        if (!ids.dtype.IsInteger())
            throw new DTypeException(
                $"gather: expected int32 or int64 indices. Received: {ids.dtype.Name()}. Cast them: tf.cast(i, tf.int32).");
        if (batch_dims < 0) batch_dims += ids.ndim;
        axis = Math.Max(x.shape.Axis(axis, "gather"), batch_dims);
        if (batch_dims > ids.ndim || axis >= x.ndim || !x.shape.Dims[..batch_dims].SequenceEqual(ids.shape.Dims[..batch_dims]))
            throw new ShapeException(
                $"gather: expected the first {batch_dims} axes of params and indices to be equal. Received: {x.shape} and {ids.shape}.");
        var n = x.shape[axis];
        foreach (var id in ids.ToArray<long>())
            if (id < 0 || id >= n)
                throw new ShapeException($"gather: expected indices from 0 to {n - 1} along axis {axis} of {x.shape}. Received: {id}.");
        ReadOnlySpan<int> dims = x.shape.Dims;
        int batch = new Shape(dims[..batch_dims]).Size, outer = new Shape(dims[batch_dims..axis]).Size,
            inner = new Shape(dims[(axis + 1)..]).Size;
        int[] to = [.. dims[..axis], .. ids.shape.Dims[batch_dims..], .. dims[(axis + 1)..]];
        var k = new Shape(ids.shape.Dims[batch_dims..]).Size;
        var flat = stop_gradient(ids);
        var rows = batch_dims == 0 ? reshape(flat, (1, k))
            : reshape(broadcast_to(reshape(flat, (batch, 1, k)), (batch, outer, k)), (batch * outer, k));
        return Op.Chosen(ids, reshape(Gathered(reshape(x, (batch * outer, n, inner)), rows), to));
    }

    internal static Tensor Gathered(Tensor x, Tensor rows) =>
        Op.Made("gather", Backend.Current.Gather(x, rows), x, (g, x, _) => Scattered(g, rows, x.shape[1]));

    internal static Tensor Scattered(Tensor x, Tensor rows, int n) =>
        Op.Made("scatter_add", Backend.Current.ScatterAdd(x, rows, n), x,
            (g, _, _) => Gathered(Padded(g), where(rows < 0, cast(n, rows.dtype), rows)));

    /// <summary>One row of zeros more, for indices that were dropped.</summary>
    static Tensor Padded(Tensor g) => pad(g, new[,] { { 0, 0 }, { 0, 1 }, { 0, 0 } });

    /// <summary>Rows of data added up by segment; ids ascend. As many segments as the last id + 1.</summary>
    /// <param name="data">At least one axis.</param>
    /// <param name="segment_ids">One per row, ascending from 0.</param>
    internal static Tensor SegmentSum(Operand data, Operand segment_ids)
    {
        var ids = segment_ids.Read().ToArray<int>();
        for (var i = 0; i < ids.Length; i++)
            if (ids[i] < (i == 0 ? 0 : ids[i - 1]))
                throw new ArgumentException(
                    $"segment_sum: expected ascending ids from 0. Received: {ids[i]} at position {i}. Use unsorted_segment_sum.");
        return UnsortedSegmentSum(data, segment_ids, ids.Length == 0 ? 0 : ids[^1] + 1);
    }

    internal static Tensor UnsortedSegmentSum(Operand data, Operand segment_ids, int num_segments)
    {
        Tensor x = data.Read(), ids = segment_ids.Read();
        if (ids.ndim > x.ndim || !x.shape.Dims[..ids.ndim].SequenceEqual(ids.shape.Dims))
            throw new ShapeException(
                $"unsorted_segment_sum: expected ids whose shape begins that of data. Received: {ids.shape} and {x.shape}.");
        foreach (var id in ids.ToArray<long>())
            if (id >= num_segments) throw new ShapeException($"unsorted_segment_sum: expected ids below {num_segments}. Received: {id}.");
        var rest = x.shape.Dims[ids.ndim..];
        var rows = reshape(stop_gradient(ids), (1, ids.size));
        return reshape(Scattered(reshape(x, (1, ids.size, new Shape(rest).Size)), rows, num_segments), new Shape([num_segments, .. rest]));
    }

    /// <summary>Rows that are on_value at an index and off_value elsewhere; an index out of range gives a row of off_value.</summary>
    /// <param name="indices">int32 or int64.</param>
    /// <param name="depth">The length of the new axis.</param>
    /// <param name="on_value">Default 1. A gradient reaches it, which TensorFlow does not have.</param>
    /// <param name="off_value">Default 0. A gradient reaches it too.</param>
    /// <param name="axis">Where the new axis stands; −1: last.</param>
    /// <param name="dtype">Default float32.</param>
    public static Tensor one_hot(Operand indices, int depth, Operand? on_value = null, Operand? off_value = null, int axis = -1,
        DType dtype = DType.Float32)
    {
        var ids = indices.Read();
        if (!ids.dtype.IsInteger())
            throw new DTypeException(
                $"one_hot: expected int32 or int64 indices. Received: {ids.dtype.Name()}. Cast them: tf.cast(i, tf.int32).");
        var at = axis < 0 ? axis + ids.ndim + 1 : axis;
        if (at < 0 || at > ids.ndim)
            throw new ShapeException(
                $"one_hot: expected an axis from {-ids.ndim - 1} to {ids.ndim} for shape {ids.shape}. Received: {axis}.");
        var dims = new int[ids.ndim + 1];
        Array.Fill(dims, 1);
        dims[at] = depth;
        var here = MathOps.equal(expand_dims(ids, at), reshape(cast(range(depth), ids.dtype), dims));
        return where(here, cast(on_value ?? 1.0, dtype), cast(off_value ?? 0.0, dtype));
    }
}

public abstract partial class MathOps
{
    /// <summary>Rows of data added up by segment; as many segments as the last id + 1.</summary>
    /// <param name="data">At least one axis.</param>
    /// <param name="segment_ids">One per row, ascending from 0.</param>
    /// <exception cref="ArgumentException">Ids do not ascend.</exception>
    public static Tensor segment_sum(Operand data, Operand segment_ids) => tf.SegmentSum(data, segment_ids);

    /// <summary>Rows of data added up by segment, in any order; a negative id drops its row.</summary>
    /// <param name="data">At least one axis.</param>
    /// <param name="segment_ids">Of a shape that begins that of data.</param>
    /// <param name="num_segments">The number of segments.</param>
    /// <exception cref="ShapeException">An id is not below num_segments.</exception>
    public static Tensor unsorted_segment_sum(Operand data, Operand segment_ids, int num_segments) =>
        tf.UnsortedSegmentSum(data, segment_ids, num_segments);
}
