using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>softmax(query · keyᵀ) · value: each query gets a mean of the values, weighted by how well their keys fit. Luong et al. 2015.
/// Keras: keras.layers.Attention.</summary>
/// <remarks>
/// Called on <c>[query, value]</c> or <c>[query, value, key]</c>; shapes (batch, q, n), (batch, v, m) and (batch, v, n) → (batch, q, m).
/// Values
/// that are masked out get no weight, and queries that are masked out become 0.
/// </remarks>
public sealed class Attention : Joining
{
    readonly bool use_scale, use_causal_mask;
    readonly string score_mode;
    readonly Hyperparameter dropout;
    readonly long? seed;
    readonly SplitMix64? own;

    /// <summary>Attention.</summary>
    /// <param name="use_scale">Whether scores are multiplied by a learned number; default false.</param>
    /// <param name="score_mode">dot (default); concat: Σ tanh(query + key), times a learned number.</param>
    /// <param name="dropout">The share of the weights dropped in training; default 0; may be a variable.</param>
    /// <param name="seed">Default: the global generator.</param>
    /// <param name="use_causal_mask">Whether a query sees only values up to its own place; Keras has it as an argument of the call.
    /// Default
    /// false.</param>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    /// <exception cref="ArgumentException">Another mode.</exception>
    public Attention(bool use_scale = false, string score_mode = "dot", Hyperparameter? dropout = null, long? seed = null,
        bool use_causal_mask = false, string? name = null) : base(name)
    {
        Spelling.Check("Attention score_mode", score_mode, "dot", "concat");
        (this.use_scale, this.score_mode, this.use_causal_mask) = (use_scale, score_mode, use_causal_mask);
        this.dropout = (dropout ?? 0).Within("dropout", low: 0, high: 1, open: true);
        (this.seed, own) = (seed, seed is { } s ? new((ulong)s) : null);
    }

    /// <summary>What scores are multiplied by; null before the layer is built, or without.</summary>
    public Variable? scale { get; private set; }

    /// <summary>What sums are multiplied by with score_mode concat.</summary>
    public Variable? concat_score_weight { get; private set; }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override void build(Shape[] input_shapes)
    {
        if (use_scale) scale = add_weight(Shape.Scalar, new Ones(), "scale");
        if (score_mode == "concat") concat_score_weight = add_weight(Shape.Scalar, new Ones(), "concat_score_weight");
    }

    private protected override Tensor Join(Tensor[] inputs, bool training)
    {
        if (inputs.Length > 3 || Array.Exists(inputs, x => x.ndim != 3))
            throw new ShapeException($"Layer '{this.name}': expected [query, value] or [query, value, key], each (batch, steps, features). "
                + $"Received: {string.Join(", ", inputs.Select(x => x.shape))}.");
        var (query, value, key) = (inputs[0], inputs[1], inputs[^1] is var last && inputs.Length == 3 ? last : inputs[1]);
        var counts = AttentionMask.Joined(value.Mask is { } v ? tf.expand_dims(v, 1) : null,
            use_causal_mask ? AttentionMask.Causal(query.shape[1], value.shape[1]) : null);
        var weights = AttentionMask.Softmax(Scores(query, key), counts);
        if (training && dropout.Number != 0)
        {
            var p = dropout.value(weights.dtype);
            weights = tf.where(tf.random.uniform(weights.shape, dtype: weights.dtype, seed: (long?)own?.NextUInt64()) < 1 - p,
                weights / (1 - p), 0.0);
        }
        var y = tf.matmul(weights, value);
        return query.Mask is { } q ? tf.where(tf.expand_dims(q, -1), y, 0.0) : y;
    }

    Tensor Scores(Tensor query, Tensor key)
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
