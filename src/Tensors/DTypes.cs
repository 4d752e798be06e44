using System.Runtime.CompilerServices;

namespace Workbook.Tensors;

/// <summary>What one asks of a <see cref="DType"/>.</summary>
public static class DTypes
{
    /// <summary>Whether gradients can flow through tensors of this type: float32 and float64.</summary>
    public static bool IsFloating(this DType dtype) => dtype is DType.Float32 or DType.Float64;

    /// <summary>Whether this is int32 or int64.</summary>
    public static bool IsInteger(this DType dtype) => dtype is DType.Int32 or DType.Int64;

    /// <summary>TensorFlow's name: float32, float64, int32, int64, bool.</summary>
    public static string Name(this DType dtype) => dtype switch
    {
        DType.Float32 => "float32",
        DType.Float64 => "float64",
        DType.Int32 => "int32",
        DType.Int64 => "int64",
        _ => "bool",
    };

    /// <summary>The dtype of a C# element type: float, double, int, long or bool.</summary>
    /// <exception cref="DTypeException">Any other type.</exception>
    public static DType Of(Type type) =>
        type == typeof(float) ? DType.Float32
        : type == typeof(double) ? DType.Float64
        : type == typeof(int) ? DType.Int32
        : type == typeof(long) ? DType.Int64
        : type == typeof(bool) ? DType.Bool
        : throw new DTypeException(
            $"Expected elements of type float, double, int, long or bool. Received: {type.Name}. Convert them first.");

    /// <summary>A new array of this element type, all zeros.</summary>
    /// <param name="dtype">The element type.</param>
    /// <param name="size">The number of elements.</param>
    public static Array NewArray(this DType dtype, int size) => dtype switch
    {
        DType.Float32 => new float[size],
        DType.Float64 => new double[size],
        DType.Int32 => new int[size],
        DType.Int64 => new long[size],
        _ => new bool[size],
    };

    /// <summary>A new array of this element type and of as many dimensions as there are lengths, two or more; all zeros.</summary>
    internal static Array NewGrid(this DType dtype, int[] lengths) => dtype switch
    {
        DType.Float32 => Grid<float>(lengths),
        DType.Float64 => Grid<double>(lengths),
        DType.Int32 => Grid<int>(lengths),
        DType.Int64 => Grid<long>(lengths),
        _ => Grid<bool>(lengths),
    };

    // What is compiled ahead of time has only the array types that it names.
    static Array Grid<T>(int[] n) => n switch
    {
        [var a, var b] => new T[a, b],
        [var a, var b, var c] => new T[a, b, c],
        [var a, var b, var c, var d] => new T[a, b, c, d],
        [var a, var b, var c, var d, var e] => new T[a, b, c, d, e],
        _ => RuntimeFeature.IsDynamicCodeSupported
            ? Array.CreateInstance(typeof(T), n)
            : throw new NotSupportedException(
                $"Expected at most 5 dimensions in a program that was compiled ahead of time. Received: {n.Length}. "
                    + "Reshape the tensor first."),
    };
}
