using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// The training loss at one point to second order: its gradient by the weights, and products with the derivatives of that gradient.
/// </summary>
/// <remarks>One tape stays behind the gradient, so each product costs one backward pass. All vectors are flat.</remarks>
sealed class Curvature
{
    readonly GradientTape tape;
    readonly Variable[] weights;
    readonly Variable[] variables;

    public Curvature(TrainingProblem problem, IReadOnlyList<Variable> variables)
    {
        (weights, this.variables) = ([.. problem.Weights], [.. variables]);
        using (tape = tf.GradientTape(persistent: true, watch_accessed_variables: false))
        {
            tape.watch(weights);
            tape.watch(this.variables);
            using var inner = tf.GradientTape(watch_accessed_variables: false);
            inner.watch(weights);
            var loss = problem.Loss();
            Loss = (double)tf.stop_gradient(loss);
            Gradient = Derivatives.Join(inner.gradient(loss, weights, unconnected_gradients: UnconnectedGradients.ZERO));
        }
    }

    /// <summary>L.</summary>
    public double Loss { get; }

    /// <summary>∂L/∂w.</summary>
    public Tensor Gradient { get; }

    /// <summary>H·v with H = ∂²L/∂w².</summary>
    public Tensor Hessian(Tensor v) => Derivatives.Join(tape.gradient(Gradient, weights, v, UnconnectedGradients.ZERO));

    /// <summary>
    /// ∂(v·∂L/∂w)/∂λ for each variable: how the gradient along v answers to the learned variables; null where it does not read one.
    /// </summary>
    public Tensor?[] Mixed(Tensor v) => tape.gradient(Gradient, variables, v);

    /// <summary>Both products, in one backward pass.</summary>
    public (Tensor Hessian, Tensor?[] Mixed) Both(Tensor v)
    {
        Tensor?[] all = tape.gradient(Gradient, [.. weights, .. variables], v);
        return (Derivatives.Join(Derivatives.OrZeros(all[..weights.Length], weights)), all[weights.Length..]);
    }
}
