namespace Workbook.Keras;

public static partial class SymbolicShaping
{
    extension(tf)
    {
        /// <inheritdoc cref="tf.reshape"/>
        /// <exception cref="ShapeException">The first length is not −1: the batch of a model is not known beforehand.</exception>
        public static KerasTensor reshape(KerasOperand tensor, Shape shape) =>
            shape.Rank > 0 && shape[0] == -1 ? Step.Of("reshape", xs => tf.reshape(xs[0]!, shape), [tensor], ("shape", shape))
            : throw new ShapeException(
                $"reshape: expected -1 as the first length, since the batch of a model is not known beforehand. Received: {shape}. "
                + "State the other lengths and -1.");
    }
}
