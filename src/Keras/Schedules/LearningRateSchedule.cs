namespace Workbook.Keras;

/// <summary>A learning rate that depends on the number of updates made so far. Keras:
/// keras.optimizers.schedules.LearningRateSchedule.</summary>
/// <remarks>Its numbers may be variables. They are read anew for every update, and no gradient of a loss reaches them: compile names
/// them.</remarks>
public abstract class LearningRateSchedule : Module
{
    /// <summary>The learning rate for an update.</summary>
    /// <param name="step">The number of updates made before it, from 0.</param>
    public abstract double Apply(double step);

    private protected static int Positive(string schedule, string what, int steps) => steps > 0 ? steps
        : throw new ArgumentOutOfRangeException(what, $"{schedule}: expected {what} of at least 1. Received: {steps}.");
}
