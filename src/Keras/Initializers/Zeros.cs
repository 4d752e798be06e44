namespace Workbook.Keras;

/// <summary>Zeros. Keras: keras.initializers.Zeros.</summary>
[Names("zeros", "Zeros")]
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    public override Tensor Apply(Shape shape, DType dtype) => tf.zeros(shape, dtype);
}
