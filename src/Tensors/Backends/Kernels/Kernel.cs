using System.Diagnostics.CodeAnalysis;

namespace Workbook.Tensors.Backends;

/// <summary>y[i] = f(x[i]).</summary>
public delegate void Map<T>(ReadOnlySpan<T> x, Span<T> y);

/// <summary>y[i] = f(a[i], b[i]); for a relation R is bool.</summary>
public delegate void Zip<T, R>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<R> y);

/// <summary>One number out of a row.</summary>
public delegate T Fold<T>(ReadOnlySpan<T> row);

/// <summary>Positions out of a row: as many as y is long.</summary>
public delegate void Positions<T>(ReadOnlySpan<T> row, Span<long> y);

/// <summary>A matrix out of one or two matrices; b is empty where there is one.</summary>
public delegate void MatrixFunction<T>(Matrix<T> a, Matrix<T> b, Matrix<T> y) where T : unmanaged;

/// <summary>What an op hands to a backend: its name, and its span function for each element type that it has.</summary>
/// <remarks>The name tells everything: a foreign backend may execute the op by it and ignore the span functions.</remarks>
public abstract class Kernel(string op, Delegate?[] functions)
{
    /// <summary>The op's name, as TensorFlow has it where it has it.</summary>
    public string Op { get; } = op;

    /// <summary>The function for elements of a dtype.</summary>
    /// <exception cref="DTypeException">The op does not take this dtype.</exception>
    public Delegate For(DType dtype) => functions[(int)dtype] ?? Fail(dtype);

    /// <summary>A span function from a scalar one: for ops that are rare or costly in themselves.</summary>
    public static Map<T> Map<T>(Func<T, T> f) => (x, y) =>
    {
        for (var i = 0; i < x.Length; i++) y[i] = f(x[i]);
    };

    /// <inheritdoc cref="Map{T}(Func{T, T})"/>
    public static Zip<T, T> Zip<T>(Func<T, T, T> f) => (a, b, y) =>
    {
        for (var i = 0; i < a.Length; i++) y[i] = f(a[i], b[i]);
    };

    /// <inheritdoc cref="Map{T}(Func{T, T})"/>
    public static Zip<T, bool> Compare<T>(Func<T, T, bool> f) => (a, b, y) =>
    {
        for (var i = 0; i < a.Length; i++) y[i] = f(a[i], b[i]);
    };

    /// <summary>The float32 and float64 functions of an op from its float64 one; float32 is computed in float64 and rounded
    /// once.</summary>
    public static MapKernel Precise(string op, Func<double, double> f) => new(op, Map<float>(x => (float)f(x)), Map(f));

    /// <inheritdoc cref="Precise(string, Func{double, double})"/>
    public static ZipKernel Precise(string op, Func<double, double, double> f) => new(op, Zip<float>((a, b) => (float)f(a, b)), Zip(f));

    [DoesNotReturn]
    Delegate Fail(DType dtype)
    {
        var known = Enum.GetValues<DType>().Where(d => functions[(int)d] is not null).Select(d => d.Name());
        throw new DTypeException($"{Op}: expected {string.Join(", ", known)}. Received: {dtype.Name()}. Cast it: tf.cast(x, tf.float32).");
    }
}

/// <summary>Elementwise, one input; also row by row along the last axis.</summary>
public class MapKernel(string op, Map<float>? f = null, Map<double>? d = null, Map<int>? i = null, Map<long>? l = null, Map<bool>? b = null)
    : Kernel(op, [f, d, i, l, b])
{
    /// <summary>The function for elements of a C# type.</summary>
    /// <typeparam name="T">The C# type of the elements.</typeparam>
    /// <exception cref="DTypeException">The op does not take this type.</exception>
    public Map<T> For<T>() => (Map<T>)For(DTypes.Of(typeof(T)));
}

/// <summary>Elementwise, two inputs.</summary>
public sealed class ZipKernel(string op, Zip<float, float>? f = null, Zip<double, double>? d = null, Zip<int, int>? i = null,
    Zip<long, long>? l = null, Zip<bool, bool>? b = null)
    : Kernel(op, [f, d, i, l, b])
{
    /// <summary>The function for elements of a C# type.</summary>
    /// <typeparam name="T">The C# type of the elements.</typeparam>
    /// <exception cref="DTypeException">The op does not take this type.</exception>
    public Zip<T, T> For<T>() => (Zip<T, T>)For(DTypes.Of(typeof(T)));
}

/// <summary>Elementwise, two inputs, true or false out.</summary>
public sealed class CompareKernel(string op, Zip<float, bool>? f = null, Zip<double, bool>? d = null, Zip<int, bool>? i = null,
    Zip<long, bool>? l = null, Zip<bool, bool>? b = null)
    : Kernel(op, [f, d, i, l, b])
{
    /// <summary>The function for elements of a C# type.</summary>
    /// <typeparam name="T">The C# type of the elements.</typeparam>
    /// <exception cref="DTypeException">The op does not take this type.</exception>
    public Zip<T, bool> For<T>() => (Zip<T, bool>)For(DTypes.Of(typeof(T)));
}

/// <summary>A reduction: folds a row, or gathers rows elementwise with the two-input kernel, which must be associative.</summary>
public sealed class ReduceKernel(string op, ZipKernel rows, Fold<float>? f = null, Fold<double>? d = null, Fold<int>? i = null,
    Fold<long>? l = null, Fold<bool>? b = null)
    : Kernel(op, [f, d, i, l, b])
{
    /// <summary>How two partial results make one.</summary>
    public ZipKernel Rows { get; } = rows;

    /// <summary>The function for elements of a C# type.</summary>
    /// <typeparam name="T">The C# type of the elements.</typeparam>
    /// <exception cref="DTypeException">The op does not take this type.</exception>
    public Fold<T> For<T>() => (Fold<T>)For(DTypes.Of(typeof(T)));
}

/// <summary>Positions along the last axis.</summary>
public sealed class PositionsKernel(string op, Positions<float>? f = null, Positions<double>? d = null, Positions<int>? i = null,
    Positions<long>? l = null, Positions<bool>? b = null)
    : Kernel(op, [f, d, i, l, b])
{
    /// <summary>The function for elements of a C# type.</summary>
    /// <typeparam name="T">The C# type of the elements.</typeparam>
    /// <exception cref="DTypeException">The op does not take this type.</exception>
    public Positions<T> For<T>() => (Positions<T>)For(DTypes.Of(typeof(T)));
}

/// <summary>Linear algebra over the last two axes.</summary>
public class MatrixKernel(string op, MatrixFunction<float> f, MatrixFunction<double> d)
    : Kernel(op, [f, d, null, null, null])
{
    /// <summary>The function for elements of a C# type.</summary>
    /// <typeparam name="T">The C# type of the elements.</typeparam>
    /// <exception cref="DTypeException">The op does not take this type.</exception>
    public MatrixFunction<T> For<T>() where T : unmanaged => (MatrixFunction<T>)For(DTypes.Of(typeof(T)));
}
