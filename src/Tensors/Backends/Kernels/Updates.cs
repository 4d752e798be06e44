using System.Numerics;
using System.Runtime.CompilerServices;

namespace Workbook.Tensors.Backends.Kernels;

/// <summary>w changes in place by a gradient; m and v are the optimizer's memory, empty where it needs none.</summary>
public delegate void Update<T>(Span<T> w, ReadOnlySpan<T> g, Span<T> m, Span<T> v, ReadOnlySpan<double> numbers);

/// <summary>An optimizer's rule in one pass.</summary>
public sealed class UpdateKernel(string op, Update<float> f, Update<double> d) : Kernel(op, [f, d, null, null, null])
{
    /// <summary>The function for elements of a C# type.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <exception cref="DTypeException">The rule does not take this type.</exception>
    public Update<T> For<T>() => (Update<T>)For(DTypes.Of(typeof(T)));
}

/// <summary>
/// The rules of the optimizers that are used most, each in one pass over the elements: a third of the time of a dozen passes.
/// </summary>
public static class Updates
{
    const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;

    /// <summary>Gradient descent: w ← w − rate·g. Numbers: rate.</summary>
    public static UpdateKernel Descent { get; } = new("descent", Descend, Descend);

    /// <summary>
    /// Keras' Adam: m ← m + (g − m)(1 − β₁); v ← v + (g² − v)(1 − β₂); w ← w − rate·m / (√v + ε). Numbers: rate (bias-corrected), β₁, β₂,
    /// ε.
    /// </summary>
    public static UpdateKernel Adam { get; } = new("adam", Adapt, Adapt);

    [MethodImpl(Hot)]
    static void Descend<T>(Span<T> w, ReadOnlySpan<T> g, Span<T> m, Span<T> v, ReadOnlySpan<double> numbers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rate = T.CreateTruncating(numbers[0]);
        var (i, n, rates) = (0, Vector<T>.Count, new Vector<T>(rate));
        for (; i <= w.Length - n; i += n) (new Vector<T>(w[i..]) - rates * new Vector<T>(g[i..])).CopyTo(w[i..]);
        for (; i < w.Length; i++) w[i] -= rate * g[i];
    }

    [MethodImpl(Hot)]
    static void Adapt<T>(Span<T> w, ReadOnlySpan<T> g, Span<T> m, Span<T> v, ReadOnlySpan<double> numbers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T rate = T.CreateTruncating(numbers[0]), a = T.CreateTruncating(1 - numbers[1]), b = T.CreateTruncating(1 - numbers[2]),
            epsilon = T.CreateTruncating(numbers[3]);
        var (i, n) = (0, Vector<T>.Count);
        Vector<T> rates = new(rate), va = new(a), vb = new(b), epsilons = new(epsilon), tiny = new(Subnormals.Limit<T>());
        for (; i <= w.Length - n; i += n)
        {
            Vector<T> gi = new(g[i..]), mi = new(m[i..]), vi = new(v[i..]);
            mi = Subnormals.Flush(mi + (gi - mi) * va, tiny);
            vi = Subnormals.Flush(vi + (gi * gi - vi) * vb, tiny);
            mi.CopyTo(m[i..]);
            vi.CopyTo(v[i..]);
            (new Vector<T>(w[i..]) - rates * mi / (Vector.SquareRoot(vi) + epsilons)).CopyTo(w[i..]);
        }
        for (; i < w.Length; i++)
        {
            m[i] = Subnormals.Flush(m[i] + (g[i] - m[i]) * a);
            v[i] = Subnormals.Flush(v[i] + (g[i] * g[i] - v[i]) * b);
            w[i] -= rate * m[i] / (T.Sqrt(v[i]) + epsilon);
        }
    }
}
