namespace Workbook.Keras;

/// <summary>A kernel for each channel, and then a product over the channels of each place. Keras: keras.layers.SeparableConv2D.</summary>
/// <remarks>Shapes: x (batch, height, width, channels) → (batch, windows, windows, filters); depthwise_kernel (height, width, channels,
/// depth_multiplier) and pointwise_kernel
/// (1, 1, channels · depth_multiplier, filters) Glorot uniform; bias zeros.</remarks>
/// <param name="filters">The number of channels of the output; at least 1.</param>
/// <param name="kernel_size">The window: one number, or one for height and one for width.</param>
/// <param name="strides">The step from window to window, as kernel_size; default 1.</param>
/// <param name="padding">valid (default): windows lie inside; same: zeros around, for ⌈length / stride⌉ windows.</param>
/// <param name="data_format">Null or channels_last; channels_first is refused.</param>
/// <param name="dilation_rate">The step from place to place within a window, as kernel_size; default 1.</param>
/// <param name="depth_multiplier">How many filters each channel has; default 1.</param>
/// <param name="activation">Default: none.</param>
/// <param name="use_bias">Default true.</param>
/// <param name="depthwise_initializer">Default Glorot uniform.</param>
/// <param name="pointwise_initializer">Default Glorot uniform.</param>
/// <param name="bias_initializer">Default zeros.</param>
/// <param name="depthwise_regularizer">A penalty on the depthwise kernel.</param>
/// <param name="pointwise_regularizer">A penalty on the pointwise kernel.</param>
/// <param name="bias_regularizer">A penalty on the bias.</param>
/// <param name="depthwise_constraint">Where the depthwise kernel may be.</param>
/// <param name="pointwise_constraint">Where the pointwise kernel may be.</param>
/// <param name="bias_constraint">Where the bias may be.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
/// <exception cref="ArgumentException">A number below 1, or channels_first.</exception>
public sealed class SeparableConv2D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid",
    string? data_format = null, Shape? dilation_rate = null, int depth_multiplier = 1, ActivationFunction? activation = null,
    bool use_bias = true, Initializer? depthwise_initializer = null, Initializer? pointwise_initializer = null,
    Initializer? bias_initializer = null, Regularizer? depthwise_regularizer = null, Regularizer? pointwise_regularizer = null,
    Regularizer? bias_regularizer = null, Constraint? depthwise_constraint = null, Constraint? pointwise_constraint = null,
    Constraint? bias_constraint = null, string? name = null)
    : SeparableConv(2, filters, kernel_size, strides, padding, data_format, dilation_rate, depth_multiplier, activation, use_bias,
        depthwise_initializer, pointwise_initializer, bias_initializer, depthwise_regularizer, pointwise_regularizer, bias_regularizer,
        depthwise_constraint, pointwise_constraint, bias_constraint, name);
