using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// Weights of several losses that are found anew at each step from the gradients with which the losses pull the weights of the model they
/// share.
/// </summary>
/// <remarks>
/// Shared are the weights of the model that at least two losses read; the others are heads. All that counts is the K×K table of the dot
/// products
/// g_i·g_j of the pulls. In a loop of your own: <c>var (losses, gradients) = balance.Step(() =&gt; [ce, mse],
/// model.trainable_variables)</c>, then
/// <c>optimizer.apply_gradients(gradients.Zip(model.trainable_variables))</c>.
/// </remarks>
public abstract class GradientWeights : Module
{
    private protected GradientWeights(int tasks, string name, DType dtype)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        // Not trainable: the weighted loss is monotone in the weights and would remove them.
        Weights = tf.Variable(tf.ones(tasks, dtype), trainable: false, name: name);
        Judged.By(Judge.Budget, this, Weights);
    }

    /// <summary>The weights, shape (tasks,): not trainable, so that no optimizer of the model moves them.</summary>
    public Variable Weights { get; }

    /// <summary>One step: the gradients for your optimizer, and an update of the weights.</summary>
    /// <param name="losses">Computes the losses, one scalar for each task; called once, under a tape.</param>
    /// <param name="weights">The weights of the model, shared ones and heads.</param>
    /// <returns>The losses before the step, and one gradient for each of the weights of the model; zeros where no loss reads it.</returns>
    /// <exception cref="ShapeException">Not as many losses as tasks.</exception>
    /// <exception cref="ArgumentException">The losses share no weights.</exception>
    public (Tensor[] Losses, Tensor[] Gradients) Step(Func<IReadOnlyList<Tensor>> losses, IReadOnlyList<Variable> weights)
    {
        using var tape = tf.GradientTape(persistent: true);
        Tensor[] values = [.. losses()];
        if (values.Length != Weights.shape[0])
            throw new ShapeException($"{GetType().Name}: expected {Weights.shape[0]} losses. Received: {values.Length}.");
        var pulls = Array.ConvertAll(values, l => tape.gradient(l, weights));
        int[] shared = [.. Enumerable.Range(0, weights.Count).Where(k => pulls.Count(p => p[k] is not null) >= Math.Min(2, values.Length))];
        if (shared.Length == 0)
            throw new ArgumentException(
                $"{GetType().Name}: expected weights that at least two losses read. "
                    + $"Received: {weights.Count} weights, and none that two losses share.");

        var (sizes, dots) = (Array.ConvertAll(values, l => (double)l), Dots(pulls, shared, weights));
        for (var i = 0; i < sizes.Length; i++)
            if (!(double.IsFinite(sizes[i]) && double.IsFinite(dots[i, i])))
                throw new ArgumentException($"{GetType().Name}: expected finite losses with finite gradients, for they decide over the "
                    + $"weights. Received: loss {i} is {Numbers.Show(sizes[i])}"
                    + $"{(double.IsFinite(dots[i, i]) ? "" : " and its gradient is not finite")}. "
                    + "A root, a norm, a quotient or a logarithm at 0 has no finite slope: keep it away from 0, tf.sqrt(x + 1e-12).");
        var (used, next) = Balance(sizes, dots);
        Weights.assign(tf.constant(next, Weights.dtype));
        return (values,
            [.. Enumerable.Range(0, weights.Count)
                .Select(k => Sum(pulls, WeighsHeads || shared.Contains(k) ? used : null, weights[k], k))]);
    }

    /// <summary>Whether a head moves by its loss times the weight, or by its loss as it is.</summary>
    private protected virtual bool WeighsHeads => false;

    /// <summary>The weights from the losses and the dot products of their pulls: those of this step, and those to keep.</summary>
    private protected abstract (double[] Used, double[] Next) Balance(double[] losses, double[,] dots);

    static double[,] Dots(Tensor?[][] pulls, int[] shared, IReadOnlyList<Variable> weights)
    {
        var rows = tf.stack(
            [.. pulls.Select(p => Derivatives.Join(shared.Select(k => p[k] ?? tf.zeros(weights[k].shape, weights[k].dtype))))]);
        var products = tf.matmul(rows, rows, transpose_b: true).ToArray<double>();
        var dots = new double[pulls.Length, pulls.Length];
        Buffer.BlockCopy(products, 0, dots, 0, products.Length * sizeof(double));
        return dots;
    }

    static Tensor Sum(Tensor?[][] pulls, double[]? factors, Variable weight, int k)
    {
        Tensor[] terms =
            [.. pulls.Select((p, i) => (Pull: p[k], Factor: factors?[i] ?? 1)).Where(t => t.Pull is not null)
                .Select(t => t.Pull! * t.Factor)];
        return terms.Length == 0 ? tf.zeros(weight.shape, weight.dtype) : tf.add_n(terms);
    }
}
