using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// The learned price of a requirement g ≤ 0: it rises while the requirement is violated, falls while there is room, and stops at zero.
/// </summary>
/// <remarks>
/// Lagrangian: f(w) + λ·g(w). The model descends on w while λ ascends: λ ← max(0, λ + rate·g). At rest the requirement holds and −λ is what
/// the
/// optimum of f gains for each unit by which g is relaxed (the shadow price). With g = ½(‖w‖² − budget) the multiplier is the L2 strength
/// that has that norm. Judge: a constraint.
/// Sources: Platt and Barr 1987 (differential multipliers); Rezende and Viola 2018 (GECO).
/// </remarks>
public sealed class Multiplier
{
    readonly Hyperparameter rate, clip;

    /// <summary>A multiplier that starts at a given price.</summary>
    /// <param name="initial">The first price, at least 0.</param>
    /// <param name="rate">How fast the price follows the violation; about the learning rate of the model is a good start.</param>
    /// <param name="clip">
    /// The largest violation that counts, in either direction; default: no limit. A long violation otherwise winds the price up far above
    /// where it
    /// comes to rest.
    /// </param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="dtype">The element type of the variable; that of the violation.</param>
    /// <exception cref="ArgumentOutOfRangeException">The price is negative, or rate or clip is not positive.</exception>
    public Multiplier(Hyperparameter? initial = null, Hyperparameter? rate = null, Hyperparameter? clip = null, string name = "multiplier",
        DType dtype = DType.Float32)
    {
        var first = (initial ?? 0).Fixed("Multiplier initial");
        ArgumentOutOfRangeException.ThrowIfNegative(first, nameof(initial));
        (this.rate, this.clip) = (rate ?? 0.1, clip ?? double.PositiveInfinity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero((double)this.rate, nameof(rate));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero((double)this.clip, nameof(clip));
        // Not trainable: descent on the Lagrangian would move the price the wrong way.
        Value = tf.Variable(first, trainable: false, name: name, dtype: dtype);
        Judged.By(Judge.Budget, this, Value);
    }

    /// <summary>The price λ: a scalar that is not trainable, so that no optimizer of the model moves it.</summary>
    public Variable Value { get; }

    double Rate => rate.Fixed("Multiplier rate");

    /// <summary>The term λ·g to add to the loss. No gradient reaches λ.</summary>
    /// <param name="violation">g, a scalar; positive where the requirement is violated.</param>
    public Tensor Term(Operand violation) => tf.stop_gradient(Value) * violation;

    /// <summary>
    /// The term of the augmented Lagrangian, (max(0, λ + rate·g)² − λ²) / (2·rate): the price and a penalty in one, for a few long
    /// trainings between ascents.
    /// </summary>
    /// <remarks>
    /// At its minimum the price λ + rate·g is that of the next ascent, so the violation shrinks by a constant factor each time. Sources:
    /// Hestenes 1969; Powell 1969.
    /// </remarks>
    /// <param name="violation">g, a scalar; positive where the requirement is violated.</param>
    public Tensor Augmented(Operand violation)
    {
        var price = tf.stop_gradient(Value);
        var rate = Rate;
        return (tf.square(tf.maximum(price + rate * violation, 0.0)) - tf.square(price)) / (2 * rate);
    }

    /// <summary>Moves the price: λ ← max(0, λ + rate·g), with g clipped.</summary>
    /// <param name="violation">g after the model's step, a scalar.</param>
    public void Ascend(Operand violation)
    {
        var limit = clip.Fixed("Multiplier clip");
        var counted = tf.clip_by_value(violation, -limit, limit);
        if (Judged.Of(Value) is { } judged) judged.Gradient = -counted;
        Value.assign(tf.maximum(Value + Rate * counted, 0.0));
    }
}
