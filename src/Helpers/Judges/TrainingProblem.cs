using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>The inner problem of a judge: weights that a training loss moves, while the learned variables stand still.</summary>
/// <remarks>
/// The loss is a function of variables: a closure over variables of your own, or of a Keras model,
/// <c>() =&gt; model.compute_loss(x, y, [model.Apply(x, training: true)], null)</c>. It must give the same value for the same weights: fix
/// the batch, and leave
/// dropout out. It needs two derivatives.
/// </remarks>
public sealed class TrainingProblem
{
    readonly Variable[] weights;

    /// <summary>A loss and the weights it trains.</summary>
    /// <param name="loss">A scalar.</param>
    /// <param name="weights">What the loss moves; all of one dtype.</param>
    /// <exception cref="ArgumentException">No weights.</exception>
    public TrainingProblem(Func<Tensor> loss, IEnumerable<Variable> weights)
    {
        (Loss, this.weights) = (loss, [.. weights]);
        if (this.weights.Length == 0)
            throw new ArgumentException(
                "TrainingProblem: expected at least one weight. Received: none. A model has weights after its first call.");
    }

    /// <summary>The training loss.</summary>
    public Func<Tensor> Loss { get; }

    /// <summary>What the loss moves.</summary>
    public IReadOnlyList<Variable> Weights => weights;

    /// <summary>Trains until the gradient is small.</summary>
    /// <param name="optimizer">What moves the weights.</param>
    /// <param name="tolerance">The norm of the gradient at which it has converged.</param>
    /// <param name="maxSteps">The largest number of steps.</param>
    /// <returns>The number of steps made.</returns>
    /// <exception cref="JudgeException">It has not converged; the message has the norm.</exception>
    public int Minimize(Optimizer optimizer, double tolerance = 1e-6, int maxSteps = 10_000)
    {
        for (var step = 0; ; step++)
        {
            var gradients = Gradients();
            var norm = Norm(Derivatives.Join(gradients));
            if (norm <= tolerance) return step;
            if (step == maxSteps || !double.IsFinite(norm)) throw NotConverged(norm, tolerance, $" after {step} steps");
            optimizer.apply_gradients(gradients.Zip(weights, (g, w) => ((Tensor?)g, w)));
        }
    }

    /// <summary>The gradients of the loss by the weights.</summary>
    internal Tensor[] Gradients() => Derivatives.OrZeros(Derivatives.Of(Loss, weights).Gradients, weights);

    internal Tensor[] Values() => Array.ConvertAll(weights, w => tf.stop_gradient(w.value()));

    internal void Assign(Tensor[] values)
    {
        for (var i = 0; i < weights.Length; i++) weights[i].assign(values[i]);
    }

    internal static double Norm(Tensor vector) => Math.Sqrt((double)tf.reduce_sum(tf.square(vector)));

    internal static JudgeException NotConverged(double norm, double tolerance, string when) => double.IsFinite(norm)
        ? new($"The inner problem has not converged{when}: expected a gradient of the training loss of norm at "
            + $"most {Numbers.Show(tolerance)}. Received: {Numbers.Show(norm)}. "
                + "Train longer, or with a smaller learning rate, or state a larger tolerance.")
        : new($"The inner problem has not converged{when}: expected a finite gradient of the training loss. "
            + $"Received: norm {Numbers.Show(norm)}. "
            + "Either training has diverged, and a smaller learning rate helps; "
            + "or the loss has no finite derivative there, as where a power, a root, a norm or a logarithm meets 0: "
            + "take PowerLayer or tf.signed_pow(x, p, epsilon) for a power, tf.sqrt(x + 1e-12) for a root.");

    /// <summary>The gradients by the weights, all finite.</summary>
    internal Tensor[] FiniteGradients(string who)
    {
        var gradients = Gradients();
        var lost = string.Join(", ", weights.Where((_, i) => !Derivatives.AreFinite(gradients[i])).Select(w => $"'{w.name}'"));
        return lost.Length == 0 || !Array.TrueForAll(weights, w => Derivatives.AreFinite(w.value())) ? gradients
            : throw Derivatives.NotFinite(who, $"the gradients of the training loss by {lost}");
    }

    /// <summary>A validation loss, its gradients by the weights as one vector, and by learned variables that it reads itself.</summary>
    internal (double Loss, Tensor ByWeights, Tensor?[] ByVariables) Validate(Func<Tensor> validation, IReadOnlyList<Variable> variables)
    {
        var (loss, gradients) = Derivatives.Of(validation, [.. weights, .. variables]);
        if (!double.IsFinite(loss))
            throw new JudgeException(
                $"A judge needs data: expected a finite validation loss. Received: {Numbers.Show(loss)}. "
                    + "The validation set is empty, or the model has diverged.");
        if (gradients.Take(weights.Length).All(g => g is null))
            throw new JudgeException(
                $"A judge needs data: expected a validation loss that depends on the "
                    + $"weights ({string.Join(", ", weights.Take(3).Select(w => $"'{w.name}'"))}). Received: one that reads none of them. "
                        + "Compute it inside the function, from the model.");
        return (loss, Derivatives.Join(Derivatives.OrZeros(gradients[..weights.Length], weights)), gradients[weights.Length..]);
    }
}
