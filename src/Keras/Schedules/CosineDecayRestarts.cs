namespace Workbook.Keras;

/// <summary>Cosine decay that starts again, each time longer and lower. Loshchilov and Hutter 2016. Keras: keras.optimizers.schedules.CosineDecayRestarts.</summary>
/// <param name="initial_learning_rate">The rate at step 0.</param>
/// <param name="first_decay_steps">The length of the first period; at least 1.</param>
/// <param name="t_mul">How much longer each period is than the one before; default 2.</param>
/// <param name="m_mul">How much of the rate each period starts with; default 1.</param>
/// <param name="alpha">The share of the rate that is left at the end of a period; default 0.</param>
public sealed class CosineDecayRestarts(double initial_learning_rate, int first_decay_steps, double t_mul = 2, double m_mul = 1, double alpha = 0) : LearningRateSchedule
{
    readonly int steps = Positive("CosineDecayRestarts", nameof(first_decay_steps), first_decay_steps);

    /// <inheritdoc/>
    public override double Apply(double step)
    {
        var done = step / steps;
        double period, fraction;
        if (t_mul == 1)
        {
            period = Math.Floor(done);
            fraction = done - period;
        }
        else
        {
            period = Math.Floor(Math.Log(1 - done * (1 - t_mul)) / Math.Log(t_mul));
            fraction = (done - (1 - Math.Pow(t_mul, period)) / (1 - t_mul)) / Math.Pow(t_mul, period);
        }
        return initial_learning_rate * ((1 - alpha) * 0.5 * Math.Pow(m_mul, period) * (1 + Math.Cos(Math.PI * fraction)) + alpha);
    }
}
