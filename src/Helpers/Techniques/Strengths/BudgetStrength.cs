using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// An L2 penalty whose strength is the price of a budget: strength·(Σw² − budget). The strength rises while Σw² exceeds the budget, falls
/// while there is room, and stops at zero.
/// </summary>
/// <remarks>
/// In a model: <c>layers.Dense(64, kernel_regularizer: new BudgetStrength(4))</c>. It trains with the weights and their optimizer;
/// <c>compile(hyper_optimizer: …)</c> gives it a rate of
/// its own. The gradient by the strength has its sign turned, budget − Σw², so a descent on the weights is an ascent on the price. Where it
/// rests the weights have the
/// budget, and the strength is that of <c>regularizers.l2</c> which gives them this length. Used by several layers, it is one price for the
/// sum of their violations.
/// Judge: a constraint. Unlike <see cref="Multiplier"/>, which states any requirement, it needs no step of its own. Source: Platt and Barr
/// 1987.
/// </remarks>
public sealed class BudgetStrength : Regularizer
{
    readonly Hyperparameter budget;

    /// <summary>A price for the squared length of a weight.</summary>
    /// <param name="budget">How large Σw² may be, above 0; may be a variable, which then trains: it grows while the budget costs
    /// anything.</param>
    /// <param name="initial">The first strength, at least 0.</param>
    /// <param name="name">The name of the strength in records and charts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget is not positive, or the strength is negative.</exception>
    public BudgetStrength(Hyperparameter budget, Hyperparameter? initial = null, string name = "strength")
    {
        var first = (initial ?? 0).Fixed("BudgetStrength initial");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero((double)budget, nameof(budget));
        ArgumentOutOfRangeException.ThrowIfNegative(first, nameof(initial));
        this.budget = budget.Within("BudgetStrength budget", low: 0);
        Strength = tf.Variable(first, name: name, dtype: keras.config.floatx());
        Constraint.Attach(Strength, new NonNeg());
        Judged.By(Judge.Budget, this, Strength);
    }

    /// <summary>The strength as <c>regularizers.l2</c> takes it, at least 0.</summary>
    public Variable Strength { get; }

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x)
    {
        Tensor excess = tf.reduce_sum(tf.square(x)) - budget.value(x.dtype), price = tf.cast(Strength, x.dtype),
            fixedPrice = tf.stop_gradient(price);
        // The value is price·excess; the last two terms cancel in it and turn the gradient by the price.
        return fixedPrice * excess + (fixedPrice - price) * tf.stop_gradient(excess);
    }
}
