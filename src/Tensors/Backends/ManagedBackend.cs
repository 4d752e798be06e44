namespace Workbook.Tensors.Backends;

/// <summary>The default backend: spans over C# arrays, no native dependency, one thread.</summary>
public partial class ManagedBackend : Backend
{
    /// <summary>The length of the buffer that stands for an operand that does not step along a run.</summary>
    const int Chunk = 256;

    /// <inheritdoc/>
    public override string Name => "embedded engine";

    /// <summary>An array whose elements are not set: every kernel writes all of its result.</summary>
    internal static T[] New<T>(int size) => Pool.New<T>(size);

    /// <inheritdoc/>
    public override Tensor Fill(Shape shape, DType dtype, double value) => new(
        dtype switch
        {
            DType.Float32 => Filled(shape.Size, (float)value),
            DType.Float64 => Filled(shape.Size, value),
            DType.Int32 => Filled(shape.Size, (int)value),
            DType.Int64 => Filled(shape.Size, (long)value),
            _ => Filled(shape.Size, value != 0),
        }, shape, dtype);

    static Array Filled<T>(int size, T value)
    {
        var result = New<T>(size);
        Array.Fill(result, value);
        return result;
    }

    /// <inheritdoc/>
    public override Tensor Cast(Tensor x, DType dtype) => new(Casts.Convert(x.Data, x.size, dtype), x.shape, dtype);

    /// <inheritdoc/>
    public override Tensor Map(MapKernel kernel, Tensor x) => x.dtype switch
    {
        DType.Float32 => Map<float>(kernel, x),
        DType.Float64 => Map<double>(kernel, x),
        DType.Int32 => Map<int>(kernel, x),
        DType.Int64 => Map<long>(kernel, x),
        _ => Map<bool>(kernel, x),
    };

    static Tensor Map<T>(MapKernel kernel, Tensor x) where T : unmanaged
    {
        var f = kernel.For<T>();
        var y = New<T>(x.size);
        if (y.Length > 0) f(x.AsSpan<T>(), y);
        return new(y, x.shape, x.dtype);
    }

    /// <inheritdoc/>
    public override Tensor Rows(MapKernel kernel, Tensor x) => x.dtype switch
    {
        DType.Float32 => Rows<float>(kernel, x),
        DType.Float64 => Rows<double>(kernel, x),
        DType.Int32 => Rows<int>(kernel, x),
        DType.Int64 => Rows<long>(kernel, x),
        _ => Rows<bool>(kernel, x),
    };

    static Tensor Rows<T>(MapKernel kernel, Tensor x) where T : unmanaged
    {
        var f = kernel.For<T>();
        var y = New<T>(x.size);
        var n = x.shape[^1];
        for (var i = 0; i < x.size; i += n) f(x.AsSpan<T>().Slice(i, n), y.AsSpan(i, n));
        return new(y, x.shape, x.dtype);
    }

    /// <inheritdoc/>
    public override Tensor Positions(PositionsKernel kernel, Tensor x, int count) => x.dtype switch
    {
        DType.Float32 => Positions<float>(kernel, x, count),
        DType.Float64 => Positions<double>(kernel, x, count),
        DType.Int32 => Positions<int>(kernel, x, count),
        DType.Int64 => Positions<long>(kernel, x, count),
        _ => Positions<bool>(kernel, x, count),
    };

    static Tensor Positions<T>(PositionsKernel kernel, Tensor x, int count) where T : unmanaged
    {
        var f = kernel.For<T>();
        var n = x.shape[^1];
        var rows = 1;
        for (var i = 0; i < x.ndim - 1; i++) rows *= x.shape[i];
        var y = new long[rows * count];
        for (var r = 0; r < rows; r++) f(x.AsSpan<T>().Slice(r * n, n), y.AsSpan(r * count, count));
        return new(y, new Shape([.. x.shape.Dims[..^1], count]), DType.Int64);
    }

    /// <inheritdoc/>
    public override Tensor Zip(ZipKernel kernel, Tensor a, Tensor b, Shape shape) => a.dtype switch
    {
        DType.Float32 => Zip(kernel.For<float>(), a, b, shape),
        DType.Float64 => Zip(kernel.For<double>(), a, b, shape),
        DType.Int32 => Zip(kernel.For<int>(), a, b, shape),
        DType.Int64 => Zip(kernel.For<long>(), a, b, shape),
        _ => Zip(kernel.For<bool>(), a, b, shape),
    };

    static Tensor Zip<T>(Zip<T, T> f, Tensor a, Tensor b, Shape shape) where T : unmanaged
    {
        var y = New<T>(shape.Size);
        Together(a.AsSpan<T>(), b.AsSpan<T>(), y, a.shape, b.shape, shape, f);
        return new(y, shape, a.dtype);
    }

    /// <inheritdoc/>
    public override Tensor Compare(CompareKernel kernel, Tensor a, Tensor b, Shape shape) => a.dtype switch
    {
        DType.Float32 => Compare(kernel.For<float>(), a, b, shape),
        DType.Float64 => Compare(kernel.For<double>(), a, b, shape),
        DType.Int32 => Compare(kernel.For<int>(), a, b, shape),
        DType.Int64 => Compare(kernel.For<long>(), a, b, shape),
        _ => Compare(kernel.For<bool>(), a, b, shape),
    };

    static Tensor Compare<T>(Zip<T, bool> f, Tensor a, Tensor b, Shape shape) where T : unmanaged
    {
        var y = New<bool>(shape.Size);
        Together(a.AsSpan<T>(), b.AsSpan<T>(), y, a.shape, b.shape, shape, f);
        return new(y, shape, DType.Bool);
    }

    /// <summary>Whether a shape stretches only along leading axes, as a bias does: then no walk is needed.</summary>
    static bool IsSuffix(Shape operand, Shape shape)
    {
        var own = operand.Dims.TrimStart(1);
        return own.Length <= shape.Rank && own.SequenceEqual(shape.Dims[^own.Length..]);
    }

    /// <summary>Calls f on pieces of equal length: the whole where shapes are equal, else runs of the broadcast.</summary>
    static void Together<T, R>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<R> y, Shape aShape, Shape bShape, Shape shape, Zip<T, R> f)
        where T : unmanaged
    {
        if (a.Length == y.Length && b.Length == y.Length)
        {
            f(a, b, y);
            return;
        }
        if (a.Length == y.Length && b.Length > 1 && IsSuffix(bShape, shape))
        {
            for (var i = 0; i < y.Length; i += b.Length) f(a.Slice(i, b.Length), b, y.Slice(i, b.Length));
            return;
        }
        if (a.Length == y.Length && b.Length == 1 && a.Length <= Chunk)
        {
            Span<T> number = stackalloc T[a.Length];
            number.Fill(b[0]);
            f(a, number, y);
            return;
        }
        var walk = new Walk(shape.Dims, Walk.Stretched(aShape, shape), Walk.Stretched(bShape, shape));
        if (walk.IsEmpty) return;
        Span<T> constants = stackalloc T[Chunk];
        var at = 0;
        do
        {
            var run = y.Slice(at, walk.Run);
            at += walk.Run;
            if (walk.Step(0) != 0 && walk.Step(1) != 0) f(a.Slice(walk.Offset(0), walk.Run), b.Slice(walk.Offset(1), walk.Run), run);
            else
            {
                var first = walk.Step(0) == 0;
                constants[..Math.Min(Chunk, walk.Run)].Fill(first ? a[walk.Offset(0)] : b[walk.Offset(1)]);
                for (var i = 0; i < walk.Run; i += Chunk)
                {
                    var n = Math.Min(Chunk, walk.Run - i);
                    if (first) f(constants[..n], b.Slice(walk.Offset(1) + i, n), run.Slice(i, n));
                    else f(a.Slice(walk.Offset(0) + i, n), constants[..n], run.Slice(i, n));
                }
            }
        }
        while (walk.Next());
    }

    /// <inheritdoc/>
    public override Tensor Select(Tensor condition, Tensor a, Tensor b, Shape shape) => a.dtype switch
    {
        DType.Float32 => Select<float>(condition, a, b, shape),
        DType.Float64 => Select<double>(condition, a, b, shape),
        DType.Int32 => Select<int>(condition, a, b, shape),
        DType.Int64 => Select<long>(condition, a, b, shape),
        _ => Select<bool>(condition, a, b, shape),
    };

    static Tensor Select<T>(Tensor condition, Tensor a, Tensor b, Shape shape) where T : unmanaged
    {
        var y = New<T>(shape.Size);
        ReadOnlySpan<bool> c = condition.AsSpan<bool>();
        ReadOnlySpan<T> p = a.AsSpan<T>(), q = b.AsSpan<T>();
        var walk = new Walk(shape.Dims, Walk.Stretched(condition.shape, shape), Walk.Stretched(a.shape, shape),
            Walk.Stretched(b.shape, shape));
        if (walk.IsEmpty) return new(y, shape, a.dtype);
        var at = 0;
        int dc = walk.Step(0), dp = walk.Step(1), dq = walk.Step(2);
        do
        {
            int ic = walk.Offset(0), ip = walk.Offset(1), iq = walk.Offset(2);
            for (var i = 0; i < walk.Run; i++, ic += dc, ip += dp, iq += dq) y[at++] = c[ic] ? p[ip] : q[iq];
        }
        while (walk.Next());
        return new(y, shape, a.dtype);
    }

    /// <inheritdoc/>
    public override Tensor Reduce(ReduceKernel kernel, Tensor x, int[] axes) => x.dtype switch
    {
        DType.Float32 => Reduce<float>(kernel, x, axes),
        DType.Float64 => Reduce<double>(kernel, x, axes),
        DType.Int32 => Reduce<int>(kernel, x, axes),
        DType.Int64 => Reduce<long>(kernel, x, axes),
        _ => Reduce<bool>(kernel, x, axes),
    };

    Tensor Reduce<T>(ReduceKernel kernel, Tensor x, int[] axes) where T : unmanaged
    {
        var fold = kernel.For<T>();
        var kept = x.shape.ToArray();
        foreach (var axis in axes) kept[axis] = 1;
        var shape = new Shape(kept);
        var y = New<T>(shape.Size);
        if (axes.Length > 0 && axes[^1] - axes[0] != axes.Length - 1)
        {
            // Reduced axes that are not neighbours: bring them to the end.
            int[] order = [.. Enumerable.Range(0, x.ndim).Except(axes), .. axes];
            x = Permute(x, order, new Shape(order.Select(i => x.shape[i]).ToArray()));
            axes = [.. Enumerable.Range(x.ndim - axes.Length, axes.Length)];
        }
        int n = 1, inner = 1;
        foreach (var axis in axes) n *= x.shape[axis];
        for (var i = axes.Length == 0 ? x.ndim : axes[^1] + 1; i < x.ndim; i++) inner *= x.shape[i];
        var source = x.AsSpan<T>();
        if (inner == 1 || n == 0)
            for (var i = 0; i < y.Length; i++) y[i] = fold(n == 0 ? [] : source.Slice(i * n, n));
        else
        {
            var rows = kernel.Rows.For<T>();
            for (int o = 0, from = 0; o < y.Length; o += inner, from += n * inner)
            {
                var into = y.AsSpan(o, inner);
                source.Slice(from, inner).CopyTo(into);
                for (var r = 1; r < n; r++) rows(into, source.Slice(from + r * inner, inner), into);
            }
        }
        return new(y, shape, x.dtype);
    }

    /// <inheritdoc/>
    public override Tensor Matrices(MatrixKernel kernel, Tensor a, Tensor? b, Shape shape) =>
        a.dtype == DType.Float64 ? Matrices<double>(kernel, a, b, shape) : Matrices<float>(kernel, a, b, shape);

    static Tensor Matrices<T>(MatrixKernel kernel, Tensor a, Tensor? b, Shape shape) where T : unmanaged
    {
        var f = kernel.For<T>();
        var y = new T[shape.Size];
        int count = 1, na = a.shape[^2] * a.shape[^1], nb = b is null ? 0 : b.shape[^2] * b.shape[^1], ny = shape[^2] * shape[^1];
        for (var i = 0; i < shape.Rank - 2; i++) count *= shape[i];
        T[] x = (T[])a.Data, z = b is null ? [] : (T[])b.Data;
        for (var i = 0; i < count; i++)
            f(new(x.AsSpan(i * na, na), a.shape[^2], a.shape[^1]),
                b is null ? default : new(z.AsSpan(i * nb, nb), b.shape[^2], b.shape[^1]),
                new(y.AsSpan(i * ny, ny), shape[^2], shape[^1]));
        return new(y, shape, a.dtype);
    }
}
