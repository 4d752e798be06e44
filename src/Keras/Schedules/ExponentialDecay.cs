namespace Workbook.Keras;

/// <summary>initial · rate^(step / decay_steps). Keras: keras.optimizers.schedules.ExponentialDecay.</summary>
/// <param name="initial_learning_rate">The rate at step 0.</param>
/// <param name="decay_steps">After how many steps decay_rate has been applied once; at least 1.</param>
/// <param name="decay_rate">The factor.</param>
/// <param name="staircase">Whether the exponent is rounded down, so that the rate falls in steps.</param>
public sealed class ExponentialDecay(Hyperparameter initial_learning_rate, int decay_steps, Hyperparameter decay_rate,
    bool staircase = false) : LearningRateSchedule
{
    [Argument("decay_steps")]
    readonly int steps = Positive("ExponentialDecay", nameof(decay_steps), decay_steps);

    /// <inheritdoc/>
    public override double Apply(double step) => (double)initial_learning_rate * Math.Pow((double)decay_rate, staircase
        ? Math.Floor(step / steps) : step / steps);
}
