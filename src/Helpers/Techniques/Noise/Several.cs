using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>First values of several learned numbers: one for all, or one for each.</summary>
static class Several
{
    /// <param name="given">A number, or as many as there are.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="ShapeException">Another number of them.</exception>
    public static Tensor Of(Hyperparameter given, int count, string place)
    {
        if (given.Number is { } number) return tf.fill(count, tf.constant(number, tf.float64));
        var values = tf.stop_gradient(given.value(tf.float64));
        if (values.ndim == 0) return tf.fill(count, tf.constant(given.Fixed(place), tf.float64));
        return values.shape == new Shape(count) ? values
            : throw new ShapeException($"{place}: expected one number, or {count}. Received: shape {values.shape}.");
    }
}
