namespace Workbook.Keras;

/// <summary>Ones. Keras: keras.initializers.Ones.</summary>
[Names("ones", "Ones")]
public sealed class Ones : Initializer
{
    /// <inheritdoc/>
    public override Tensor Apply(Shape shape, DType dtype) => tf.ones(shape, dtype);
}
