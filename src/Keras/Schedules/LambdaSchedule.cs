namespace Workbook.Keras;

/// <summary>A schedule made of a function.</summary>
/// <param name="function">From the number of updates made so far to the learning rate.</param>
public sealed class LambdaSchedule(Func<double, double> function) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Apply(double step) => function(step);
}

public static partial class keras
{
    public static partial class optimizers
    {
        /// <summary>Learning rates that change with the steps. Keras: keras.optimizers.schedules.</summary>
        public static partial class schedules
        {
            /// <inheritdoc cref="LambdaSchedule"/>
            /// <param name="function">From the number of updates made so far to the learning rate.</param>
            public static LearningRateSchedule Lambda(Func<double, double> function) => new LambdaSchedule(function);
        }
    }
}
