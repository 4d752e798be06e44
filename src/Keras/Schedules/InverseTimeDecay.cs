namespace Workbook.Keras;

/// <summary>initial / (1 + rate · step / decay_steps). Keras: keras.optimizers.schedules.InverseTimeDecay.</summary>
/// <param name="initial_learning_rate">The rate at step 0.</param>
/// <param name="decay_steps">The unit of the step; at least 1.</param>
/// <param name="decay_rate">How fast it falls.</param>
/// <param name="staircase">Whether step / decay_steps is rounded down.</param>
public sealed class InverseTimeDecay(Hyperparameter initial_learning_rate, int decay_steps, Hyperparameter decay_rate,
    bool staircase = false) : LearningRateSchedule
{
    [Argument("decay_steps")]
    readonly int steps = Positive("InverseTimeDecay", nameof(decay_steps), decay_steps);

    /// <inheritdoc/>
    public override double Apply(double step) => (double)initial_learning_rate / (1 + (double)decay_rate * (staircase
        ? Math.Floor(step / steps) : step / steps));
}
