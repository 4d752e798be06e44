using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Workbook.Tensors.Backends.Kernels;

/// <summary>Maxima and means over windows of (batch, height, width, channels); what lies outside of the batch does not count.</summary>
static class Pooling
{
    /// <summary>The largest element of each window, and where it stands in the whole batch; of equal ones the first, and NaN
    /// wins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Max<T>(T[] x, Shape shape, Window window, T[] y, int[] places) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var channels = shape[3];
        Each(shape, window, (at, from, first) =>
        {
            var best = y.AsSpan(at, channels);
            var place = places.AsSpan(at, channels);
            if (first)
            {
                x.AsSpan(from, channels).CopyTo(best);
                for (var c = 0; c < channels; c++) place[c] = from + c;
                return;
            }
            ReadOnlySpan<T> seen = x.AsSpan(from, channels);
            var start = 0;
            if (typeof(T) == typeof(float))
                start = Larger(MemoryMarshal.Cast<T, float>(seen), MemoryMarshal.Cast<T, float>(best), place, from);
            for (var c = start; c < seen.Length; c++)
                if (seen[c] > best[c] || (T.IsNaN(seen[c]) && !T.IsNaN(best[c]))) (best[c], place[c]) = (seen[c], from + c);
        });
    }

    /// <summary>The same for whole vectors: which of two is larger changes all the time, and a branch on it would cost ten times
    /// this.</summary>
    static int Larger(ReadOnlySpan<float> seen, Span<float> best, Span<int> place, int from)
    {
        var c = 0;
        var lanes = Vector<int>.Indices;
        for (; c + Vector<float>.Count <= seen.Length; c += Vector<float>.Count)
        {
            var (a, b) = (new Vector<float>(seen[c..]), new Vector<float>(best[c..]));
            var takes = Vector.GreaterThan(a, b) | (~Vector.Equals(a, a) & Vector.Equals(b, b));
            Vector.ConditionalSelect(takes, a, b).CopyTo(best[c..]);
            Vector.ConditionalSelect(takes, lanes + new Vector<int>(from + c), new Vector<int>(place[c..])).CopyTo(place[c..]);
        }
        return c;
    }

    /// <summary>The mean of what each window sees.</summary>
    public static unsafe void Mean<T>(T[] x, Shape shape, Window window, T[] y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var channels = shape[3];
        Array.Clear(y);
        Each(shape, window, (at, from, _) =>
        {
            fixed (T* px = x, py = y) Lines.Add(px + from, py + at, channels);
        });
        Divide(y, shape, window);
    }

    /// <summary>The reverse: the share of each element in the means, added to x. y is used up.</summary>
    public static unsafe void Share<T>(T[] y, Shape shape, Window window, T[] x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var channels = shape[3];
        Divide(y, shape, window);
        Each(shape, window, (at, from, _) =>
        {
            fixed (T* px = x, py = y) Lines.Add(py + at, px + from, channels);
        });
    }

    static void Divide<T>(T[] y, Shape shape, Window window) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int windowsY = window.Y.Windows(shape[1]), windowsX = window.X.Windows(shape[2]), channels = shape[3], at = 0;
        for (var image = 0; image < shape[0]; image++)
            for (var oy = 0; oy < windowsY; oy++)
                for (var ox = 0; ox < windowsX; ox++, at += channels)
                {
                    var ((firstY, endY), (firstX, endX)) = (window.Y.Inside(oy, shape[1]), window.X.Inside(ox, shape[2]));
                    var line = y.AsSpan(at, channels);
                    System.Numerics.Tensors.TensorPrimitives.Divide(line, T.CreateChecked((endY - firstY) * (endX - firstX)), line);
                }
    }

    delegate void Seen(int at, int from, bool first);

    /// <summary>Calls with each line of channels that a window sees: where the window's own stands, and where the line does.</summary>
    static void Each(Shape shape, Window window, Seen seen)
    {
        int height = shape[1], width = shape[2], channels = shape[3], at = 0;
        int windowsY = window.Y.Windows(height), windowsX = window.X.Windows(width);
        for (var image = 0; image < shape[0]; image++)
            for (var oy = 0; oy < windowsY; oy++)
            {
                var (firstY, endY) = window.Y.Inside(oy, height);
                for (var ox = 0; ox < windowsX; ox++, at += channels)
                {
                    var (firstX, endX) = window.X.Inside(ox, width);
                    for (var i = firstY; i < endY; i++)
                        for (var j = firstX; j < endX; j++)
                            seen(at, ((image * height + oy * window.Y.Stride - window.Y.Before + i * window.Y.Dilation) * width
                                + ox * window.X.Stride - window.X.Before + j * window.X.Dilation) * channels, i == firstY && j == firstX);
                }
            }
    }
}
