namespace Workbook.Keras;

/// <summary>values[i] while step ≤ boundaries[i], and the last value afterwards. Keras:
/// keras.optimizers.schedules.PiecewiseConstantDecay.</summary>
public sealed class PiecewiseConstantDecay : LearningRateSchedule
{
    readonly int[] boundaries;
    readonly Hyperparameter[] values;

    /// <summary>A rate that changes at given steps.</summary>
    /// <param name="boundaries">Ascending steps.</param>
    /// <param name="values">One more than boundaries.</param>
    /// <exception cref="ArgumentException">The numbers of boundaries and values do not fit.</exception>
    public PiecewiseConstantDecay(int[] boundaries, double[] values) : this(boundaries, Array.ConvertAll(values, v => (Hyperparameter)v))
    {
    }

    /// <summary>A rate that changes at given steps, with variables among the rates.</summary>
    /// <param name="boundaries">Ascending steps.</param>
    /// <param name="values">One more than boundaries.</param>
    /// <exception cref="ArgumentException">The numbers of boundaries and values do not fit.</exception>
    public PiecewiseConstantDecay(int[] boundaries, Hyperparameter[] values)
    {
        if (values.Length != boundaries.Length + 1)
            throw new ArgumentException("PiecewiseConstantDecay: expected one value more than boundaries. "
                + $"Received: {boundaries.Length} boundaries and {values.Length} values.");
        (this.boundaries, this.values) = (boundaries, values);
    }

    /// <inheritdoc/>
    public override double Apply(double step)
    {
        var i = Array.FindIndex(boundaries, b => step <= b);
        return (double)values[i < 0 ? ^1 : i];
    }
}
