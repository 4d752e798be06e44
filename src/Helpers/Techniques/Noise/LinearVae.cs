using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Helpers;

/// <summary>
/// The smallest variational autoencoder: a linear encoder, a linear decoder and a decoder noise σ² that is learned or given. All
/// expectations are exact, so that it descends to a known place.
/// </summary>
/// <remarks>
/// p(z) = N(0, 1), p(x|z) = N(W·z + mean, σ²), q(z|x) = N(V·(x − mean), diag s). Of a row, as a mean over the table,
/// log p(x) ≥ −d/2·log 2πσ² − E‖x − mean − W·z‖²/(2σ²) − KL with KL = ½·Σ_j(E[m_j²] + s_j − log s_j − 1). The bound depends on the table
/// by its covariance alone. Its maximum is <see cref="ProbabilisticPca"/>: the same σ², the same likelihood, and as many latents as
/// eigenvalues lie above σ². The weight of the squared error against KL is 1/(2σ²): a number that the data know.
/// Judge: a normalised likelihood. Sources: Tipping and Bishop 1999; Lucas et al. 2019.
/// </remarks>
public sealed class LinearVae : Module
{
    readonly Tensor covariance;
    /// <summary>So far below the largest likelihood, in nats a row, a fit is said not to be at rest.</summary>
    const double Rest = 0.1;

    readonly double total;
    readonly ProbabilisticPca analysis;

    /// <summary>A model for a table, with small random weights.</summary>
    /// <param name="x">Shape (n, d), finite.</param>
    /// <param name="latents">q, from 1 to below d.</param>
    /// <param name="noise">The first σ², above 0, in the unit of x squared; default 1.</param>
    /// <param name="learned">Whether σ² trains; default true. False: it is given, and stays.</param>
    /// <param name="seed">Of the first weights.</param>
    /// <exception cref="ShapeException">Another shape.</exception>
    /// <exception cref="JudgeException">Numbers that are not finite, rows that are all the same, or so many latents that no noise is left
    /// to learn.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of latents or a noise outside of its range.</exception>
    public LinearVae(Tensor x, int latents, double noise = 1, bool learned = true, int seed = 1)
    {
        var (centred, mean) = ProbabilisticPca.Centred(nameof(LinearVae), x);
        ArgumentOutOfRangeException.ThrowIfLessThan(latents, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(latents, centred.shape[1]);
        covariance = tf.matmul(centred, centred, transpose_a: true) / (double)x.shape[0];
        total = (double)tf.reduce_sum(tf.linalg.diag_part(covariance));
        analysis = ProbabilisticPca.Of(x);
        if (learned && analysis.Eigenvalues.Count(v => v > 0) is var directions && directions <= latents)
            throw new JudgeException($"LinearVae: expected fewer latents than the {directions} directions in which the data vary. "
                + $"Received: {latents}, which leaves no noise: σ² would run to 0. Take fewer, or give σ²: learned: false.");
        Mean = mean;
        var random = new SplitMix64((ulong)seed);
        Tensor Small(int rows, int columns) => tf.reshape(tf.constant(
            Enumerable.Range(0, rows * columns).Select(_ => 0.1 * random.NextNormal()).ToArray()), (rows, columns));
        Decoder = tf.Variable(Small(centred.shape[1], latents), name: "decoder");
        Encoder = tf.Variable(Small(latents, centred.shape[1]), name: "encoder");
        Spread = new(tf.ones(latents, tf.float64), "spread", tf.float64);
        Noise = new(noise, "noise", tf.float64);
        Noise.Raw.trainable = learned;
    }

    /// <summary>The mean of the rows, shape (d,).</summary>
    public Tensor Mean { get; }

    /// <summary>W, shape (d, q).</summary>
    public Variable Decoder { get; }

    /// <summary>V, shape (q, d).</summary>
    public Variable Encoder { get; }

    /// <summary>s, the variances of q(z|x), shape (q,).</summary>
    public Positive Spread { get; }

    /// <summary>σ².</summary>
    public Positive Noise { get; }

    /// <summary>The mean over rows of KL(q(z|x) ‖ p(z)), latent by latent, shape (q,).</summary>
    public Tensor Divergences => Divergence(tf.reduce_sum(tf.matmul(Encoder, covariance) * Encoder, 1));

    /// <summary>The mean over rows of E‖x − mean − W·z‖², a scalar: the squared error of a decoded row, with what the spread
    /// adds.</summary>
    public Tensor Error
    {
        get
        {
            var seen = tf.matmul(Encoder, covariance);
            return ErrorOf(seen, tf.matmul(seen, Encoder, transpose_b: true));
        }
    }

    /// <summary>The lower bound on log p of a row, a mean over the table, a scalar.</summary>
    public Tensor Bound
    {
        get
        {
            var seen = tf.matmul(Encoder, covariance);
            var moments = tf.matmul(seen, Encoder, transpose_b: true);
            return -(covariance.shape[0] / 2.0) * (Noise.Log + Math.Log(2 * Math.PI)) - ErrorOf(seen, moments) / (2.0 * Noise.Value)
                - tf.reduce_sum(Divergence(tf.linalg.diag_part(moments)));
        }
    }

    /// <summary>How many latents say anything: those with a divergence above a threshold.</summary>
    /// <param name="threshold">In nats; default 0.01.</param>
    public int Active(double threshold = 0.01) => Divergences.ToArray<double>().Count(k => k > threshold);

    /// <summary>Descends on −<see cref="Bound"/> with Adam, whose rate falls to 0 along a half cosine.</summary>
    /// <param name="steps">How many steps; default 3000.</param>
    /// <param name="rate">The first rate; default 0.02.</param>
    /// <param name="each">Called before each step, with its number from 0 on.</param>
    public void Fit(int steps = 3000, double rate = 0.02, Action<int>? each = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var adam = optimizers.Adam(optimizers.schedules.CosineDecay(rate, steps));
        Variable[] moved = [Decoder, Encoder, Spread.Raw, .. Noise.Raw.trainable ? [Noise.Raw] : Array.Empty<Variable>()];
        for (var step = 0; step < steps; step++)
        {
            each?.Invoke(step);
            adam.minimize(() => -Bound, moved);
        }
        var (bound, best) = ((double)Bound, analysis.LogLikelihood(Decoder.shape[1],
            Noise.Raw.trainable ? analysis.Noise(Decoder.shape[1]) : (double)Noise.Value));
        if (!(best - bound < Rest))
            Warnings.Once("rest", $"LinearVae.Fit: expected to come to rest at the largest likelihood of a row, {Numbers.Show(best, 5)}. "
                + $"Received: {Numbers.Show(bound, 5)} after {steps} steps. Its rate and first weights suit features of a size near 1: "
                + $"divide the table by {Numbers.Show(Math.Sqrt(total / covariance.shape[0]), 3)}, their size, or take more steps.", this);
    }

    /// <summary>The means of q(z|x), shape (n, q).</summary>
    /// <param name="x">Shape (n, d).</param>
    public Tensor Encode(Tensor x) => tf.matmul(tf.cast(x, tf.float64) - Mean, Encoder, transpose_b: true);

    /// <summary>W·z + mean, shape (n, d).</summary>
    /// <param name="z">Shape (n, q).</param>
    public Tensor Decode(Tensor z) => tf.matmul(tf.cast(z, tf.float64), Decoder, transpose_b: true) + Mean;

    Tensor Divergence(Tensor squares) => 0.5 * (squares + Spread.Value - Spread.Log - 1.0);

    /// <summary>tr S − 2·tr(W·V·S) + tr(W'W·V·S·V') + Σ s_j·‖w_j‖².</summary>
    Tensor ErrorOf(Tensor seen, Tensor moments)
    {
        var lengths = tf.matmul(Decoder, Decoder, transpose_a: true);
        return total - 2.0 * tf.reduce_sum(seen * tf.transpose(Decoder)) + tf.reduce_sum(lengths * moments)
            + tf.reduce_sum(Spread.Value * tf.linalg.diag_part(lengths));
    }
}
