namespace Workbook.Tensors;

/// <summary>What a gradient is for a source that the target does not depend on. TensorFlow: tf.UnconnectedGradients.</summary>
public enum UnconnectedGradients
{
    /// <summary>Null: nothing is hidden.</summary>
    NONE,

    /// <summary>Zeros of the source's shape.</summary>
    ZERO,
}
