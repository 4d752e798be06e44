using System.Runtime.CompilerServices;

namespace Workbook.Tensors.Backends.Kernels;

/// <summary>Convolutions of (batch, height, width, channels) by kernels (height, width, channels / groups, filters), as matrix
/// products.</summary>
/// <remarks>
/// The three forms are those of one trilinear sum: the result, its gradient by the batch, and its gradient by the kernel. A kernel with
/// one
/// channel a group (a depthwise one) has no product to speak of and is a sum of products of lines.
/// </remarks>
static unsafe class Convolution
{
    [ThreadStatic] static byte[]? block, turned;

    /// <summary>y = x ∗ kernel, then + bias and relu where asked for.</summary>
    public static void Forward<T>(T[] x, Shape xs, T[] kernel, Shape ks, T[]? bias, bool relu, T[] y, Window window) where T : unmanaged
    {
        int filters = ks[3], groups = xs[3] / ks[2];
        if (ks[2] == 1 && groups > 1)
        {
            Array.Clear(y);
            fixed (T* px = x, pk = kernel, py = y)
                Depthwise.Run(px, pk, py, xs, filters, window, Depthwise.Form.Result);
            if (bias is not null || relu)
                fixed (T* py = y, pb = bias ?? new T[filters])
                    for (var i = 0; i < y.Length; i += filters) Lines.AddRelu(pb, py + i, filters, relu);
            return;
        }
        fixed (T* px = x, pk = kernel, pb = bias, py = y)
            for (var g = 0; g < groups; g++)
            {
                var patches = new Patches<T>(px + g * ks[2], xs, ks[2], window);
                int each = filters / groups, at = g * each;
                fixed (byte* room = Room(ref block, patches.IsBatch ? 0 : (long)patches.Block * patches.Length * sizeof(T)))
                    for (var i = 0; i < patches.Count; i += patches.Block)
                    {
                        var rows = Math.Min(patches.Block, patches.Count - i);
                        var (row, step) = patches.Strides(rows);
                        var a = (T*)room;
                        if (patches.IsBatch) a = px + (nint)i * xs[3];
                        else patches.Gather(i, rows, a);
                        var c = py + (nint)i * filters + at;
                        MatrixProduct.Multiply(a, row, step, pk + at, filters, c, rows, each, patches.Length);
                        if (pb is null) continue;
                        for (var r = 0; r < rows; r++) Lines.AddRelu(pb + at, c + (nint)r * filters, each, relu);
                    }
            }
    }

    /// <summary>The gradient by the batch, added to x, from the gradient g for the result.</summary>
    public static void ByInput<T>(T[] g, T[] kernel, Shape ks, T[] x, Shape xs, Window window) where T : unmanaged
    {
        int filters = ks[3], groups = xs[3] / ks[2];
        fixed (T* pg = g, pk = kernel, px = x)
        {
            if (ks[2] == 1 && groups > 1)
            {
                Depthwise.Run(px, pk, pg, xs, filters, window, Depthwise.Form.ByInput);
                return;
            }
            for (var group = 0; group < groups; group++)
            {
                var patches = new Patches<T>(px + group * ks[2], xs, ks[2], window);
                int each = filters / groups, at = group * each;
                fixed (byte* across = Room(ref turned, (long)patches.Length * filters * sizeof(T)),
                    room = Room(ref block, patches.IsBatch ? 0 : (long)patches.Block * patches.Length * sizeof(T)))
                {
                    MatrixProduct.Transpose(pk, (T*)across, patches.Length, filters);
                    for (var i = 0; i < patches.Count; i += patches.Block)
                    {
                        var rows = Math.Min(patches.Block, patches.Count - i);
                        var c = patches.IsBatch ? px + (nint)i * xs[3] : (T*)room;
                        MatrixProduct.Multiply(pg + (nint)i * filters + at, filters, 1, (T*)across + (nint)at * patches.Length,
                            patches.Length, c,
                            rows, patches.Length, each);
                        if (!patches.IsBatch) patches.Scatter(i, rows, c);
                    }
                }
            }
        }
    }

    /// <summary>The gradient by the kernel, added to it, from the gradient g for the result.</summary>
    public static void ByKernel<T>(T[] x, Shape xs, T[] g, T[] kernel, Shape ks, Window window) where T : unmanaged
    {
        int filters = ks[3], groups = xs[3] / ks[2];
        fixed (T* px = x, pk = kernel, pg = g)
        {
            if (ks[2] == 1 && groups > 1)
            {
                Depthwise.Run(px, pk, pg, xs, filters, window, Depthwise.Form.ByKernel);
                return;
            }
            for (var group = 0; group < groups; group++)
            {
                var patches = new Patches<T>(px + group * ks[2], xs, ks[2], window);
                int each = filters / groups, at = group * each;
                fixed (byte* room = Room(ref block, patches.IsBatch ? 0 : (long)patches.Block * patches.Length * sizeof(T)))
                    for (var i = 0; i < patches.Count; i += patches.Block)
                    {
                        var rows = Math.Min(patches.Block, patches.Count - i);
                        var (row, step) = patches.Strides(rows);
                        var a = (T*)room;
                        if (patches.IsBatch) a = px + (nint)i * xs[3];
                        else patches.Gather(i, rows, a);
                        MatrixProduct.Multiply(a, step, row, pg + (nint)i * filters + at, filters, pk + at, patches.Length, each, rows,
                            add: true);
                    }
            }
        }
    }

    static byte[] Room(ref byte[]? room, long bytes) =>
        room?.Length >= bytes && room.Length > 0 ? room : room = GC.AllocateUninitializedArray<byte>((int)Math.Max(64, bytes));
}
