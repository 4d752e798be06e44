using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// Weights on a simplex that climb while the model descends: the greatest loss gains weight until no loss is greater. Minimax.
/// </summary>
/// <remarks>
/// Value: Σ w_i·L_i with w = softmax(raw). The gradient by the model is that of the value; the gradient by raw has its sign turned around,
/// so that any
/// optimizer which descends makes the weights climb. At rest the losses that have weight are equal, and the model minimises the greatest
/// loss. Descent of both would
/// give all weight to the smallest loss instead. The scale of a loss counts: state losses in units in which "equally bad" makes sense.
/// Judge: a constraint, the simplex, with an adversary on it. Sources: Sagawa et al. 2020 (group DRO); Mohri, Sivek, Suresh 2019.
/// </remarks>
public sealed class SoftmaxWeights : Module
{
    /// <summary>Equal weights to begin with.</summary>
    /// <param name="tasks">The number of losses.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="dtype">The element type of the variable.</param>
    public SoftmaxWeights(int tasks, string name = "task_weights", DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        Weights = Simplex.Uniform(tasks, name, dtype);
    }

    /// <summary>The weights, shape (tasks,), which sum to 1. Their raw variable trains with the weights of the model.</summary>
    public Simplex Weights { get; }

    /// <summary>The whole loss, a scalar.</summary>
    /// <param name="losses">One scalar for each task.</param>
    /// <exception cref="ShapeException">Not as many losses as tasks.</exception>
    public Tensor Loss(params IReadOnlyList<Tensor> losses)
    {
        if (losses.Count != Weights.Raw.shape[0])
            throw new ShapeException($"SoftmaxWeights: expected {Weights.Raw.shape[0]} losses. Received: {losses.Count}.");
        Tensor all = tf.stack([.. losses]), weights = Weights.Value, held = tf.stop_gradient(weights);
        // The second sum is 0 and turns the sign of the gradient by the weights around.
        return tf.reduce_sum(held * all) - tf.reduce_sum((weights - held) * tf.stop_gradient(all));
    }
}
