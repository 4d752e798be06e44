namespace Workbook.Keras;

/// <summary>Adam with Nesterov momentum. Dozat 2016. Keras: keras.optimizers.Nadam.</summary>
/// <remarks>uₜ = β₁(1 − ½·0.96ᵗ), U = ∏u; m̂ = uₜ₊₁m/(1 − U·uₜ₊₁) + (1 − uₜ)g/(1 − U); v̂ = v/(1 − β₂ᵗ); w −= rate·m̂/(√v̂ + ε).</remarks>
/// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
/// <param name="beta_1">The share of the first moment that is kept; default 0.9.</param>
/// <param name="beta_2">The share of the second moment that is kept; default 0.999.</param>
/// <param name="epsilon">Keeps the division finite; default 1e-7; at least 0.</param>
[Names("nadam")]
public sealed class Nadam(LearningRate? learning_rate = null, Hyperparameter? beta_1 = null, Hyperparameter? beta_2 = null,
    Hyperparameter? epsilon = null) : Optimizer(learning_rate ?? 0.001)
{
    [Argument("beta_1")]
    readonly Hyperparameter beta1 = (beta_1 ?? 0.9).Within("beta_1", low: 0, high: 1, open: true);
    [Argument("beta_2")]
    readonly Hyperparameter beta2 = (beta_2 ?? 0.999).Within("beta_2", low: 0, high: 1, open: true);
    [Argument("epsilon")]
    readonly Hyperparameter small = (epsilon ?? 1e-7).Within("epsilon", low: 0);
    double product = 1, current = double.NaN;
    long last;

    /// <inheritdoc/>
    protected override string[] SlotNames => ["momentum", "velocity"];

    private protected override IEnumerable<StatePart> Beyond(IReadOnlyList<Variable> variables) =>
        [new("the product of momenta", Shape.Scalar, variables.FirstOrDefault()?.dtype ?? DType.Float32,
            () => tf.constant(product, variables.FirstOrDefault()?.dtype ?? DType.Float32), v => product = (double)v)];

    /// <inheritdoc/>
    protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t)
    {
        double b1 = (double)beta1, b2 = (double)beta2;
        if (t != last)
        {
            // One factor per update, whatever the number of variables.
            (last, current) = (t, Schedule(b1, t));
            product *= current;
        }
        var next = Schedule(b1, t + 1);
        var m = s[0] = s[0] + (g - s[0]) * (1 - b1);
        var v = s[1] = s[1] + (tf.square(g) - s[1]) * (1 - b2);
        var ahead = m * (next / (1 - product * next)) + g * ((1 - current) / (1 - product));
        return w - lr * ahead / (tf.sqrt(v / (1 - Math.Pow(b2, t))) + (double)small);
    }

    static double Schedule(double b1, long t) => b1 * (1 - 0.5 * Math.Pow(0.96, t));
}
