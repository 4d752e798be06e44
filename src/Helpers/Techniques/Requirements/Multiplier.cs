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
/// that has that norm. A <see cref="Bound"/> states a requirement and moves its multiplier by itself. Judge: a constraint.
/// Sources: Platt and Barr 1987 (differential multipliers); Rezende and Viola 2018 (GECO, with a geometric price).
/// </remarks>
public sealed class Multiplier
{
    /// <summary>A geometric price does not fall below this part of its first value, from where it could not come back in time.</summary>
    const double Least = 1e-4;

    readonly Hyperparameter rate, clip;
    readonly double scale, least;
    readonly bool geometric, signed;

    /// <summary>A multiplier that starts at a given price.</summary>
    /// <param name="initial">The first price, at least 0; default 0, and 1 / scale for a geometric price.</param>
    /// <param name="rate">How fast the price follows the violation; about the learning rate of the model is a good start.</param>
    /// <param name="clip">
    /// The largest violation that counts, in units of the scale, in either direction; default: no limit. A long violation otherwise winds
    /// the price up far above where it comes to rest.
    /// </param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="dtype">The element type of the variable; that of the violation.</param>
    /// <param name="geometric">Whether the price is multiplied by exp(rate·g/scale) instead: it needs no unit, cannot be 0, and does not
    /// fall below 1e-4 of its first value.</param>
    /// <param name="signed">Whether the price may be negative: that of an equation g = 0.</param>
    /// <param name="scale">What counts as a violation of 1, in units of g: λ ← max(0, λ + rate·clip(g/scale)/scale). Default 1. With the
    /// bound as scale the rate is in units of the loss: how much more the whole bound costs after a step in which it is broken once over.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The price is negative, a geometric one is not positive, or rate, clip or scale is not
    /// positive.</exception>
    /// <exception cref="ArgumentException">The price is to be geometric and signed: a factor does not change a sign.</exception>
    public Multiplier(Hyperparameter? initial = null, Hyperparameter? rate = null, Hyperparameter? clip = null, string name = "multiplier",
        DType dtype = DType.Float32, bool geometric = false, bool signed = false, double scale = 1)
    {
        if (!(scale > 0 && double.IsFinite(scale)))
            throw new ArgumentOutOfRangeException(nameof(scale), $"Multiplier: expected a scale above 0. Received: {Numbers.Show(scale)}. "
                + "Give a typical size of the violation, such as the bound itself.");
        var first = (initial ?? (geometric ? 1 / scale : 0)).Fixed("Multiplier initial");
        if (geometric && signed)
            throw new ArgumentException("Multiplier: expected a price that is geometric or signed. Received: both. "
                + "A factor never changes the sign of a price: leave geometric out for an equation.");
        if (!signed) ArgumentOutOfRangeException.ThrowIfNegative(first, nameof(initial));
        if (geometric) ArgumentOutOfRangeException.ThrowIfZero(first, nameof(initial));
        (this.rate, this.clip) = (rate ?? 0.1, clip ?? double.PositiveInfinity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero((double)this.rate, nameof(rate));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero((double)this.clip, nameof(clip));
        (this.geometric, this.signed, this.scale, least) = (geometric, signed, scale, Least * first);
        // Not trainable: descent on the Lagrangian would move the price the wrong way.
        Value = tf.Variable(first, trainable: false, name: name, dtype: dtype);
        Judged.By(Judge.Budget, this, Value);
    }

    /// <summary>The price λ: a scalar that is not trainable, so that no optimizer of the model moves it. Unit: loss per unit of
    /// g.</summary>
    public Variable Value { get; }

    /// <summary>What counts as a violation of 1, in units of g.</summary>
    public double Scale => scale;

    /// <summary>Whether the price may be negative.</summary>
    public bool Signed => signed;

    double Rate => rate.Fixed("Multiplier rate");

    /// <summary>The term λ·g to add to the loss. No gradient reaches λ.</summary>
    /// <param name="violation">g, a scalar; positive where the requirement is violated.</param>
    public Tensor Term(Operand violation) => tf.stop_gradient(Value) * violation;

    /// <summary>
    /// The term of the augmented Lagrangian, (max(0, λ + ρ·g)² − λ²) / (2ρ) with ρ = rate/scale²: the price and a penalty in one, for a few
    /// long trainings between ascents. A signed price has no max.
    /// </summary>
    /// <remarks>
    /// At its minimum the price λ + ρ·g is that of the next ascent, so the violation shrinks by a constant factor each time. Sources:
    /// Hestenes 1969; Powell 1969.
    /// </remarks>
    /// <param name="violation">g, a scalar; positive where the requirement is violated.</param>
    /// <exception cref="InvalidOperationException">The price is geometric: its ascent is not the one of this term.</exception>
    public Tensor Augmented(Operand violation)
    {
        if (geometric)
            throw new InvalidOperationException("Multiplier.Augmented: expected a price that ascends by sums. Received: a geometric one. "
                + "Leave geometric out, or use Term.");
        var price = tf.stop_gradient(Value);
        var rate = Rate / (scale * scale);
        var next = price + rate * violation;
        return (tf.square(signed ? next : tf.maximum(next, 0.0)) - tf.square(price)) / (2 * rate);
    }

    /// <summary>Moves the price: λ ← max(0, λ + rate·g), with g clipped; a geometric one by the factor exp(rate·g).</summary>
    /// <param name="violation">g after the model's step, a scalar.</param>
    /// <exception cref="JudgeException">The violation is not finite, or the price is no longer.</exception>
    public void Ascend(Operand violation)
    {
        var limit = clip.Fixed("Multiplier clip");
        var counted = tf.clip_by_value(tf.cast(violation, Value.dtype) / scale, -limit, limit);
        if (double.IsNaN((double)counted))
            throw new JudgeException($"Multiplier '{Value.name}': expected a violation that is a number. Received: NaN. "
                + "A price that is NaN would make every weight NaN: look at what the quantity is computed from.");
        if (Judged.Of(Value) is { } judged) judged.Gradient = -counted * scale;
        var next = geometric ? tf.maximum(Value * tf.exp(Rate * counted), least) : Value + Rate / scale * counted;
        next = signed || geometric ? next : tf.maximum(next, 0.0);
        if (!double.IsFinite((double)next))
            throw new JudgeException($"Multiplier '{Value.name}': expected a price that stays finite. Received: "
                + $"{Numbers.Show((double)Value)}, and then {Numbers.Show((double)next)}. Clip the violation (clip: 1), lower the rate, or "
                    + "ask for less.");
        Value.assign(next);
    }
}
