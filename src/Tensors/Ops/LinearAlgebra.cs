namespace Workbook.Tensors;

/// <summary>Linear algebra over the last two axes. TensorFlow: tf.linalg.</summary>
public abstract partial class LinearAlgebraOps
{
    private protected LinearAlgebraOps()
    {
    }

    /// <inheritdoc cref="tf.matmul"/>
    public static Tensor matmul(Operand a, Operand b, bool transpose_a = false, bool transpose_b = false) => tf.matmul(a, b, transpose_a, transpose_b);
}
