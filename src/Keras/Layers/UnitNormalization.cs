namespace Workbook.Keras;

/// <summary>x / √Σ x² along axes; a vector of zeros stays. Keras: keras.layers.UnitNormalization.</summary>
/// <param name="axis">Default: the last.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class UnitNormalization(Axes? axis = null, string? name = null) : Layer(name)
{
    readonly int[] axis = (int[]?)axis ?? [-1];

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public override Tensor call(Tensor inputs, bool training) => tf.nn.l2_normalize(inputs, axis, epsilon: 1e-24);
}
