namespace Workbook.Keras;

/// <summary>The reverse of a convolution: each place is spread over a window, and windows that overlap add up. Keras:
/// keras.layers.Conv1DTranspose.</summary>
/// <remarks>Shapes: x (batch, steps, channels) → the shape from which a convolution makes x; kernel (kernel_size, filters, channels)
/// Glorot uniform; bias
/// (filters) zeros.</remarks>
/// <param name="filters">The number of channels of the output; at least 1.</param>
/// <param name="kernel_size">The number of steps that a window sees.</param>
/// <param name="strides">The step from window to window; default 1.</param>
/// <param name="padding">valid (default): windows lie inside; same: zeros around, for ⌈length / stride⌉ windows.</param>
/// <param name="output_padding">None</param>
/// <param name="data_format">Null or channels_last; channels_first is refused.</param>
/// <param name="dilation_rate">The step from place to place within a window; default 1.</param>
/// <param name="activation">Default: none.</param>
/// <param name="use_bias">Default true.</param>
/// <param name="kernel_initializer">Default Glorot uniform.</param>
/// <param name="bias_initializer">Default zeros.</param>
/// <param name="kernel_regularizer">A penalty on the kernel; its strength may be a variable, which then trains.</param>
/// <param name="bias_regularizer">A penalty on the bias.</param>
/// <param name="kernel_constraint">Where the kernel may be.</param>
/// <param name="bias_constraint">Where the bias may be.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
/// <exception cref="ArgumentException">A number below 1, strides together with dilation, output_padding not below the stride, or
/// channels_first.</exception>
public sealed class Conv1DTranspose(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid",
    Shape? output_padding = null, string? data_format = null, Shape? dilation_rate = null, ActivationFunction? activation = null,
    bool use_bias = true, Initializer? kernel_initializer = null, Initializer? bias_initializer = null,
    Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null, Constraint? kernel_constraint = null,
    Constraint? bias_constraint = null, string? name = null)
    : ConvTranspose(1, filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, activation, use_bias,
        kernel_initializer, bias_initializer, kernel_regularizer, bias_regularizer, kernel_constraint, bias_constraint, name);
