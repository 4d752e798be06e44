using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Normal noise of a learned standard deviation: log σ + ½·log 2π + (y − ŷ)² / (2σ²), summed over the outputs of a row.</summary>
/// <remarks>
/// At rest σ² is the mean squared error of the training rows, for each scale. In an autoencoder with a divergence beside it, σ² is what
/// balances the two: the learned value is the one with the largest likelihood.
/// Judge: a normalised likelihood. Source: Rybkin, Daniilidis, Levine 2021 (in autoencoders).
/// </remarks>
/// <param name="scales">How many σ: 1 (default), or as many as outputs.</param>
/// <param name="scale">The first σ, above 0; default 1.</param>
/// <param name="name">The name in messages, and before that of the variables.</param>
public sealed class NormalNoise(int scales = 1, Hyperparameter? scale = null, string name = "normal_noise")
    : LearnedNoise(scales, scale, name)
{
    static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <inheritdoc/>
    public override Tensor Cost(Tensor residual) => 0.5 * tf.square(residual) + HalfLogTwoPi;
}
