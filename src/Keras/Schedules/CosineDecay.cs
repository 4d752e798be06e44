namespace Workbook.Keras;

/// <summary>initial · ((1 − alpha) · ½(1 + cos(π·step / decay_steps)) + alpha), after an optional straight warm-up. Loshchilov and Hutter
/// 2016. Keras: keras.optimizers.schedules.CosineDecay.</summary>
/// <param name="initial_learning_rate">The rate at step 0.</param>
/// <param name="decay_steps">How long the decay takes, after the warm-up; at least 1.</param>
/// <param name="alpha">The share of the rate that is left at the end; default 0.</param>
/// <param name="warmup_target">The rate to rise to first; default: no warm-up.</param>
/// <param name="warmup_steps">How long the rise takes; default 0.</param>
public sealed class CosineDecay(Hyperparameter initial_learning_rate, int decay_steps, Hyperparameter? alpha = null,
    Hyperparameter? warmup_target = null,
    int warmup_steps = 0) : LearningRateSchedule
{
    [Argument("decay_steps")]
    readonly int steps = Positive("CosineDecay", nameof(decay_steps), decay_steps);

    /// <inheritdoc/>
    public override double Apply(double step)
    {
        var from = (double)initial_learning_rate;
        if (warmup_target is null) return Decayed(from, step);
        var top = (double)warmup_target;
        return step < warmup_steps ? from + (top - from) * step / warmup_steps : Decayed(top, step - warmup_steps);
    }

    double Decayed(double from, double step)
    {
        var left = (double)(alpha ?? 0);
        return from * ((1 - left) * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(step, steps) / steps)) + left);
    }
}
