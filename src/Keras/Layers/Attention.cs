namespace Workbook.Keras;

/// <summary>softmax(query · keyᵀ) · value: each query gets a mean of the values, weighted by how well their keys fit. Luong et al. 2015.
/// Keras: keras.layers.Attention.</summary>
/// <remarks>
/// Called on <c>[query, value]</c> or <c>[query, value, key]</c>; shapes (batch, q, n), (batch, v, m) and (batch, v, n) → (batch, q, m).
/// Values that are masked out get no weight, and queries that are masked out become 0. Where a query may see only what stands before it:
/// <c>Apply([query, value], use_causal_mask: true)</c>.
/// </remarks>
public sealed class Attention : WeighingAttention
{
    readonly bool use_scale;
    readonly string score_mode;

    /// <summary>Attention.</summary>
    /// <param name="use_scale">Whether scores are multiplied by a learned number; default false.</param>
    /// <param name="score_mode">dot (default); concat: Σ tanh(query + key), times a learned number.</param>
    /// <param name="dropout">The share of the weights dropped in training; default 0; may be a variable.</param>
    /// <param name="seed">Default: the global generator.</param>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    /// <exception cref="ArgumentException">Another mode.</exception>
    public Attention(bool use_scale = false, string score_mode = "dot", Hyperparameter? dropout = null, long? seed = null,
        string? name = null) : base(dropout, seed, name)
    {
        Spelling.Check("Attention score_mode", score_mode, "dot", "concat");
        (this.use_scale, this.score_mode) = (use_scale, score_mode);
    }

    /// <summary>What scores are multiplied by; null before the layer is built, or without.</summary>
    public Variable? scale { get; private set; }

    /// <summary>What sums are multiplied by with score_mode concat.</summary>
    public Variable? concat_score_weight { get; private set; }

    /// <inheritdoc/>
    public override void build(Shape[] input_shapes)
    {
        if (use_scale) scale = add_weight(Shape.Scalar, new Ones(), "scale");
        if (score_mode == "concat") concat_score_weight = add_weight(Shape.Scalar, new Ones(), "concat_score_weight");
    }

    private protected override Tensor Scores(Tensor query, Tensor key)
    {
        if (score_mode == "dot")
        {
            var scores = tf.matmul(query, key, transpose_b: true);
            return scale is null ? scores : scores * scale;
        }
        var sum = tf.expand_dims(query, 2) + tf.expand_dims(key, 1);
        return concat_score_weight! * tf.reduce_sum(tf.tanh(scale is null ? sum : scale * sum), -1);
    }
}
