using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Weights of several losses, learned as the noise of each task: Σ L_i·exp(−s_i)/2 + s_i/2 with s_i = log σ_i².</summary>
/// <remarks>
/// The term s_i/2 charges for the weight exp(−s_i)/2. At the optimum exp(s_i) = L_i, so what is minimised is ½·Σ log L_i: a factor before a loss changes
/// nothing. The value may be negative; that is right. Where a loss can reach 0 its weight grows without end: leave such a loss out.
/// The paper gives a cross-entropy twice the weight of a squared error, exp(−s)·L + s/2: write 2·L for it here, which only shifts s by log 2.
/// Judge: a normalised likelihood. Source: Kendall, Gal, Cipolla 2018.
/// </remarks>
public sealed class UncertaintyWeights : Module
{
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
        return 0.5 * tf.reduce_sum(tf.exp(-LogVariances) * tf.stack(losses) + LogVariances);
    }
}
