namespace Workbook.Keras;

/// <summary>A kernel slides over an image: y = activation(x ∗ kernel + bias). Keras: keras.layers.Conv2D.</summary>
/// <remarks>Shapes: x (batch, height, width, channels) → (batch, windows, windows, filters); kernel (height, width, channels / groups,
/// filters) Glorot uniform; bias (filters)
/// zeros.</remarks>
/// <param name="filters">The number of channels of the output; at least 1.</param>
/// <param name="kernel_size">The window: one number, or one for height and one for width.</param>
/// <param name="strides">The step from window to window, as kernel_size; default 1.</param>
/// <param name="padding">valid (default): windows lie inside; same: zeros around, for ⌈length / stride⌉ windows.</param>
/// <param name="data_format">Null or channels_last; channels_first is refused.</param>
/// <param name="dilation_rate">The step from place to place within a window, as kernel_size; default 1.</param>
/// <param name="groups">Channels and filters fall into so many groups, each by itself; default 1.</param>
/// <param name="activation">Default: none.</param>
/// <param name="use_bias">Default true.</param>
/// <param name="kernel_initializer">Default Glorot uniform.</param>
/// <param name="bias_initializer">Default zeros.</param>
/// <param name="kernel_regularizer">A penalty on the kernel; its strength may be a variable, which then trains.</param>
/// <param name="bias_regularizer">A penalty on the bias.</param>
/// <param name="kernel_constraint">Where the kernel may be.</param>
/// <param name="bias_constraint">Where the bias may be.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
/// <exception cref="ArgumentException">A number below 1, strides together with dilation, filters that groups do not divide, or
/// channels_first.</exception>
public sealed class Conv2D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", string? data_format = null,
    Shape? dilation_rate = null, int groups = 1, ActivationFunction? activation = null, bool use_bias = true,
    Initializer? kernel_initializer = null, Initializer? bias_initializer = null, Regularizer? kernel_regularizer = null,
    Regularizer? bias_regularizer = null, Constraint? kernel_constraint = null, Constraint? bias_constraint = null, string? name = null)
    : Conv(2, filters, kernel_size, strides, padding, data_format, dilation_rate, groups, activation, use_bias, kernel_initializer,
        bias_initializer, kernel_regularizer, bias_regularizer, kernel_constraint, bias_constraint, name);
