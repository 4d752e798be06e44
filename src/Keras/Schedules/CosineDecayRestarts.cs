namespace Workbook.Keras;

/// <summary>Cosine decay that starts again, each time longer and lower. Loshchilov and Hutter 2016. Keras:
/// keras.optimizers.schedules.CosineDecayRestarts.</summary>
/// <param name="initial_learning_rate">The rate at step 0.</param>
/// <param name="first_decay_steps">The length of the first period; at least 1.</param>
/// <param name="t_mul">How much longer each period is than the one before; default 2.</param>
/// <param name="m_mul">How much of the rate each period starts with; default 1.</param>
/// <param name="alpha">The share of the rate that is left at the end of a period; default 0.</param>
public sealed class CosineDecayRestarts(Hyperparameter initial_learning_rate, int first_decay_steps, Hyperparameter? t_mul = null,
    Hyperparameter? m_mul = null, Hyperparameter? alpha = null) : LearningRateSchedule
{
    [Argument("first_decay_steps")]
    readonly int steps = Positive("CosineDecayRestarts", nameof(first_decay_steps), first_decay_steps);

    /// <inheritdoc/>
    public override double Apply(double step)
    {
        double t = (double)(t_mul ?? 2), m = (double)(m_mul ?? 1), left = (double)(alpha ?? 0);
        var done = step / steps;
        double period, fraction;
        if (t == 1)
        {
            period = Math.Floor(done);
            fraction = done - period;
        }
        else
        {
            period = Math.Floor(Math.Log(1 - done * (1 - t)) / Math.Log(t));
            fraction = (done - (1 - Math.Pow(t, period)) / (1 - t)) / Math.Pow(t, period);
        }
        return (double)initial_learning_rate * ((1 - left) * 0.5 * Math.Pow(m, period) * (1 + Math.Cos(Math.PI * fraction)) + left);
    }
}
