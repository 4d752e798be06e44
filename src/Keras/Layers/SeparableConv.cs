namespace Workbook.Keras;

/// <summary>What <see cref="SeparableConv1D"/> and <see cref="SeparableConv2D"/> share. Keras: BaseSeparableConv.</summary>
public abstract class SeparableConv : Layer
{
    readonly int rank, filters, depth_multiplier;
    readonly Shape kernel_size, strides, dilation_rate;
    readonly string padding;
    readonly string? data_format;
    readonly ActivationFunction activation;
    readonly bool use_bias;
    readonly Initializer depthwise_initializer, pointwise_initializer, bias_initializer;
    readonly Regularizer? depthwise_regularizer, pointwise_regularizer, bias_regularizer;
    readonly Constraint? depthwise_constraint, pointwise_constraint, bias_constraint;

    private protected SeparableConv(int rank, int filters, Shape kernel_size, Shape? strides, string padding, string? data_format,
        Shape? dilation_rate, int depth_multiplier, ActivationFunction? activation, bool use_bias, Initializer? depthwise_initializer,
        Initializer? pointwise_initializer, Initializer? bias_initializer, Regularizer? depthwise_regularizer,
        Regularizer? pointwise_regularizer, Regularizer? bias_regularizer, Constraint? depthwise_constraint,
        Constraint? pointwise_constraint, Constraint? bias_constraint, string? name) : base(name)
    {
        (this.rank, this.data_format, this.use_bias) = (rank, ImageAxes.Last(this, data_format), use_bias);
        this.filters = ImageAxes.AtLeastOne(this, nameof(filters), filters);
        this.depth_multiplier = ImageAxes.AtLeastOne(this, nameof(depth_multiplier), depth_multiplier);
        this.kernel_size = ImageAxes.Sizes(this, nameof(kernel_size), kernel_size, rank);
        this.strides = ImageAxes.Sizes(this, nameof(strides), strides ?? 1, rank);
        this.dilation_rate = ImageAxes.Dilations(this, dilation_rate, this.strides, rank);
        this.padding = ImageAxes.Padding(this, padding);
        this.activation = activation ?? ActivationFunction.Linear;
        (this.depthwise_initializer, this.pointwise_initializer) =
            (depthwise_initializer ?? new GlorotUniform(), pointwise_initializer ?? new GlorotUniform());
        this.bias_initializer = bias_initializer ?? new Zeros();
        (this.depthwise_regularizer, this.pointwise_regularizer, this.bias_regularizer) =
            (depthwise_regularizer, pointwise_regularizer, bias_regularizer);
        (this.depthwise_constraint, this.pointwise_constraint, this.bias_constraint) =
            (depthwise_constraint, pointwise_constraint, bias_constraint);
    }

    /// <summary>(window, channels, depth_multiplier); null before the layer is built.</summary>
    public Variable? depthwise_kernel { get; private set; }

    /// <summary>(1, …, channels · depth_multiplier, filters); null before the layer is built.</summary>
    public Variable? pointwise_kernel { get; private set; }

    /// <summary>(filters); null before the layer is built, or without a bias.</summary>
    public Variable? bias { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Another number of axes.</exception>
    public override void build(Shape input_shape)
    {
        var channels = ImageAxes.Channels(this, input_shape, rank);
        depthwise_kernel = add_weight(new([.. kernel_size, channels, depth_multiplier]), depthwise_initializer, "depthwise_kernel",
            depthwise_regularizer, depthwise_constraint);
        pointwise_kernel = add_weight(new([.. Enumerable.Repeat(1, rank), channels * depth_multiplier, filters]), pointwise_initializer,
            "pointwise_kernel", pointwise_regularizer, pointwise_constraint);
        if (use_bias) bias = add_weight(filters, bias_initializer, "bias", bias_regularizer, bias_constraint);
    }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Other channels than the layer was built for, or no window fits.</exception>
    public override Tensor call(Tensor inputs, bool training)
    {
        var x = ImageAxes.Fitting(this, tf.cast(inputs, dtype), rank, depthwise_kernel!.shape[^2]);
        var apart = FusedOps.Convolve(x, ImageAxes.Grouped(depthwise_kernel), null, false, strides, padding, dilation_rate);
        var relu = bias is not null && activation.IsRelu;
        var y = FusedOps.Convolve(apart, pointwise_kernel!, bias, relu, null, "valid", null);
        return relu ? y : activation.Apply(y);
    }
}
