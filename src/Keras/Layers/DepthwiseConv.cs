namespace Workbook.Keras;

/// <summary>What <see cref="DepthwiseConv1D"/> and <see cref="DepthwiseConv2D"/> share. Keras: BaseDepthwiseConv.</summary>
public abstract class DepthwiseConv : Layer
{
    readonly int rank, depth_multiplier;
    readonly Shape kernel_size, strides, dilation_rate;
    readonly string padding;
    readonly string? data_format;
    readonly ActivationFunction activation;
    readonly bool use_bias;
    readonly Initializer depthwise_initializer, bias_initializer;
    readonly Regularizer? depthwise_regularizer, bias_regularizer;
    readonly Constraint? depthwise_constraint, bias_constraint;

    private protected DepthwiseConv(int rank, Shape kernel_size, Shape? strides, string padding, int depth_multiplier, string? data_format,
        Shape? dilation_rate, ActivationFunction? activation, bool use_bias, Initializer? depthwise_initializer,
        Initializer? bias_initializer, Regularizer? depthwise_regularizer, Regularizer? bias_regularizer, Constraint? depthwise_constraint,
        Constraint? bias_constraint, string? name) : base(name)
    {
        (this.rank, this.data_format, this.use_bias) = (rank, ImageAxes.Last(this, data_format), use_bias);
        this.depth_multiplier = ImageAxes.AtLeastOne(this, nameof(depth_multiplier), depth_multiplier);
        this.kernel_size = ImageAxes.Sizes(this, nameof(kernel_size), kernel_size, rank);
        this.strides = ImageAxes.Sizes(this, nameof(strides), strides ?? 1, rank);
        this.dilation_rate = ImageAxes.Dilations(this, dilation_rate, this.strides, rank);
        this.padding = ImageAxes.Padding(this, padding);
        this.activation = activation ?? ActivationFunction.Linear;
        (this.depthwise_initializer, this.bias_initializer) = (depthwise_initializer ?? new GlorotUniform(),
            bias_initializer ?? new Zeros());
        (this.depthwise_regularizer, this.bias_regularizer) = (depthwise_regularizer, bias_regularizer);
        (this.depthwise_constraint, this.bias_constraint) = (depthwise_constraint, bias_constraint);
    }

    /// <summary>(window, channels, depth_multiplier); null before the layer is built.</summary>
    public Variable? kernel { get; private set; }

    /// <summary>(channels · depth_multiplier); null before the layer is built, or without a bias.</summary>
    public Variable? bias { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Another number of axes.</exception>
    public override void build(Shape input_shape)
    {
        var channels = ImageAxes.Channels(this, input_shape, rank);
        kernel = add_weight(new([.. kernel_size, channels, depth_multiplier]), depthwise_initializer, "kernel", depthwise_regularizer,
            depthwise_constraint);
        if (use_bias) bias = add_weight(channels * depth_multiplier, bias_initializer, "bias", bias_regularizer, bias_constraint);
    }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Other channels than the layer was built for, or no window fits.</exception>
    public override Tensor call(Tensor inputs, bool training)
    {
        var x = ImageAxes.Fitting(this, tf.cast(inputs, dtype), rank, kernel!.shape[^2]);
        var relu = bias is not null && activation.IsRelu;
        var y = FusedOps.Convolve(x, ImageAxes.Grouped(kernel), bias, relu, strides, padding, dilation_rate);
        return relu ? y : activation.Apply(y);
    }
}
