using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What a model's multiplications cost while it trains: price · <see cref="Operations.Expected"/> / those of the whole model is
/// added to the loss of each step.</summary>
/// <remarks>
/// <c>model.fit(x, y, callbacks: [new OperationPrice(3)])</c>: to compute all is worth 3 of the loss, and closed gates pay nothing. A gate
/// that has closed hears nothing of the loss and stays closed, so let the price grow over most of the steps. Judge: the training loss, with
/// a cost that you declare.
/// </remarks>
public sealed class OperationPrice : Callback
{
    readonly Hyperparameter price;
    readonly int over;
    long begun;

    /// <summary>A price on multiplications.</summary>
    /// <param name="price">What all multiplications of the model cost together, at least 0, in the unit of the loss. May be a variable that
    /// something else writes; descent would lower it to 0.</param>
    /// <param name="over">Over how many steps it grows from 0, evenly; default 0: it is there at once.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number below 0.</exception>
    public OperationPrice(Hyperparameter price, int over = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(over);
        (this.price, this.over) = (price.Within("OperationPrice price", low: 0), over);
    }

    /// <inheritdoc/>
    public override void on_train_begin(Dictionary<string, double> logs) => begun = model.optimizer!.iterations;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The model has no gates, or <see cref="Operations.Expected"/> cannot count it.</exception>
    public override Tensor? Term(IReadOnlyList<Tensor?> y_true, IReadOnlyList<Tensor> y_pred)
    {
        var expected = Operations.Expected(model);
        var steps = model.optimizer!.iterations - begun + 1;
        var grown = steps >= over ? 1 : steps / (double)over;
        return grown / Operations.Of(model) * tf.stop_gradient(price.value(expected.dtype)) * expected;
    }
}
