using System.Numerics;
using System.Runtime.CompilerServices;

namespace Workbook.Tensors.Backends.Kernels;

/// <summary>Softmax and its relatives, row by row, shifted by the largest element so that nothing overflows.</summary>
/// <remarks>A row shorter than a vector, as with ten classes, is padded with −∞: one exponential for the row.</remarks>
static class SoftmaxRows
{
    const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;

    /// <summary>y = e^(x − max x); returns max x and the sum of y.</summary>
    [MethodImpl(Hot)]
    static (T Max, T Sum) Exponentials<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (i, n) = (0, Vector<T>.Count);
        var max = x[0];
        foreach (var value in x) max = T.Max(max, value);
        var (shift, sum) = (new Vector<T>(max), Vector<T>.Zero);
        for (; i <= x.Length - n; i += n)
        {
            var e = Exp(new Vector<T>(x[i..]) - shift);
            e.CopyTo(y[i..]);
            sum += e;
        }
        if (i < x.Length)
        {
            Span<T> rest = stackalloc T[n];
            rest.Fill(T.NegativeInfinity);
            x[i..].CopyTo(rest);
            var e = Exp(new Vector<T>(rest) - shift);
            e.CopyTo(rest);
            rest[..(x.Length - i)].CopyTo(y[i..]);
            // A row of −∞ alone is NaN in all its places; the padding must not hide or add any.
            sum += T.IsFinite(max) ? e : new Vector<T>(T.NaN);
        }
        return (max, Vector.Sum(sum));
    }

    /// <remarks>Vector.Exp(0f) is 1 + 2⁻²³, but the largest element must count 1 exactly: else a certain prediction has a loss.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector<T> Exp<T>(Vector<T> x)
    {
        var e = typeof(T) == typeof(float) ? Vector.Exp(x.As<T, float>()).As<float, T>() : Vector.Exp(x.As<T, double>()).As<double, T>();
        return Vector.ConditionalSelect(Vector.Equals(x, Vector<T>.Zero), Vector<T>.One, e);
    }

    /// <summary>y = eˣ / Σ eˣ.</summary>
    [MethodImpl(Hot)]
    public static void Softmax<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (_, sum) = Exponentials(x, y);
        for (var i = 0; i < y.Length; i++) y[i] /= sum;
    }

    /// <summary>y = x − log Σ eˣ.</summary>
    [MethodImpl(Hot)]
    public static void LogSoftmax<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (max, sum) = Exponentials(x, y);
        var log = T.Log(sum);
        for (var i = 0; i < y.Length; i++) y[i] = x[i] - max - log;
    }

    /// <summary>
    /// −Σ p·log softmax(x), and its gradient by x, softmax(x)·Σ p − p, into y; a class of probability 0 and logit −∞ gives NaN, as in
    /// TensorFlow.
    /// </summary>
    [MethodImpl(Hot)]
    public static T CrossEntropy<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (max, sum) = Exponentials(x, y);
        var (log, loss, scale) = (T.Log(sum), T.Zero, T.Zero);
        foreach (var label in p) scale += label;
        scale /= sum;
        for (var i = 0; i < y.Length; i++)
        {
            loss -= p[i] * (x[i] - max - log);
            y[i] = y[i] * scale - p[i];
        }
        return loss;
    }
}
