namespace Workbook.Keras;

/// <summary>What layers share that act by chance, in training only, at a rate.</summary>
public abstract class Noise : Layer
{
    readonly Hyperparameter rate;
    readonly long? seed;
    readonly SplitMix64? own;

    private protected Noise(Hyperparameter rate, long? seed, string? name) : base(name) =>
        (this.rate, this.seed, own) = (rate.Within("rate", low: 0, high: 1, open: true), seed, seed is { } s ? new((ulong)s) : null);

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) =>
        !training || rate.Number == 0 ? inputs : Drawn(inputs, rate.value(inputs.dtype));

    /// <summary>What training sees.</summary>
    /// <param name="x">The batch.</param>
    /// <param name="p">The rate.</param>
    private protected abstract Tensor Drawn(Tensor x, Tensor p);

    /// <summary>The shape of what is drawn: 1 where elements are dropped together.</summary>
    /// <exception cref="ShapeException">It does not fit the input.</exception>
    internal static Shape Shaped(Layer layer, Shape input, Shape? stated)
    {
        if (stated is null) return input;
        if (stated.Rank != input.Rank || stated.Where((d, i) => d != -1 && d != 1 && d != input[i]).Any())
            throw new ShapeException($"Layer '{layer.name}': expected a noise_shape of {input.Rank} lengths, each 1, −1 or that of the input "
                + $"{input}. Received: {stated}.");
        return new([.. stated.Select((d, i) => d == -1 ? input[i] : d)]);
    }

    private protected Tensor Uniform(Shape shape, DType dtype) => tf.random.uniform(shape, dtype: dtype, seed: (long?)own?.NextUInt64());

    private protected Tensor Normal(Shape shape, DType dtype) => tf.random.normal(shape, dtype: dtype, seed: (long?)own?.NextUInt64());
}
