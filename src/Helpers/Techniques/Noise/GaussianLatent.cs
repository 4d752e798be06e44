using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>The middle of a variational autoencoder: a normal density over a few latents, from which training draws.</summary>
/// <remarks>
/// mean = x·A + a, log variance = x·B + b; in training z = mean + √variance·ε with normal ε, otherwise z = mean. To the loss it adds the
/// mean over the batch of KL = ½·Σ_j(mean_j² + variance_j − log variance_j − 1), in nats.
/// <c>Sequential([Input(64), Dense(32, "tanh"), new GaussianLatent(8), Dense(32, "tanh"), Dense(64)])</c>, compiled with
/// <c>new NormalNoise()</c>: then both parts are likelihoods, and the learned σ balances them. The mean squared error of d outputs plus
/// β·KL is the same thing with a fixed σ² = β·d/2: 32 for 64 pixels and β = 1, where every latent falls silent.
/// Shapes: x (batch, n) → (batch, latents).
/// Judge: a normalised likelihood. Source: Kingma and Welling 2014.
/// </remarks>
public sealed class GaussianLatent : Layer
{
    readonly int latents;
    readonly Hyperparameter weight;
    [Argument("seed")]
    readonly long? start;
    readonly SplitMix64? own;
    readonly Dense mean, log_variance;

    /// <summary>A layer of latents.</summary>
    /// <param name="latents">How many; at least 1.</param>
    /// <param name="weight">The factor before KL, at least 0; default 1, which is what the likelihood asks for. As a variable that the
    /// training loss judges it is removed.</param>
    /// <param name="seed">Of what is drawn in training; default: the global generator.</param>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number outside of its range.</exception>
    public GaussianLatent(int latents, Hyperparameter? weight = null, long? seed = null, string? name = null) : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(latents, 1);
        this.latents = latents;
        this.weight = (weight ?? 1).Within("GaussianLatent weight", low: 0);
        start = seed;
        own = seed is { } s ? new((ulong)s) : null;
        mean = keras.layers.Dense(latents, name: "mean");
        // At first every row has the variance 1, which costs nothing.
        log_variance = keras.layers.Dense(latents, kernel_initializer: "zeros", name: "log_variance");
    }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Not (batch, features).</exception>
    public override void build(Shape input_shape)
    {
        if (input_shape.Rank != 2 || input_shape[^1] < 1)
            throw new ShapeException($"Layer '{name}': expected an input of shape (batch, features). Received: {input_shape}. "
                + "Put Flatten before it.");
    }

    /// <summary>Mean and log variance of each row, each of shape (batch, latents).</summary>
    /// <param name="inputs">What the layer gets.</param>
    public (Tensor Mean, Tensor LogVariance) Density(Tensor inputs) => (mean.Apply(inputs), log_variance.Apply(inputs));

    /// <summary>KL of each latent, a mean over the rows, shape (latents,): about 0 for one that says nothing.</summary>
    /// <param name="inputs">What the layer gets.</param>
    public Tensor Divergences(Tensor inputs) => Divergences(Density(inputs));

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training)
    {
        var density = Density(inputs);
        add_loss(weight.value(inputs.dtype) * tf.reduce_sum(Divergences(density)));
        if (!training) return density.Mean;
        var noise = tf.random.normal(density.Mean.shape, dtype: inputs.dtype, seed: (long?)own?.NextUInt64());
        return density.Mean + tf.exp(0.5 * density.LogVariance) * noise;
    }

    static Tensor Divergences((Tensor Mean, Tensor LogVariance) density) => tf.reduce_mean(
        0.5 * (tf.square(density.Mean) + tf.exp(density.LogVariance) - density.LogVariance - 1.0), 0);
}
