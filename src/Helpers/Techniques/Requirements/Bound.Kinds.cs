using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

public sealed partial class Bound
{
    /// <summary>A quantity of an output that shall not exceed a limit, such as <c>Bound.AtMost("mse", 0.03)</c>.</summary>
    /// <param name="quantity">A loss, or the name of one: its value on the batch, without sample weights.</param>
    /// <param name="limit">The largest, smallest or only value that is wanted, in the unit of the quantity.</param>
    /// <param name="output">Of which output, counted from 0.</param>
    /// <param name="name">Its name in the history, in messages and in records; default: that of the loss.</param>
    /// <exception cref="ArgumentException">The limit is not finite.</exception>
    public static Bound AtMost(Loss quantity, double limit, int output = 0, string? name = null) =>
        new(BoundKind.AtMost, null, Of(quantity), limit, output, name ?? quantity.name);

    /// <summary>A quantity of variables that shall not exceed a limit, such as <c>() => tf.reduce_sum(gate.Open)</c>.</summary>
    /// <param name="quantity">Computes the quantity, a scalar, from the variables themselves.</param>
    /// <param name="limit">The largest, smallest or only value that is wanted, in the unit of the quantity.</param>
    /// <param name="name">Its name in the history, in messages and in records.</param>
    /// <exception cref="ArgumentException">The limit is not finite.</exception>
    public static Bound AtMost(Func<Tensor> quantity, double limit, string name = "bound") =>
        new(BoundKind.AtMost, quantity, null, limit, 0, name);

    /// <summary>A quantity of targets and predictions that shall not exceed a limit.</summary>
    /// <param name="quantity">Computes the quantity, a scalar, from targets (null where there are none) and predictions.</param>
    /// <param name="limit">The largest, smallest or only value that is wanted, in the unit of the quantity.</param>
    /// <param name="output">Of which output, counted from 0.</param>
    /// <param name="name">Its name in the history, in messages and in records.</param>
    /// <exception cref="ArgumentException">The limit is not finite.</exception>
    public static Bound AtMost(Func<Tensor, Tensor, Tensor> quantity, double limit, int output = 0, string name = "bound") =>
        new(BoundKind.AtMost, null, quantity, limit, output, name);

    /// <summary>A quantity of an output that shall not fall below a limit.</summary>
    /// <inheritdoc cref="AtMost(Loss, double, int, string?)"/>
    public static Bound AtLeast(Loss quantity, double limit, int output = 0, string? name = null) =>
        new(BoundKind.AtLeast, null, Of(quantity), limit, output, name ?? quantity.name);

    /// <summary>A quantity of variables that shall not fall below a limit.</summary>
    /// <inheritdoc cref="AtMost(Func{Tensor}, double, string)"/>
    public static Bound AtLeast(Func<Tensor> quantity, double limit, string name = "bound") =>
        new(BoundKind.AtLeast, quantity, null, limit, 0, name);

    /// <summary>A quantity of targets and predictions that shall not fall below a limit.</summary>
    /// <inheritdoc cref="AtMost(Func{Tensor, Tensor, Tensor}, double, int, string)"/>
    public static Bound AtLeast(Func<Tensor, Tensor, Tensor> quantity, double limit, int output = 0, string name = "bound") =>
        new(BoundKind.AtLeast, null, quantity, limit, output, name);

    /// <summary>A quantity of an output that shall have a value; its price may be negative.</summary>
    /// <inheritdoc cref="AtMost(Loss, double, int, string?)"/>
    public static Bound Equal(Loss quantity, double limit, int output = 0, string? name = null) =>
        new(BoundKind.Equal, null, Of(quantity), limit, output, name ?? quantity.name);

    /// <summary>A quantity of variables that shall have a value; its price may be negative.</summary>
    /// <inheritdoc cref="AtMost(Func{Tensor}, double, string)"/>
    public static Bound Equal(Func<Tensor> quantity, double limit, string name = "bound") =>
        new(BoundKind.Equal, quantity, null, limit, 0, name);

    /// <summary>A quantity of targets and predictions that shall have a value; its price may be negative.</summary>
    /// <inheritdoc cref="AtMost(Func{Tensor, Tensor, Tensor}, double, int, string)"/>
    public static Bound Equal(Func<Tensor, Tensor, Tensor> quantity, double limit, int output = 0, string name = "bound") =>
        new(BoundKind.Equal, null, quantity, limit, output, name);

    static Func<Tensor, Tensor, Tensor> Of(Loss loss) => (y_true, y_pred) => loss.Apply(y_true
        ?? throw new ModelException($"Bound '{loss.name}': expected targets for its output. Received: none. "
            + "Pass y to fit, or state a function of predictions."), y_pred);
}
