namespace Workbook.Keras;

/// <summary>A schedule made of a function.</summary>
[Factory("Lambda")]
public sealed class LambdaSchedule : LearningRateSchedule
{
    readonly Func<double, double> function;
    readonly IReadOnlyList<Variable> read = [];

    /// <summary>A schedule made of a function.</summary>
    /// <param name="function">From the number of updates made so far to the learning rate.</param>
    public LambdaSchedule(Func<double, double> function) => this.function = function;

    /// <summary>A schedule made of a function of variables.</summary>
    /// <param name="function">From the number of updates made so far to the learning rate, a scalar. It is called once here, to see which
    /// variables it reads.</param>
    public LambdaSchedule(Func<double, Operand> function)
    {
        using var reads = new VariableReads();
        _ = function(0).value();
        (this.function, read) = (step => (double)function(step), reads.Variables);
    }

    /// <inheritdoc/>
    public override double Apply(double step) => function(step);
}
