using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Weights of several losses, learned so that each pulls the shared weights as hard as its progress asks for.</summary>
/// <remarks>
/// G_i = ‖∂(w_i·L_i)/∂shared‖, r_i = (L_i/L_i(first)) / mean. The weights descend on Σ|G_i − mean(G)·r_iᵅ| with the targets held constant, then are
/// scaled to sum to the number of tasks. Judge: a constraint, the balance of the gradients. Source: Chen et al. 2018.
/// </remarks>
public sealed class GradNorm
{
    readonly double alpha, rate;
    double[]? first;

    /// <summary>Equal weights to begin with.</summary>
    /// <param name="tasks">The number of losses.</param>
    /// <param name="alpha">How much a slow task is pushed; 0: all pull alike.</param>
    /// <param name="rate">The learning rate of the weights.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="dtype">The element type of the variable; that of the losses.</param>
    public GradNorm(int tasks, double alpha = 0.5, double rate = 0.025, string name = "task_weights", DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        (this.alpha, this.rate) = (alpha, rate);
        // Not trainable: the weighted loss is monotone in the weights and would remove them.
        Weights = tf.Variable(tf.ones(tasks, dtype), trainable: false, name: name);
        Judged.By(Judge.Budget, this, Weights);
    }

    /// <summary>The weights, shape (tasks,): not trainable, so that no optimizer of the model moves them.</summary>
    public Variable Weights { get; }

    /// <summary>G_i of the last step: how hard each weighted loss pulls the shared weights. Empty before the first.</summary>
    public IReadOnlyList<Tensor> Norms { get; private set; } = [];

    /// <summary>One step: the gradients of the weighted loss for your optimizer, and an update of the weights.</summary>
    /// <param name="losses">Computes the losses, one scalar for each task; called once, under tapes.</param>
    /// <param name="shared">The weights of the model that all tasks share.</param>
    /// <returns>The losses, and the gradients of Σ w_i·L_i by the shared weights, with the weights from before their update.</returns>
    /// <exception cref="ShapeException">Not as many losses as tasks.</exception>
    public (Tensor[] Losses, Tensor[] Gradients) Step(Func<IReadOnlyList<Tensor>> losses, IReadOnlyList<Variable> shared)
    {
        using var outer = tf.GradientTape();
        outer.watch(Weights);
        Tensor[] values, norms;
        Tensor[][] pulls;
        using (var inner = tf.GradientTape(persistent: true))
        {
            values = [.. losses()];
            if (values.Length != Weights.shape[0])
                throw new ShapeException($"GradNorm: expected {Weights.shape[0]} losses. Received: {values.Length}.");
            pulls = [.. values.Select((l, i) => inner.gradient(Weights[i] * l, shared, unconnected_gradients: UnconnectedGradients.ZERO))];
            norms = Array.ConvertAll(pulls, p => tf.norm(Derivatives.Join(p)));
        }
        var (G, target) = (tf.stack(norms), Targets(values, norms));
        var imbalance = outer.gradient(tf.reduce_sum(tf.abs(G - target)), Weights);
        var moved = Weights.value() - rate * imbalance;
        Weights.assign(moved * (values.Length / tf.reduce_sum(moved)));
        Norms = norms;
        if (Judged.Of(Weights) is { } judged) judged.Gradient = imbalance;
        return (values, [.. Enumerable.Range(0, shared.Count).Select(k => tf.add_n(pulls.Select(p => p[k])))]);
    }

    Tensor Targets(Tensor[] losses, Tensor[] norms)
    {
        var now = Array.ConvertAll(losses, l => (double)l);
        first ??= now;
        var progress = now.Zip(first, (l, f) => l / f).ToArray();
        var (mean, pull) = (progress.Average(), norms.Average(g => (double)g));
        return tf.constant(Array.ConvertAll(progress, p => pull * Math.Pow(p / mean, alpha)), norms[0].dtype);
    }
}
