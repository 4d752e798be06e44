namespace Workbook.Keras;

/// <summary>An initializer made of a function.</summary>
/// <param name="function">From the weight's shape to its first value.</param>
[Factory("Lambda")]
public sealed class LambdaInitializer(Func<Shape, Tensor> function) : Initializer
{
    /// <inheritdoc/>
    public override Tensor Apply(Shape shape, DType dtype) => tf.cast(function(shape), dtype);
}
