using Workbook.Tensors;

namespace Workbook.Tests.Tensors.TensorFlow;

/// <summary>A tensor as the reference file has it: elements row-major, truth values as 1 and 0.</summary>
sealed record ReferenceTensor(string Dtype, int[] Shape, double[] Data)
{
    /// <summary>The same tensor in our engine.</summary>
    public Tensor ToTensor() => Tensor(Data, Shape, OurDType);

    /// <summary>The dtype by its TensorFlow name.</summary>
    public DType OurDType => Array.Find(Enum.GetValues<DType>(), d => d.Name() == Dtype) is var found && found.Name() == Dtype
        ? found
        : throw new NotSupportedException($"The engine has no {Dtype}.");

    /// <summary>A tensor of the given dtype from elements as the file has them.</summary>
    public static Tensor Tensor(double[] data, Shape shape, DType dtype) => dtype switch
    {
        DType.Float32 => From(data, shape, v => (float)v),
        DType.Float64 => From(data, shape, v => v),
        DType.Int32 => From(data, shape, v => (int)v),
        DType.Int64 => From(data, shape, v => (long)v),
        _ => From(data, shape, v => v != 0),
    };

    static Tensor From<T>(double[] data, Shape shape, Converter<double, T> convert) where T : unmanaged =>
        Workbook.Tensors.Tensor.FromSpan<T>(Array.ConvertAll(data, convert), shape);
}
