namespace Workbook.Keras;

/// <summary>The weighted sum of values: Σ v·w. Keras: keras.metrics.Sum.</summary>
public sealed class Sum
{
    double total;

    /// <summary>Takes in values.</summary>
    /// <param name="values">Any shape.</param>
    /// <param name="sample_weight">Weights that broadcast to the values.</param>
    public void update_state(Tensor values, Tensor? sample_weight = null)
    {
        var (v, _) = SampleWise.Reduce(values, sample_weight, x => tf.reduce_sum(x, Axes.Create([.. Enumerable.Range(1, x.ndim - 1)])));
        total += tf.reduce_sum(v).Item<double>();
    }

    /// <summary>The sum so far, as a float64 scalar.</summary>
    public Tensor result() => tf.constant(total, DType.Float64);

    /// <summary>Forgets all values.</summary>
    public void reset_state() => total = 0;
}

public static partial class keras
{
    public static partial class metrics
    {
        /// <inheritdoc cref="Keras.Sum"/>
        public static Sum Sum() => new();
    }
}
