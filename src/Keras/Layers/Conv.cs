namespace Workbook.Keras;

/// <summary>What <see cref="Conv1D"/> and <see cref="Conv2D"/> share. Keras: BaseConv.</summary>
public abstract class Conv : Layer
{
    readonly int rank, filters, groups;
    readonly Shape kernel_size, strides, dilation_rate;
    readonly string padding;
    readonly string? data_format;
    readonly bool use_bias;
    readonly Initializer kernel_initializer, bias_initializer;
    readonly Regularizer? kernel_regularizer, bias_regularizer;
    readonly Constraint? kernel_constraint, bias_constraint;

    private protected Conv(int rank, int filters, Shape kernel_size, Shape? strides, string padding, string? data_format,
        Shape? dilation_rate, int groups, ActivationFunction? activation, bool use_bias, Initializer? kernel_initializer,
        Initializer? bias_initializer, Regularizer? kernel_regularizer, Regularizer? bias_regularizer, Constraint? kernel_constraint,
        Constraint? bias_constraint, string? name) : base(name)
    {
        (this.rank, this.data_format, this.use_bias) = (rank, ImageAxes.Last(this, data_format), use_bias);
        this.filters = ImageAxes.AtLeastOne(this, nameof(filters), filters);
        this.groups = ImageAxes.AtLeastOne(this, nameof(groups), groups);
        if (filters % groups != 0)
            throw new ArgumentException($"Layer '{this.name}': expected filters that groups divide. Received: {filters} filters and {groups} "
                + "groups.");
        this.kernel_size = ImageAxes.Sizes(this, nameof(kernel_size), kernel_size, rank);
        this.strides = ImageAxes.Sizes(this, nameof(strides), strides ?? 1, rank);
        this.dilation_rate = ImageAxes.Dilations(this, dilation_rate, this.strides, rank);
        this.padding = ImageAxes.Padding(this, padding, causal: rank == 1);
        this.activation = activation ?? ActivationFunction.Linear;
        (this.kernel_initializer, this.bias_initializer) = (kernel_initializer ?? new GlorotUniform(), bias_initializer ?? new Zeros());
        (this.kernel_regularizer, this.bias_regularizer) = (kernel_regularizer, bias_regularizer);
        (this.kernel_constraint, this.bias_constraint) = (kernel_constraint, bias_constraint);
    }

    /// <summary>What the outputs go through; linear without one.</summary>
    public ActivationFunction activation { get; }

    /// <summary>(window, channels / groups, filters); null before the layer is built.</summary>
    public Variable? kernel { get; private set; }

    /// <summary>(filters); null before the layer is built, or without a bias.</summary>
    public Variable? bias { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Another number of axes, or channels that groups do not divide.</exception>
    public override void build(Shape input_shape)
    {
        var channels = ImageAxes.Channels(this, input_shape, rank);
        if (channels % groups != 0)
            throw new ShapeException($"Layer '{name}': expected channels that {groups} groups divide. Received: shape {input_shape}.");
        kernel = add_weight(new([.. kernel_size, channels / groups, filters]), kernel_initializer, "kernel", kernel_regularizer,
            kernel_constraint);
        if (use_bias) bias = add_weight(filters, bias_initializer, "bias", bias_regularizer, bias_constraint);
    }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Other channels than the layer was built for, or no window fits.</exception>
    public override Tensor call(Tensor inputs, bool training)
    {
        var x = ImageAxes.Fitting(this, tf.cast(inputs, dtype), rank, kernel!.shape[^2] * groups);
        var relu = bias is not null && activation.IsRelu;
        var y = FusedOps.Convolve(x, kernel, bias, relu, strides, padding, dilation_rate);
        return relu ? y : activation.Apply(y);
    }
}
