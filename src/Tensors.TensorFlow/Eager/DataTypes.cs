namespace Workbook.Tensors.TensorFlow.Eager;

/// <summary>What TensorFlow's C API says of element types (tensorflow/c/tf_datatype.h).</summary>
static class DataTypes
{
    /// <summary>The number of TensorFlow's enumeration.</summary>
    public static int Code(this DType dtype) => dtype switch
    {
        DType.Float32 => 1,
        DType.Float64 => 2,
        DType.Int32 => 3,
        DType.Int64 => 9,
        _ => 10,
    };

    /// <summary>The size of an element.</summary>
    public static int Bytes(this DType dtype) => dtype switch
    {
        DType.Float32 or DType.Int32 => 4,
        DType.Float64 or DType.Int64 => 8,
        _ => 1,
    };
}
