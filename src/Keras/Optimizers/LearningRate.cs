namespace Workbook.Keras;

/// <summary>A learning rate: a number, a variable, or a schedule.</summary>
public sealed class LearningRate : Module
{
    internal LearningRate(Hyperparameter? number, LearningRateSchedule? schedule) => (Number, Schedule) = (number, schedule);

    internal Hyperparameter? Number { get; }

    internal LearningRateSchedule? Schedule { get; }

    /// <summary>A number of at least 0.</summary>
    public static implicit operator LearningRate(double number) => new(((Hyperparameter)number).Within("learning_rate", low: 0), null);

    /// <summary>
    /// A variable, read anew for every update. No gradient of a loss reaches it, because an assignment stops gradients; something else has
    /// to move it.
    /// </summary>
    public static implicit operator LearningRate(Operand operand) => new(((Hyperparameter)operand).Within("learning_rate", low: 0), null);

    /// <summary>
    /// A function of variables, read anew for every update: <c>Hyperparameter.Of(() =&gt; tf.exp(raw))</c>. No gradient of a loss reaches
    /// them either.
    /// </summary>
    public static implicit operator LearningRate(Hyperparameter hyperparameter) =>
        new(hyperparameter.Within("learning_rate", low: 0), null);

    /// <summary>A rate that depends on the number of updates made so far.</summary>
    public static implicit operator LearningRate(LearningRateSchedule schedule) => new(null, schedule);

    internal double At(long iterations) => Schedule?.Apply(iterations) ?? (double)Number!;
}
