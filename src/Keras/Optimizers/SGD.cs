using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Keras;

/// <summary>Gradient descent: w −= rate · g, or with momentum v = momentum · v − rate · g; w += v. Keras: keras.optimizers.SGD.</summary>
/// <remarks>The learning rate is inside the velocity. Nesterov: w += momentum · v − rate · g with the new v.</remarks>
/// <param name="learning_rate">A number, a variable or a schedule; default 0.01.</param>
/// <param name="momentum">From 0 to 1; default 0; may be a variable.</param>
/// <param name="nesterov">Whether the gradient counts as if it were taken one step ahead.</param>
[Names("sgd")]
public sealed class SGD(LearningRate? learning_rate = null, Hyperparameter? momentum = null, bool nesterov = false)
    : Optimizer(learning_rate ?? 0.01)
{
    readonly Hyperparameter momentum = (momentum ?? 0).Within("momentum", low: 0, high: 1);

    /// <inheritdoc/>
    protected override string[] SlotNames => ["velocity"];

    private protected override int[][] SlotGroups => (double)momentum == 0 ? [] : [[0]];

    private protected override bool TryUpdateInPlace(Variable variable, Tensor g, Slots s, double lr, long t)
    {
        if ((double)momentum != 0) return false;
        Backend.Current.Update(Updates.Descent, variable, g, null, null, [lr]);
        return true;
    }

    /// <inheritdoc/>
    protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t)
    {
        var mu = (double)momentum;
        if (mu == 0) return w - lr * g;
        var v = s[0] = mu * s[0] - lr * g;
        return nesterov ? w + mu * v - lr * g : w + v;
    }
}
