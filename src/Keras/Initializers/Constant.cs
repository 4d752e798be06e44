using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>Every element is the same number. Keras: keras.initializers.Constant.</summary>
/// <param name="value">The number, default 0. A variable gives its value at the time when the weight is made.</param>
[Names("constant", "Constant")]
public sealed class Constant(Operand? value = null) : Initializer
{
    /// <inheritdoc/>
    public override Tensor Apply(Shape shape, DType dtype)
    {
        if (value is Variable { trainable: true } variable)
            Warnings.Once($"constant:{variable.name}", $"Constant: the weight takes the value that the variable '{variable.name}' has "
                + $"now, and the variable itself is not trained by it. Pass (double){variable.name} to say that this is meant.", variable);
        if (value is Tensor tensor) Snapshot.Say("Constant", tensor.Sources);
        var number = tf.stop_gradient(tf.cast(value ?? 0.0, dtype));
        return number.shape == shape ? number : tf.fill(shape, number);
    }
}
