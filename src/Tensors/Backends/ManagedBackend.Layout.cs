namespace Workbook.Tensors.Backends;

partial class ManagedBackend
{
    /// <inheritdoc/>
    public override Tensor Permute(Tensor x, int[] permutation, Shape shape)
    {
        var own = x.shape.Strides();
        return Copy(x, 0, Array.ConvertAll(permutation, i => own[i]), shape);
    }

    /// <inheritdoc/>
    public override Tensor Broadcast(Tensor x, Shape shape) => Copy(x, 0, Walk.Stretched(x.shape, shape), shape);

    /// <inheritdoc/>
    public override Tensor Slice(Tensor x, int[] begin, int[] steps, Shape shape)
    {
        var (offset, strides) = Strided(x.shape, begin, steps);
        return Copy(x, offset, strides, shape);
    }

    /// <inheritdoc/>
    public override Tensor Embed(Tensor x, int[] begin, int[] steps, Shape shape, double padding)
    {
        var y = Fill(shape, x.dtype, padding);
        var (offset, strides) = Strided(shape, begin, steps);
        Copy(x.Data, 0, x.shape.Strides(), y.Data, offset, strides, x.shape);
        return y;
    }

    /// <inheritdoc/>
    public override bool AddPart(Tensor whole, Tensor x, int[] begin, int[] steps)
    {
        var (offset, strides) = Strided(whole.shape, begin, steps);
        var walk = new Walk(x.shape.Dims, x.shape.Strides(), strides);
        if (walk.IsEmpty) return true;
        if (whole.Data is float[] f) AddPart((float[])x.Data, f, offset, walk);
        else AddPart((double[])x.Data, (double[])whole.Data, offset, walk);
        return true;
    }

    static unsafe void AddPart<T>(T[] from, T[] to, int offset, Walk walk) where T : unmanaged, System.Numerics.INumber<T>
    {
        int df = walk.Step(0), dt = walk.Step(1);
        fixed (T* x = from, y = to)
            do
            {
                int f = walk.Offset(0), t = offset + walk.Offset(1);
                if (df == 1 && dt == 1) Kernels.Lines.Add(x + f, y + t, walk.Run);
                else
                    for (var i = 0; i < walk.Run; i++, f += df, t += dt) y[t] += x[f];
            }
            while (walk.Next());
    }

    /// <inheritdoc/>
    public override Tensor Concat(Tensor[] xs, int axis, Shape shape)
    {
        var data = NewArray(xs[0].dtype, shape.Size);
        var strides = shape.Strides();
        var at = 0;
        foreach (var x in xs)
        {
            Copy(x.Data, 0, x.shape.Strides(), data, at * strides[axis], strides, x.shape);
            at += x.shape[axis];
        }
        return new(data, shape, xs[0].dtype);
    }

    /// <summary>An array whose elements are not set.</summary>
    static Array NewArray(DType dtype, int size) => dtype switch
    {
        DType.Float32 => New<float>(size),
        DType.Float64 => New<double>(size),
        _ => dtype.NewArray(size),
    };

    static (int Offset, int[] Strides) Strided(Shape shape, int[] begin, int[] steps)
    {
        var strides = shape.Strides();
        var offset = 0;
        for (var i = 0; i < begin.Length; i++)
        {
            offset += begin[i] * strides[i];
            strides[i] *= steps[i];
        }
        return (offset, strides);
    }

    static Tensor Copy(Tensor x, int offset, int[] strides, Shape shape)
    {
        var data = NewArray(x.dtype, shape.Size);
        Copy(x.Data, offset, strides, data, 0, shape.Strides(), shape);
        return new(data, shape, x.dtype);
    }

    static void Copy(Array from, int fromOffset, int[] fromStrides, Array to, int toOffset, int[] toStrides, Shape shape)
    {
        switch (from)
        {
            case float[] f: Copy(f, fromOffset, fromStrides, (float[])to, toOffset, toStrides, shape); break;
            case double[] d: Copy(d, fromOffset, fromStrides, (double[])to, toOffset, toStrides, shape); break;
            case int[] i: Copy(i, fromOffset, fromStrides, (int[])to, toOffset, toStrides, shape); break;
            case long[] l: Copy(l, fromOffset, fromStrides, (long[])to, toOffset, toStrides, shape); break;
            default: Copy((bool[])from, fromOffset, fromStrides, (bool[])to, toOffset, toStrides, shape); break;
        }
    }

    static void Copy<T>(T[] from, int fromOffset, int[] fromStrides, T[] to, int toOffset, int[] toStrides, Shape shape)
    {
        var walk = new Walk(shape.Dims, fromStrides, toStrides);
        if (walk.IsEmpty) return;
        int df = walk.Step(0), dt = walk.Step(1);
        do
        {
            int f = fromOffset + walk.Offset(0), t = toOffset + walk.Offset(1);
            if (dt == 1 && df == 1) from.AsSpan(f, walk.Run).CopyTo(to.AsSpan(t));
            else if (dt == 1 && df == 0) to.AsSpan(t, walk.Run).Fill(from[f]);
            else
                for (var i = 0; i < walk.Run; i++, f += df, t += dt) to[t] = from[f];
        }
        while (walk.Next());
    }

    /// <inheritdoc/>
    public override Tensor Gather(Tensor x, Tensor indices)
    {
        var (outer, n, inner) = (x.shape[0], x.shape[1], x.shape[2]);
        var ids = Ids(indices);
        var k = indices.shape[1];
        if (inner == 1 && outer == 1)
        {
            if (x.dtype == DType.Float32) return new(Picked<float>(x, ids), (1, k, 1), x.dtype);
            if (x.dtype == DType.Float64) return new(Picked<double>(x, ids), (1, k, 1), x.dtype);
        }
        var y = x.dtype.NewArray(outer * k * inner);
        for (var o = 0; o < outer; o++)
            for (var j = 0; j < k; j++)
                Array.Copy(x.Data, (o * n + ids[(indices.shape[0] == 1 ? 0 : o * k) + j]) * inner, y, (o * k + j) * inner, inner);
        return new(y, (outer, k, inner), x.dtype);
    }

    static T[] Picked<T>(Tensor x, int[] ids) where T : unmanaged
    {
        var y = New<T>(ids.Length);
        var source = x.AsSpan<T>();
        for (var j = 0; j < y.Length; j++) y[j] = source[ids[j]];
        return y;
    }

    static int[] Ids(Tensor indices) => indices.Data is int[] ids && ids.Length == indices.size ? ids : indices.ToArray<int>();

    /// <inheritdoc/>
    public override Tensor ScatterAdd(Tensor x, Tensor indices, int n) => x.dtype switch
    {
        DType.Float32 => ScatterAdd<float>(x, indices, n),
        DType.Float64 => ScatterAdd<double>(x, indices, n),
        DType.Int32 => ScatterAdd<int>(x, indices, n),
        DType.Int64 => ScatterAdd<long>(x, indices, n),
        _ => throw new DTypeException("Sums of truth values are not defined. Cast them: tf.cast(x, tf.int32)."),
    };

    static Tensor ScatterAdd<T>(Tensor x, Tensor indices, int n) where T : unmanaged, System.Numerics.INumber<T>
    {
        var (outer, k, inner) = (x.shape[0], x.shape[1], x.shape[2]);
        var ids = Ids(indices);
        var y = Zeros<T>(outer * n * inner);
        var source = x.AsSpan<T>();
        if (inner == 1 && outer == 1)
        {
            for (var j = 0; j < k; j++)
                if (ids[j] >= 0) y[ids[j]] += source[j];
            return new(y, (1, n, 1), x.dtype);
        }
        for (var o = 0; o < outer; o++)
            for (var j = 0; j < k; j++)
            {
                var id = ids[(indices.shape[0] == 1 ? 0 : o * k) + j];
                if (id < 0) continue;
                var row = y.AsSpan((o * n + id) * inner, inner);
                System.Numerics.Tensors.TensorPrimitives.Add(row, source.Slice((o * k + j) * inner, inner), row);
            }
        return new(y, (outer, n, inner), x.dtype);
    }
}
