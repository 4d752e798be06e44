namespace Workbook.Tensors;

/// <summary>The type of a tensor's elements. TensorFlow: tf.dtypes.DType.</summary>
public enum DType
{
    /// <summary>32-bit floating point: the default of every op that makes numbers.</summary>
    Float32,

    /// <summary>64-bit floating point, for ground truths and hypergradients.</summary>
    Float64,

    /// <summary>32-bit signed integer: labels, indices, shapes.</summary>
    Int32,

    /// <summary>64-bit signed integer.</summary>
    Int64,

    /// <summary>True or false: what comparisons give.</summary>
    Bool,
}
