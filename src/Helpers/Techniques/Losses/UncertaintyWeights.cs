using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tensors.Autodiff;

namespace Workbook.Helpers;

/// <summary>Weights of several losses, learned as the noise of each task: Σ L_i·exp(−s_i)/2 + s_i/2 with s_i = log σ_i².</summary>
/// <remarks>
/// The term s_i/2 charges for the weight exp(−s_i)/2. At the optimum exp(s_i) = L_i, so what is minimised is ½·Σ log L_i: a factor before a
/// loss moves no optimum. It does move the path there: from s = 0 a loss of 1000 has a thousandfold pull for as long as s takes to follow.
/// So s_i starts at the log of the first L_i, where both slopes are those of log L_i, in any unit; <c>variance</c> sets another start.
/// The value may be negative; that is right. Where a loss can reach 0 all its weight can do is grow: that is no exchange rate but, under
/// Adam, a longer training. Stop early, or leave such a loss out.
/// The paper gives a cross-entropy twice the weight of a squared error, exp(−s)·L + s/2: write 2·L for it here, which only shifts s by log
/// 2.
/// Judge: a normalised likelihood. Source: Kendall, Gal, Cipolla 2018.
/// </remarks>
public sealed class UncertaintyWeights : Module
{
    /// <summary>So many steps in a row a loss may be 0, as a hinge on an easy batch is, before it is named.</summary>
    const int Patience = 10;

    readonly int[] atZero;
    bool waits;

    /// <summary>Weights that start at the first losses, or from a given variance.</summary>
    /// <param name="tasks">The number of losses.</param>
    /// <param name="variance">
    /// The first variance of each, above 0. Default: the first value of its loss, taken when <see cref="Loss"/> is first called; 1 for a
    /// loss that is then not above 0 or not finite. Values that were assigned or loaded before that call stay.
    /// </param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="dtype">The element type of the variable.</param>
    public UncertaintyWeights(int tasks, Hyperparameter? variance = null, string name = "log_variances", DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        var first = (variance ?? 1).Fixed("UncertaintyWeights variance");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(first, nameof(variance));
        atZero = new int[tasks];
        waits = variance is null;
        LogVariances = tf.Variable(tf.fill(tasks, tf.constant(Math.Log(first), dtype)), name: name);
    }

    /// <summary>s, shape (tasks,): trains with the weights of the model. A model that holds this in a field owns it.</summary>
    public Variable LogVariances { get; }

    /// <summary>The whole loss, a scalar.</summary>
    /// <param name="losses">One scalar for each task.</param>
    /// <exception cref="ShapeException">Not as many losses as tasks.</exception>
    public Tensor Loss(params IReadOnlyList<Tensor> losses)
    {
        if (losses.Count != LogVariances.shape[0])
            throw new ShapeException($"UncertaintyWeights: expected {LogVariances.shape[0]} losses. Received: {losses.Count}.");
        if (waits) Start(losses);
        for (var i = 0; i < atZero.Length; i++)
        {
            // Below 0 it is the same: the weight grows, and the loss with it.
            atZero[i] = (double)losses[i] <= 0 ? atZero[i] + 1 : 0;
            if (atZero[i] == Patience)
                Warnings.Once($"zero:{i}", $"UncertaintyWeights: expected losses above 0. Received: loss {i} has been at 0 or below "
                    + $"for {Patience} steps, so s[{i}] of '{LogVariances.name}' falls without end and its weight exp(-s)/2 grows; "
                    + "the first batch whose loss is above 0 will throw the model. Leave this loss out, or add a small constant to it.",
                        this);
        }
        return 0.5 * tf.reduce_sum(tf.exp(-LogVariances) * tf.stack(losses) + LogVariances);
    }

    void Start(IReadOnlyList<Tensor> losses)
    {
        waits = false;
        // Somebody else has set them: a file of weights, or the caller.
        if (LogVariances.read_value().ToArray<double>().Any(s => s != 0)) return;
        var logs = losses.Select(l => Math.Log((double)l)).Select(l => double.IsFinite(l) ? l : 0);
        // A first value and no move: whoever forgets to train them is to be told.
        LogVariances.Try(tf.constant(logs.ToArray(), LogVariances.dtype));
    }
}
