namespace Workbook.Keras;

/// <summary>What <see cref="Conv1DTranspose"/> and <see cref="Conv2DTranspose"/> share. Keras: BaseConvTranspose.</summary>
public abstract class ConvTranspose : Layer
{
    readonly int rank, filters;
    readonly Shape kernel_size, strides, dilation_rate;
    readonly Shape? output_padding;
    readonly string padding;
    readonly string? data_format;
    readonly ActivationFunction activation;
    readonly bool use_bias;
    readonly Initializer kernel_initializer, bias_initializer;
    readonly Regularizer? kernel_regularizer, bias_regularizer;
    readonly Constraint? kernel_constraint, bias_constraint;

    private protected ConvTranspose(int rank, int filters, Shape kernel_size, Shape? strides, string padding, Shape? output_padding,
        string? data_format, Shape? dilation_rate, ActivationFunction? activation, bool use_bias, Initializer? kernel_initializer,
        Initializer? bias_initializer, Regularizer? kernel_regularizer, Regularizer? bias_regularizer, Constraint? kernel_constraint,
        Constraint? bias_constraint, string? name) : base(name)
    {
        (this.rank, this.data_format, this.use_bias) = (rank, ImageAxes.Last(this, data_format), use_bias);
        this.filters = ImageAxes.AtLeastOne(this, nameof(filters), filters);
        this.kernel_size = ImageAxes.Sizes(this, nameof(kernel_size), kernel_size, rank);
        this.strides = ImageAxes.Sizes(this, nameof(strides), strides ?? 1, rank);
        this.dilation_rate = ImageAxes.Dilations(this, dilation_rate, this.strides, rank);
        this.padding = ImageAxes.Padding(this, padding);
        this.output_padding = output_padding is null ? null : ImageAxes.Sizes(this, nameof(output_padding), output_padding, rank, least: 0);
        for (var i = 0; i < rank && this.output_padding is { } more; i++)
            if (more[i] >= this.strides[i])
                throw new ArgumentException($"Layer '{this.name}': expected output_padding below strides {this.strides}. "
                    + $"Received: {more}.");
        this.activation = activation ?? ActivationFunction.Linear;
        (this.kernel_initializer, this.bias_initializer) = (kernel_initializer ?? new GlorotUniform(), bias_initializer ?? new Zeros());
        (this.kernel_regularizer, this.bias_regularizer) = (kernel_regularizer, bias_regularizer);
        (this.kernel_constraint, this.bias_constraint) = (kernel_constraint, bias_constraint);
    }

    /// <summary>(window, filters, channels); null before the layer is built.</summary>
    public Variable? kernel { get; private set; }

    /// <summary>(filters); null before the layer is built, or without a bias.</summary>
    public Variable? bias { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Another number of axes.</exception>
    public override void build(Shape input_shape)
    {
        kernel = add_weight(new([.. kernel_size, filters, ImageAxes.Channels(this, input_shape, rank)]), kernel_initializer, "kernel",
            kernel_regularizer, kernel_constraint);
        if (use_bias) bias = add_weight(filters, bias_initializer, "bias", bias_regularizer, bias_constraint);
    }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Other channels than the layer was built for.</exception>
    public override Tensor call(Tensor inputs, bool training)
    {
        var x = ImageAxes.Fitting(this, tf.cast(inputs, dtype), rank, kernel!.shape[^1]);
        int[] lengths = [.. Enumerable.Range(0, rank).Select(i => Length(x.shape[i + 1], i))];
        var y = rank == 2
            ? tf.nn.conv2d_transpose(x, kernel, (x.shape[0], lengths[0], lengths[1], filters), strides, padding, dilation_rate)
            : tf.squeeze(tf.nn.conv2d_transpose(tf.expand_dims(x, 1), tf.expand_dims(kernel, 0), (x.shape[0], 1, lengths[0], filters),
                (1, strides[0]), padding, (1, dilation_rate[0])), 1);
        return activation.Apply(bias is null ? y : y + bias);
    }

    /// <summary>The length of an axis from which a convolution makes the given one: Keras' choice among those that do.</summary>
    int Length(int windows, int axis)
    {
        int reach = (kernel_size[axis] - 1) * dilation_rate[axis] + 1, step = strides[axis];
        return padding == "same" ? output_padding is null ? windows * step : (windows - 1) * step + reach % 2 + output_padding[axis]
            : (windows - 1) * step + reach + (output_padding is null ? Math.Max(step - reach, 0) : output_padding[axis]);
    }
}
