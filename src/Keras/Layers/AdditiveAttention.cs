namespace Workbook.Keras;

/// <summary>Attention whose scores are Σ scale · tanh(query + key), with a learned scale for each feature. Bahdanau et al. 2015. Keras:
/// keras.layers.AdditiveAttention.</summary>
/// <remarks>Called as <see cref="Attention"/>, on <c>[query, value]</c> or <c>[query, value, key]</c>; query and key have equally many
/// features. scale (features) Glorot uniform.</remarks>
/// <param name="use_scale">Whether the sum has a learned scale; default true.</param>
/// <param name="dropout">The share of the weights dropped in training; default 0; may be a variable.</param>
/// <param name="seed">Default: the global generator.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class AdditiveAttention(bool use_scale = true, Hyperparameter? dropout = null, long? seed = null, string? name = null)
    : WeighingAttention(dropout, seed, name)
{
    /// <summary>What each feature counts; null before the layer is built, or without.</summary>
    public Variable? scale { get; private set; }

    /// <inheritdoc/>
    public override void build(Shape[] input_shapes)
    {
        if (use_scale) scale = add_weight(input_shapes[0][^1], new GlorotUniform(), "scale");
    }

    private protected override Tensor Scores(Tensor query, Tensor key)
    {
        var sum = tf.tanh(tf.expand_dims(query, 2) + tf.expand_dims(key, 1));
        return tf.reduce_sum(scale is null ? sum : scale * sum, -1);
    }
}
