using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Weights of several losses, learned so that each pulls the shared weights as hard as its progress asks for.</summary>
/// <remarks>
/// G_i = w_i·‖∂L_i/∂shared‖, r_i = (L_i/L_i(first)) / mean. The weights descend on Σ|G_i − mean(G)·r_iᵅ| with the targets held constant,
/// then are
/// scaled to sum to the number of tasks. Before that, each is kept at 0.001 or above: beyond 0 a loss would be maximised, and its pull
/// would look
/// the same. Where all losses are 0 the weights stay; a loss that falls below 0 is refused. Give only the last shared layer where the
/// others are large, as the paper does.
/// Judge: a constraint, the balance of the gradients. Source: Chen et al. 2018.
/// </remarks>
public sealed class GradNorm : GradientWeights
{
    const double Least = 1e-3;

    readonly Hyperparameter alpha, rate;
    double[]? first;

    /// <summary>Equal weights to begin with.</summary>
    /// <param name="tasks">The number of losses.</param>
    /// <param name="alpha">How much a slow task is pushed; 0: all pull alike.</param>
    /// <param name="rate">The learning rate of the weights.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="dtype">The element type of the variable.</param>
    public GradNorm(int tasks, Hyperparameter? alpha = null, Hyperparameter? rate = null, string name = "task_weights",
        DType dtype = DType.Float32) : base(tasks, name, dtype)
    {
        (this.alpha, this.rate) = (alpha ?? 0.5, rate ?? 0.025);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero((double)this.rate, nameof(rate));
    }

    /// <summary>G_i of the last step: how hard each weighted loss pulls the shared weights. Empty before the first.</summary>
    public IReadOnlyList<double> Norms { get; private set; } = [];

    private protected override bool WeighsHeads => true;

    private protected override (double[] Used, double[] Next) Balance(double[] losses, double[,] dots)
    {
        first ??= Array.TrueForAll(losses, l => l > 0) ? losses
            : throw new ArgumentException(
                $"GradNorm: expected first losses above 0, for progress is measured in parts of them. "
                    + $"Received: {string.Join(", ", losses.Select(l => Numbers.Show(l)))}.");
        for (var i = 0; i < losses.Length; i++)
            if (losses[i] < 0)
                throw new ArgumentException(
                    $"GradNorm: expected losses that stay at 0 or above, for progress is measured in parts of the first ones. "
                    + $"Received: loss {i} is {Numbers.Show(losses[i])}. A log likelihood may fall below 0: leave it out, or add a constant.");
        double alpha = this.alpha.Fixed("GradNorm alpha"), rate = this.rate.Fixed("GradNorm rate");
        var now = Weights.read_value().ToArray<double>();
        double[] pulls = [.. now.Select((_, i) => Math.Sqrt(dots[i, i]))];
        double[] norms = [.. now.Zip(pulls, (w, p) => w * p)];
        double[] progress = [.. losses.Zip(first, (l, f) => l / f)];
        Norms = norms;
        // All losses are 0: nothing is slow and nothing fast.
        if (progress.Average() == 0) return (now, now);
        double[] slopes =
            [.. norms.Select((G, i) => Math.Sign(G - norms.Average() * Math.Pow(progress[i] / progress.Average(), alpha)) * pulls[i])];

        double[] moved = [.. now.Zip(slopes, (w, s) => Math.Max(w - rate * s, Least))];
        if (Judged.Of(Weights) is { } judged) judged.Gradient = tf.constant(slopes, Weights.dtype);
        return (now, Array.ConvertAll(moved, w => w * moved.Length / moved.Sum()));
    }
}
