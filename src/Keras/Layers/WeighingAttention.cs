using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>What <see cref="Attention"/> and <see cref="AdditiveAttention"/> share: each query gets a mean of the values, weighted by the
/// softmax of its scores.</summary>
/// <remarks>
/// Called on <c>[query, value]</c> or <c>[query, value, key]</c>; shapes (batch, q, n), (batch, v, m) and (batch, v, n) → (batch, q, m).
/// Values that are masked out get no weight, and queries that are masked out become 0.
/// </remarks>
public abstract class WeighingAttention : Attending
{
    readonly Hyperparameter dropout;
    readonly long? seed;
    readonly SplitMix64? own;

    private protected WeighingAttention(Hyperparameter? dropout, long? seed, string? name) : base(name)
    {
        this.dropout = (dropout ?? 0).Within("dropout", low: 0, high: 1, open: true);
        (this.seed, own) = (seed, seed is { } s ? new((ulong)s) : null);
    }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    private protected abstract Tensor Scores(Tensor query, Tensor key);

    private protected override Tensor Join(Tensor[] inputs, bool training)
    {
        if (inputs.Length > 3 || Array.Exists(inputs, x => x.ndim != 3))
            throw new ShapeException($"Layer '{name}': expected [query, value] or [query, value, key], each (batch, steps, features). "
                + $"Received: {string.Join(", ", inputs.Select(x => x.shape))}.");
        var (query, value, key) = (inputs[0], inputs[1], inputs[^1] is var last && inputs.Length == 3 ? last : inputs[1]);
        var counts = AttentionMask.Joined(value.Mask is { } v ? tf.expand_dims(v, 1) : null,
            IsCausal ? AttentionMask.Causal(query.shape[1], value.shape[1]) : null);
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
}
