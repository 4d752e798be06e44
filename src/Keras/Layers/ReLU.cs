namespace Workbook.Keras;

/// <summary>x above a threshold (at most max_value), negative_slope · (x − threshold) below it. Keras: keras.layers.ReLU.</summary>
/// <param name="max_value">Default: none; may be a variable.</param>
/// <param name="negative_slope">Default 0; may be a variable.</param>
/// <param name="threshold">Default 0; may be a variable.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class ReLU(Hyperparameter? max_value = null, Hyperparameter? negative_slope = null, Hyperparameter? threshold = null,
    string? name = null) : Layer(name)
{
    // Keras writes infinity where there is no limit.
    [Argument("max_value")]
    readonly Hyperparameter? max = max_value?.Number is double.PositiveInfinity ? null
        : max_value?.Within("max_value", low: 0, broadcasts: true);
    [Argument("negative_slope")]
    readonly Hyperparameter slope = (negative_slope ?? 0).Within("negative_slope", low: 0, broadcasts: true);
    [Argument("threshold")]
    readonly Hyperparameter from = (threshold ?? 0).Within("threshold", low: 0, broadcasts: true);

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training)
    {
        if (max is null && slope.Number == 0 && from.Number == 0) return tf.nn.relu(inputs);
        var t = from.value(inputs.dtype);
        var above = max is null ? inputs : tf.minimum(inputs, max.value(inputs.dtype));
        return tf.where(inputs > t, above, slope.value(inputs.dtype) * (inputs - t));
    }
}
