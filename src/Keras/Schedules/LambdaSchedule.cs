namespace Workbook.Keras;

/// <summary>A schedule made of a function.</summary>
/// <param name="function">From the number of updates made so far to the learning rate.</param>
[Factory("Lambda")]
public sealed class LambdaSchedule(Func<double, double> function) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Apply(double step) => function(step);
}
