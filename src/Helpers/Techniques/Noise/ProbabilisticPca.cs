using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// Principal components with a noise: x = W·z + mean + σ·ε with normal z and ε, at the largest likelihood, in closed form.
/// </summary>
/// <remarks>
/// λ_j are the eigenvalues of the covariance, divided by n. With q latents, σ² = the mean of the d − q smallest λ, and W has the lengths
/// √(λ_j − σ²) along the first q axes. Where σ² is given instead, only latents with λ_j above σ² are used, and the others are exactly 0.
/// It is what <see cref="LinearVae"/> descends to.
/// Judge: a normalised likelihood. Source: Tipping and Bishop 1999.
/// </remarks>
public sealed class ProbabilisticPca
{
    readonly Tensor axes;

    ProbabilisticPca(Tensor mean, double[] eigenvalues, Tensor axes) => (Mean, Eigenvalues, this.axes) = (mean, eigenvalues, axes);

    /// <summary>The mean of the rows, shape (d,).</summary>
    public Tensor Mean { get; }

    /// <summary>All d eigenvalues of the covariance (divided by n), the largest first.</summary>
    public IReadOnlyList<double> Eigenvalues { get; }

    int Features => Eigenvalues.Count;

    /// <summary>Decomposes the covariance of a table.</summary>
    /// <param name="x">Shape (n, d), finite, at least two rows.</param>
    /// <exception cref="ShapeException">Another shape.</exception>
    /// <exception cref="JudgeException">A number that is not finite, or rows that are all the same.</exception>
    public static ProbabilisticPca Of(Tensor x)
    {
        var (centred, mean) = Centred(nameof(ProbabilisticPca), x);
        var (n, d) = (centred.shape[0], centred.shape[1]);
        var sizes = tf.norm(tf.cast(x, tf.float64), axis: 0).ToArray<double>();
        var found = new SingularValues([.. Enumerable.Range(0, d).Select(j => centred[.., j].ToArray<double>())], sizes);
        int[] order = [.. Enumerable.Range(0, found.Values.Length).OrderByDescending(j => found.Values[j])];
        double[] values = [.. order.Select(j => found.Values[j] * found.Values[j] / n)];
        return new(mean, [.. values, .. new double[d - values.Length]],
            tf.transpose(tf.stack([.. order.Select(j => tf.constant(found.Right[j]))])));
    }

    /// <summary>σ² of the largest likelihood: the mean of the eigenvalues that are left out.</summary>
    /// <param name="latents">q, from 0 to below d.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another number, or so many that nothing is left out: σ² would be 0.</exception>
    public double Noise(int latents)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(latents);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(latents, Features);
        var left = Eigenvalues.Skip(latents).Average();
        return left > 0 ? left : throw new ArgumentOutOfRangeException(nameof(latents), latents,
            $"ProbabilisticPca: expected fewer latents than the {Eigenvalues.Count(v => v > 0)} directions in which the data vary. "
                + $"Received: {latents}, which leaves no noise.");
    }

    /// <summary>How many latents are used at a given σ²: those whose eigenvalue is above it.</summary>
    /// <param name="latents">How many there are.</param>
    /// <param name="noise">σ², above 0.</param>
    public int Active(int latents, double noise)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(latents);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(latents, Features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(noise);
        return Eigenvalues.Take(latents).Count(v => v > noise);
    }

    /// <summary>The mean over rows of Σ KL(q(z|x) ‖ p(z)): ½·Σ log(λ_j/σ²) of the latents that are used.</summary>
    /// <inheritdoc cref="Active"/>
    public double Divergence(int latents, double noise) =>
        0.5 * Eigenvalues.Take(Active(latents, noise)).Sum(v => Math.Log(v / noise));

    /// <summary>The largest log-likelihood of a row, a mean over the rows, that W can reach at a given σ².</summary>
    /// <inheritdoc cref="Active"/>
    public double LogLikelihood(int latents, double noise)
    {
        var used = Active(latents, noise);
        return -0.5 * (Features * Math.Log(2 * Math.PI) + Eigenvalues.Take(used).Sum(Math.Log) + used
            + (Features - used) * Math.Log(noise) + Eigenvalues.Skip(used).Sum() / noise);
    }

    /// <summary>The largest log-likelihood of a row, with σ² at its best.</summary>
    /// <inheritdoc cref="Noise"/>
    public double LogLikelihood(int latents) => LogLikelihood(latents, Noise(latents));

    /// <summary>W at a given σ², shape (d, latents): columns of 0 for latents that are not used.</summary>
    /// <inheritdoc cref="Active"/>
    public Tensor Kernel(int latents, double noise)
    {
        var used = Active(latents, noise);
        var lengths = tf.constant(Eigenvalues.Take(used).Select(v => Math.Sqrt(v - noise)).ToArray());
        var rest = tf.zeros((Features, latents - used), tf.float64);
        return used == 0 ? rest : tf.concat([axes[.., ..used] * lengths, rest], 1);
    }

    /// <summary>A checked table, float64, without its mean.</summary>
    internal static (Tensor Centred, Tensor Mean) Centred(string who, Tensor x)
    {
        if (x.ndim != 2 || x.shape[0] < 2 || x.shape[1] < 1)
            throw new ShapeException($"{who}: expected a table of shape (rows, features), of at least two rows. Received: {x.shape}.");
        var all = tf.cast(x, tf.float64);
        if (Array.FindIndex(all.ToArray<double>(), v => !double.IsFinite(v)) is >= 0 and var bad)
            throw new JudgeException($"{who}: expected finite numbers. Received: {all.ToArray<double>()[bad]} in row {bad / x.shape[1]}, "
                + $"column {bad % x.shape[1]}. Leave the row out.");
        var mean = tf.reduce_mean(all, 0);
        if ((double)tf.reduce_max(tf.abs(all - mean)) <= 1e-13 * (double)tf.reduce_max(tf.abs(all)))
            throw new JudgeException($"{who}: expected rows that differ. Received: {x.shape[0]} that are all the same. "
                + "There is no noise and no direction to find.");
        return (all - mean, mean);
    }
}
