namespace Workbook.Tensors;

/// <summary>Ops that a layer takes in one pass, where TensorFlow's names have several: no new mathematics, fewer passes over
/// memory.</summary>
public static class FusedOps
{
    /// <summary>A convolution along one axis or two, with a bias and relu: tf.nn.convolution, tf.nn.bias_add and tf.nn.relu.</summary>
    /// <param name="input">(batch, …, channels).</param>
    /// <param name="filters">(window, channels / groups, filters).</param>
    /// <param name="bias">(filters); null: none.</param>
    /// <param name="relu">Whether what is negative becomes 0; only with a bias.</param>
    /// <param name="strides">One for each axis of the window; null: 1.</param>
    /// <param name="padding">VALID, SAME or CAUSAL.</param>
    /// <param name="dilations">One for each axis of the window; null: 1.</param>
    /// <exception cref="ShapeException">Channels do not fit, or no window fits.</exception>
    public static Tensor Convolve(Operand input, Operand filters, Operand? bias, bool relu, Shape? strides, string padding,
        Shape? dilations) => NeuralNetworkOps.Convolve(input, filters, bias, relu, strides, padding, dilations);
}
