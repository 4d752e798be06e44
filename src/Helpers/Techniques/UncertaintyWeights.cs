using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Weights of several losses, learned as the noise of each task: Σ L_i·exp(−s_i)/2 + s_i/2 with s_i = log σ_i².</summary>
/// <remarks>
/// The term s_i/2 charges for the weight exp(−s_i)/2. At the optimum exp(s_i) = L_i, so what is minimised is ½·Σ log L_i: a factor before a
/// loss changes
/// nothing. The value may be negative; that is right. Where a loss can reach 0 its weight grows without end: leave such a loss out.
/// The paper gives a cross-entropy twice the weight of a squared error, exp(−s)·L + s/2: write 2·L for it here, which only shifts s by log
/// 2.
/// Judge: a normalised likelihood. Source: Kendall, Gal, Cipolla 2018.
/// </remarks>
public sealed class UncertaintyWeights : Module
{
    /// <summary>So many steps in a row a loss may be 0, as a hinge on an easy batch is, before it is named.</summary>
    const int Patience = 10;

    readonly int[] atZero;

    /// <summary>Weights that start from given variances.</summary>
    /// <param name="tasks">The number of losses.</param>
    /// <param name="variance">The first variance of each, above 0; about the first value of the losses is a good start; default 1.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="dtype">The element type of the variable.</param>
    public UncertaintyWeights(int tasks, Hyperparameter? variance = null, string name = "log_variances", DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        var first = (variance ?? 1).Fixed("UncertaintyWeights variance");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(first, nameof(variance));
        atZero = new int[tasks];
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
}
