namespace Workbook.Keras;

/// <summary>Fully connected layer: y = activation(x · kernel + bias). Keras: keras.layers.Dense.</summary>
/// <remarks>Shapes: x (batch, …, n) → (batch, …, units); kernel (n, units) Glorot uniform; bias (units) zeros.</remarks>
public class Dense : Layer
{
    readonly int units;
    readonly Initializer kernel_initializer, bias_initializer;
    readonly Regularizer? kernel_regularizer, bias_regularizer;
    readonly Constraint? kernel_constraint, bias_constraint;
    readonly bool use_bias;

    /// <summary>What the layer ends with; linear: nothing.</summary>
    public ActivationFunction activation { get; }

    /// <summary>A fully connected layer.</summary>
    /// <param name="units">The length of the last axis of the output; at least 1.</param>
    /// <param name="activation">Default: none.</param>
    /// <param name="use_bias">Default true.</param>
    /// <param name="kernel_initializer">Default Glorot uniform.</param>
    /// <param name="bias_initializer">Default zeros.</param>
    /// <param name="kernel_regularizer">A penalty on the kernel; its strength may be a variable, which then trains.</param>
    /// <param name="bias_regularizer">A penalty on the bias.</param>
    /// <param name="activity_regularizer">A penalty on the output, divided by the batch size.</param>
    /// <param name="kernel_constraint">Where the kernel may be.</param>
    /// <param name="bias_constraint">Where the bias may be.</param>
    /// <param name="name">Default dense, dense_1, …</param>
    /// <exception cref="ArgumentOutOfRangeException">units is below 1.</exception>
    public Dense(int units, ActivationFunction? activation = null, bool use_bias = true, Initializer? kernel_initializer = null,
        Initializer? bias_initializer = null,
        Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null,
        Constraint? kernel_constraint = null, Constraint? bias_constraint = null, string? name = null) : base(name)
    {
        if (units < 1) throw new ArgumentOutOfRangeException(nameof(units), $"Dense: expected at least one unit. Received: {units}.");
        this.units = units;
        this.activation = activation ?? ActivationFunction.Linear;
        this.use_bias = use_bias;
        (this.kernel_initializer, this.bias_initializer) = (kernel_initializer ?? new GlorotUniform(), bias_initializer ?? new Zeros());
        (this.kernel_regularizer, this.bias_regularizer) = (kernel_regularizer, bias_regularizer);
        (this.kernel_constraint, this.bias_constraint) = (kernel_constraint, bias_constraint);
        this.activity_regularizer = activity_regularizer;
    }

    /// <summary>(inputs, units); null before the layer is built.</summary>
    public Variable? kernel { get; private set; }

    /// <summary>(units); null before the layer is built, or without a bias.</summary>
    public Variable? bias { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The input has no axis besides the batch.</exception>
    public override void build(Shape input_shape)
    {
        if (input_shape.Rank < 2)
            throw new ShapeException(
                $"Layer '{name}': expected an input of shape (batch, …, features). Received: {input_shape}. "
                    + "A vector becomes one column with tf.expand_dims(x, -1).");
        kernel = add_weight((input_shape[^1], units), kernel_initializer, "kernel", kernel_regularizer, kernel_constraint);
        if (use_bias) bias = add_weight(units, bias_initializer, "bias", bias_regularizer, bias_constraint);
    }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The last axis is not the one that the layer was built for.</exception>
    public override Tensor call(Tensor inputs, bool training) => activation.AfterDense(Fitting(tf.cast(inputs, dtype)), kernel!, bias);

    Tensor Fitting(Tensor x) => x.ndim >= 2 && x.shape[^1] == kernel!.shape[0] ? x
        : throw new ShapeException(
            $"Layer '{name}': expected inputs of {kernel!.shape[0]} features in the last axis. Received: shape {x.shape}.");
}
