using Workbook.Tensors.Backends;

namespace Workbook.Tensors;

public abstract partial class tf
{
    /// <summary>The same elements under another shape; one length may be −1 and is then found.</summary>
    /// <exception cref="ShapeException">The shape has another number of elements.</exception>
    public static Tensor reshape(Operand tensor, Shape shape)
    {
        var x = tensor.Read();
        var to = Found(x, shape);
        return Op.Made("reshape", x.View(to), x, static (g, x, _) => reshape(g, x.shape));
    }

    static Shape Found(Tensor x, Shape shape)
    {
        if (!shape.IsKnown)
        {
            var known = 1;
            foreach (var d in shape.Dims)
                if (d != -1) known *= d;
            if (shape.Count(d => d == -1) > 1 || known == 0 || x.size % known != 0)
                throw new ShapeException(
                    $"reshape: expected at most one -1 and lengths that divide {x.size} elements. Received: {x.shape} to {shape}.");
            shape = new(shape.Select(d => d == -1 ? x.size / known : d).ToArray());
        }
        return shape.Size == x.size ? shape
            : throw new ShapeException(
                $"reshape: expected a shape of {x.size} elements for {x.shape}. Received: {shape} with {shape.Size}.");
    }

    /// <summary>Axes in another order: axis i of the result is axis perm[i] of a.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="perm">Each axis once; null: reversed.</param>
    /// <exception cref="ShapeException">perm does not name each axis once.</exception>
    public static Tensor transpose(Operand a, int[]? perm = null)
    {
        var x = a.Read();
        var order = perm ?? [.. Enumerable.Range(0, x.ndim).Reverse()];
        if (order.Length != x.ndim)
            throw new ShapeException($"transpose: expected {x.ndim} axes for shape {x.shape}. Received: [{string.Join(", ", order)}].");
        x.shape.Axes(order, "transpose");
        order = Array.ConvertAll(order, i => x.shape.Axis(i, "transpose"));
        var to = new Shape(Array.ConvertAll(order, i => x.shape[i]));
        return Op.Made("transpose", Backend.Current.Permute(x, order, to), x, (g, _, _) => transpose(g, Layout.Inverse(order)));
    }

    /// <summary>A new axis of length 1 before the given one.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="axis">From −rank − 1 to rank; −1 appends.</param>
    public static Tensor expand_dims(Operand input, int axis)
    {
        var x = input.Read();
        if (axis < -x.ndim - 1 || axis > x.ndim)
            throw new ShapeException(
                $"expand_dims: expected an axis from {-x.ndim - 1} to {x.ndim} for shape {x.shape}. Received: {axis}.");
        return reshape(x, x.shape.With(axis < 0 ? axis + x.ndim + 1 : axis));
    }

    /// <summary>Without axes of length 1.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="axis">Which; null: all of length 1.</param>
    /// <exception cref="ShapeException">A named axis is not of length 1.</exception>
    public static Tensor squeeze(Operand input, Axes? axis = null)
    {
        var x = input.Read();
        var axes = axis is null ? [.. Enumerable.Range(0, x.ndim).Where(i => x.shape[i] == 1)] : x.shape.Axes(axis, "squeeze");
        foreach (var a in axes)
            if (x.shape[a] != 1) throw new ShapeException($"squeeze: expected length 1 on axis {a}. Received: shape {x.shape}.");
        return reshape(x, x.shape.Without(axes));
    }

    /// <summary>x stretched to a shape that it broadcasts to. The gradient is summed back.</summary>
    /// <exception cref="ShapeException">It does not broadcast to that shape.</exception>
    public static Tensor broadcast_to(Operand input, Shape shape)
    {
        var x = input.Read();
        if (x.shape == shape) return x.value();
        if (shape.Size < 0 || Shape.Broadcast(x.shape, shape, "broadcast_to") != shape)
            throw new ShapeException($"broadcast_to: expected a shape that {x.shape} stretches to. Received: {shape}.");
        return Op.Made("broadcast_to", Backend.Current.Broadcast(x, shape), x, static (g, x, _) => Op.Unbroadcast(g, x.shape));
    }

    /// <summary>x repeated multiples[i] times along axis i.</summary>
    /// <exception cref="ShapeException">Not one multiple of at least 0 per axis.</exception>
    public static Tensor tile(Operand input, int[] multiples)
    {
        var x = input.Read();
        if (multiples.Length != x.ndim || multiples.Any(m => m < 0))
            throw new ShapeException(
                $"tile: expected {x.ndim} multiples of at least 0 for shape {x.shape}. Received: [{string.Join(", ", multiples)}].");
        int[] apart = [.. x.shape.SelectMany(d => new[] { 1, d })],
            stretched = [.. x.shape.SelectMany((d, i) => new[] { multiples[i], d })];
        return reshape(broadcast_to(reshape(x, apart), stretched), x.shape.Select((d, i) => d * multiples[i]).ToArray());
    }

    /// <summary>Tensors one after another along an axis; all other lengths are equal.</summary>
    /// <exception cref="ShapeException">No tensor, a scalar, or lengths that differ elsewhere.</exception>
    public static Tensor concat(IEnumerable<Operand> values, int axis)
    {
        var xs = Op.Match("concat", values);
        if (xs.Length == 0) throw new ShapeException("concat: expected at least one tensor. Received: none.");
        var first = xs[0].shape;
        axis = first.Axis(axis, "concat");
        foreach (var x in xs)
            if (x.ndim != first.Rank || Enumerable.Range(0, first.Rank).Any(i => i != axis && x.shape[i] != first[i]))
                throw new ShapeException($"concat: expected equal lengths except along axis {axis}. Received: {first} and {x.shape}.");
        var dims = first.ToArray();
        dims[axis] = xs.Sum(x => x.shape[axis]);
        return Op.Made("concat", Backend.Current.Concat(xs, axis, dims), xs, (g, i) =>
        {
            var begin = new int[g.ndim];
            begin[axis] = xs.Take(i).Sum(x => x.shape[axis]);
            return slice(g, begin, xs[i].shape.ToArray());
        });
    }

    /// <summary>Tensors of one shape along a new axis.</summary>
    /// <exception cref="ShapeException">No tensor, or shapes that differ.</exception>
    public static Tensor stack(IEnumerable<Operand> values, int axis = 0)
    {
        var xs = Op.Match("stack", values);
        if (xs.Length == 0) throw new ShapeException("stack: expected at least one tensor. Received: none.");
        var different = Array.Find(xs, x => x.shape != xs[0].shape);
        if (different is not null)
            throw new ShapeException($"stack: expected tensors of one shape. Received: {xs[0].shape} and {different.shape}.");
        return concat(xs.Select(x => expand_dims(x, axis)), axis < 0 ? axis + xs[0].ndim + 1 : axis);
    }

    /// <summary>The parts along an axis, without it: the reverse of <see cref="stack"/>.</summary>
    public static Tensor[] unstack(Operand value, int axis = 0)
    {
        var x = value.Read();
        var at = x.shape.Axis(axis, "unstack");
        return [.. split(x, Enumerable.Repeat(1, x.shape[at]).ToArray(), at).Select(p => squeeze(p, at))];
    }

    /// <summary>Equal parts along an axis.</summary>
    /// <exception cref="ShapeException">The length is no multiple of the number of parts.</exception>
    public static Tensor[] split(Operand value, int num_or_size_splits, int axis = 0)
    {
        var length = value.shape[value.shape.Axis(axis, "split")];
        if (num_or_size_splits < 1 || length % num_or_size_splits != 0)
            throw new ShapeException(
                $"split: expected a number of parts that divides the length {length} of axis {axis}. "
                    + $"Received: {num_or_size_splits} for shape {value.shape}.");
        return split(value, Enumerable.Repeat(length / num_or_size_splits, num_or_size_splits).ToArray(), axis);
    }

    /// <summary>Parts of given lengths along an axis; one length may be −1 and is then found.</summary>
    /// <exception cref="ShapeException">The lengths do not add up.</exception>
    public static Tensor[] split(Operand value, int[] num_or_size_splits, int axis = 0)
    {
        var x = value.Read();
        axis = x.shape.Axis(axis, "split");
        var rest = x.shape[axis] - num_or_size_splits.Where(n => n != -1).Sum();
        int[] sizes = [.. num_or_size_splits.Select(n => n == -1 ? rest : n)];
        if (sizes.Sum() != x.shape[axis] || sizes.Any(n => n < 0))
            throw new ShapeException(
                $"split: expected lengths that add up to {x.shape[axis]} along axis {axis}. "
                    + $"Received: [{string.Join(", ", num_or_size_splits)}] for shape {x.shape}.");
        var begin = new int[x.ndim];
        var parts = new Tensor[sizes.Length];
        for (var i = 0; i < sizes.Length; begin[axis] += sizes[i++])
        {
            var size = x.shape.ToArray();
            size[axis] = sizes[i];
            parts[i] = slice(x, begin, size);
        }
        return parts;
    }

    /// <summary>More elements around: padding[i] = {before, after} along axis i.</summary>
    /// <param name="tensor">Any shape.</param>
    /// <param name="paddings">(rank, 2).</param>
    /// <param name="mode">CONSTANT; REFLECT mirrors without repeating the edge; SYMMETRIC repeats it.</param>
    /// <param name="constant_values">What CONSTANT pads with, a scalar; default 0. A gradient reaches it, which TensorFlow does not
    /// have.</param>
    /// <exception cref="ShapeException">Not one pair per axis, or more to mirror than there is.</exception>
    public static Tensor pad(Operand tensor, int[,] paddings, string mode = "CONSTANT", Operand? constant_values = null)
    {
        var x = tensor.Read();
        if (paddings.GetLength(0) != x.ndim || paddings.GetLength(1) != 2 || paddings.Cast<int>().Any(p => p < 0))
            throw new ShapeException(
                $"pad: expected {x.ndim} pairs of at least 0 for shape {x.shape}. "
                    + $"Received: ({paddings.GetLength(0)}, {paddings.GetLength(1)}).");
        int[] before = [.. Enumerable.Range(0, x.ndim).Select(i => paddings[i, 0])],
            after = [.. Enumerable.Range(0, x.ndim).Select(i => paddings[i, 1])];
        switch (mode.ToUpperInvariant())
        {
            case "CONSTANT":
                var around = x.shape.Select((d, i) => before[i] + d + after[i]).ToArray();
                if (constant_values is null or Tensor { IsWeak: true })
                    return Embedded(x, before, Steps(x.ndim), around, (constant_values as Tensor)?.Number ?? 0);
                var inside = Embedded(ones(x.shape, DType.Float32), before, Steps(x.ndim), around, 0);
                return where(inside > 0.5, Embedded(x, before, Steps(x.ndim), around, 0), cast(constant_values, x.dtype));
            case "REFLECT" or "SYMMETRIC":
                var edge = mode.Equals("REFLECT", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
                for (var axis = 0; axis < x.ndim; axis++)
                {
                    var n = x.shape[axis];
                    if (before[axis] == 0 && after[axis] == 0) continue;
                    if (Math.Max(before[axis], after[axis]) > n - edge)
                        throw new ShapeException(
                            $"pad: {mode} can mirror at most {n - edge} elements of axis {axis}. "
                                + $"Received: {before[axis]} before and {after[axis]} after for shape {x.shape}.");
                    int[] from = [.. Enumerable.Range(0, before[axis]).Select(i => before[axis] - 1 - i + edge), .. Enumerable.Range(0, n),
                        .. Enumerable.Range(0, after[axis]).Select(i => n - 1 - i - edge)];
                    x = gather(x, constant(from), axis);
                }
                return x.value();
            default:
                throw new ArgumentException($"pad: expected mode CONSTANT, REFLECT or SYMMETRIC. Received: {mode}.");
        }
    }

    /// <summary>Elements in reverse order along axes.</summary>
    public static Tensor reverse(Operand tensor, Axes axis)
    {
        var x = tensor.Read();
        var axes = x.shape.Axes(axis, "reverse");
        var (begin, steps) = (new int[x.ndim], Steps(x.ndim));
        foreach (var a in axes) (begin[a], steps[a]) = (x.shape[a] - 1, -1);
        return Sliced(x, begin, steps, x.shape);
    }

    static int[] Steps(int rank) => [.. Enumerable.Repeat(1, rank)];
}
