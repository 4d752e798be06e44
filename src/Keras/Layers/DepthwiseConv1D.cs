namespace Workbook.Keras;

/// <summary>A kernel for each channel slides along a sequence. Keras: keras.layers.DepthwiseConv1D.</summary>
/// <remarks>Shapes: x (batch, steps, channels) → (batch, windows, channels · depth_multiplier); kernel (kernel_size, channels,
/// depth_multiplier)
/// Glorot uniform; bias zeros.</remarks>
/// <param name="kernel_size">The number of steps that a window sees.</param>
/// <param name="strides">The step from window to window; default 1.</param>
/// <param name="padding">valid (default): windows lie inside; same: zeros around, for ⌈length / stride⌉ windows.</param>
/// <param name="depth_multiplier">How many filters each channel has; default 1.</param>
/// <param name="data_format">Null or channels_last; channels_first is refused.</param>
/// <param name="dilation_rate">The step from place to place within a window; default 1.</param>
/// <param name="activation">Default: none.</param>
/// <param name="use_bias">Default true.</param>
/// <param name="depthwise_initializer">Default Glorot uniform.</param>
/// <param name="bias_initializer">Default zeros.</param>
/// <param name="depthwise_regularizer">A penalty on the depthwise kernel.</param>
/// <param name="bias_regularizer">A penalty on the bias.</param>
/// <param name="depthwise_constraint">Where the depthwise kernel may be.</param>
/// <param name="bias_constraint">Where the bias may be.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
/// <exception cref="ArgumentException">A number below 1, or channels_first.</exception>
public sealed class DepthwiseConv1D(Shape kernel_size, Shape? strides = null, string padding = "valid", int depth_multiplier = 1,
    string? data_format = null, Shape? dilation_rate = null, ActivationFunction? activation = null, bool use_bias = true,
    Initializer? depthwise_initializer = null, Initializer? bias_initializer = null, Regularizer? depthwise_regularizer = null,
    Regularizer? bias_regularizer = null, Constraint? depthwise_constraint = null, Constraint? bias_constraint = null,
    string? name = null)
    : DepthwiseConv(1, kernel_size, strides, padding, depth_multiplier, data_format, dilation_rate, activation, use_bias,
        depthwise_initializer, bias_initializer, depthwise_regularizer, bias_regularizer, depthwise_constraint, bias_constraint, name);
