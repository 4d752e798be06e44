namespace Workbook.Keras;

/// <summary>The weighted mean of values: Σ v·w / Σ w, and 0 of nothing. Keras: keras.metrics.Mean.</summary>
public sealed class Mean
{
    double total, count;

    /// <summary>Takes in values; those of more than one axis are averaged per sample first.</summary>
    /// <param name="values">A scalar, or one value (or row) per sample.</param>
    /// <param name="sample_weight">Weights that broadcast to the values.</param>
    public void update_state(Tensor values, Tensor? sample_weight = null)
    {
        var (v, w) = SampleWise.Reduce(values, sample_weight, x => tf.reduce_mean(x, Axes.Create([.. Enumerable.Range(1, x.ndim - 1)])));
        total += tf.reduce_sum(v).Item<double>();
        count += w is not null ? tf.reduce_sum(w).Item<double>() : v.ndim > 0 ? v.shape[0] : 1;
    }

    /// <summary>Takes in one number that stands for several.</summary>
    internal void Add(double value, double weight) => (total, count) = (total + value * weight, count + weight);

    /// <summary>The mean so far, as a float64 scalar.</summary>
    public Tensor result() => tf.constant(Value, DType.Float64);

    internal double Value => count == 0 ? 0 : total / count;

    /// <summary>Forgets all values.</summary>
    public void reset_state() => total = count = 0;
}

public static partial class keras
{
    /// <summary>Numbers to look at while training. Keras: keras.metrics.</summary>
    public static partial class metrics
    {
        /// <inheritdoc cref="Keras.Mean"/>
        public static Mean Mean() => new();
    }
}
