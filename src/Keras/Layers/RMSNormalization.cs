namespace Workbook.Keras;

/// <summary>x / √(mean x² + ε) · scale along axes. Zhang and Sennrich 2019. Keras: keras.layers.RMSNormalization.</summary>
/// <remarks>The scale has the lengths of the axes; ones at first.</remarks>
/// <param name="axis">Default: the last.</param>
/// <param name="epsilon">Default 1e-6; may be a variable.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class RMSNormalization(Axes? axis = null, Hyperparameter? epsilon = null, string? name = null) : Layer(name)
{
    readonly int[] axis = (int[]?)axis ?? [-1];
    readonly Hyperparameter epsilon = (epsilon ?? 1e-6).Within("epsilon", low: 0);

    /// <summary>The scale; null before the layer is built.</summary>
    public Variable? scale { get; private set; }

    int[] Along(Shape shape) => [.. axis.Select(a => FeatureAxis(shape, a)).Order()];

    /// <inheritdoc/>
    public override void build(Shape input_shape) =>
        scale = add_weight(Array.ConvertAll(Along(input_shape), a => input_shape[a]), new Ones(), "scale");

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training)
    {
        var along = Along(inputs.shape);
        var shape = Enumerable.Repeat(1, inputs.ndim).ToArray();
        foreach (var a in along) shape[a] = inputs.shape[a];
        return inputs * tf.rsqrt(tf.reduce_mean(tf.square(inputs), along, keepdims: true) + epsilon.value(inputs.dtype))
            * tf.reshape(scale!, shape);
    }
}
