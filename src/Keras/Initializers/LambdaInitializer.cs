namespace Workbook.Keras;

/// <summary>An initializer made of a function.</summary>
/// <param name="function">From the weight's shape to its first value.</param>
public sealed class LambdaInitializer(Func<Shape, Tensor> function) : Initializer
{
    /// <inheritdoc/>
    public override Tensor Apply(Shape shape, DType dtype) => tf.cast(function(shape), dtype);
}

public static partial class keras
{
    /// <summary>First values of weights. Keras: keras.initializers.</summary>
    public static partial class initializers
    {
        /// <inheritdoc cref="LambdaInitializer"/>
        /// <param name="function">From the weight's shape to its first value.</param>
        public static Initializer Lambda(Func<Shape, Tensor> function) => new LambdaInitializer(function);
    }
}
