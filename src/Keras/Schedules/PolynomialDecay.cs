namespace Workbook.Keras;

/// <summary>(initial − end) · (1 − step / decay_steps)^power + end, and end afterwards. Keras:
/// keras.optimizers.schedules.PolynomialDecay.</summary>
/// <param name="initial_learning_rate">The rate at step 0.</param>
/// <param name="decay_steps">When the end is reached; at least 1.</param>
/// <param name="end_learning_rate">Default 0.0001.</param>
/// <param name="power">Default 1: a straight line.</param>
/// <param name="cycle">Whether it starts again beyond decay_steps, over the next multiple of them.</param>
public sealed class PolynomialDecay(Hyperparameter initial_learning_rate, int decay_steps, Hyperparameter? end_learning_rate = null,
    Hyperparameter? power = null, bool cycle = false) : LearningRateSchedule
{
    [Argument("decay_steps")]
    readonly int steps = Positive("PolynomialDecay", nameof(decay_steps), decay_steps);

    /// <inheritdoc/>
    public override double Apply(double step)
    {
        var length = cycle ? steps * (step == 0 ? 1 : Math.Ceiling(step / steps)) : steps;
        var done = Math.Min(step, length) / length;
        var end = (double)(end_learning_rate ?? 0.0001);
        return ((double)initial_learning_rate - end) * Math.Pow(1 - done, (double)(power ?? 1)) + end;
    }
}
