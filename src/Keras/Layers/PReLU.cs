namespace Workbook.Keras;

/// <summary>x where x &gt; 0, else alpha · x with a learned alpha per feature. He et al. 2015. Keras: keras.layers.PReLU.</summary>
/// <remarks>Shapes: alpha has the shape of one sample, with length 1 along shared axes; zeros at first.</remarks>
/// <param name="alpha_initializer">Default zeros.</param>
/// <param name="alpha_regularizer">A penalty on alpha.</param>
/// <param name="alpha_constraint">Where alpha may be.</param>
/// <param name="shared_axes">Axes along which alpha is one number; the first after the batch is 1.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class PReLU(Initializer? alpha_initializer = null, Regularizer? alpha_regularizer = null, Constraint? alpha_constraint = null,
    int[]? shared_axes = null, string? name = null) : Layer(name)
{
    [Argument("alpha_initializer")]
    readonly Initializer first = alpha_initializer ?? new Zeros();

    /// <summary>The slopes; null before the layer is built.</summary>
    public Variable? alpha { get; private set; }

    /// <inheritdoc/>
    public override void build(Shape input_shape)
    {
        var shape = input_shape.Dims[1..].ToArray();
        foreach (var axis in shared_axes ?? []) shape[FeatureAxis(input_shape, axis) - 1] = 1;
        alpha = add_weight(shape, first, "alpha", alpha_regularizer, alpha_constraint);
    }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) => tf.nn.relu(inputs) - alpha! * tf.nn.relu(-inputs);
}
