namespace Workbook.Keras;

/// <summary>The weighted mean of values: Σ v·w / Σ w, and 0 of nothing. Keras: keras.metrics.Mean.</summary>
/// <param name="name">The key in the history; default mean.</param>
public sealed class Mean(string name = "mean") : Metric(name)
{
    double total, count;

    /// <summary>Takes in values; those of more than one axis are averaged per sample first.</summary>
    /// <param name="values">A scalar, or one value (or row) per sample.</param>
    /// <param name="sample_weight">Weights that broadcast to the values.</param>
    public void update_state(Tensor values, Tensor? sample_weight = null)
    {
        See(values, sample_weight);
        Take(values, sample_weight);
    }

    internal void Take(Tensor values, Tensor? sample_weight)
    {
        var (v, w) = SampleWise.Reduce(values, sample_weight, x => tf.reduce_mean(x, Axes.Create([.. Enumerable.Range(1, x.ndim - 1)])));
        total += tf.reduce_sum(v).Item<double>();
        count += w is not null ? tf.reduce_sum(w).Item<double>() : v.ndim > 0 ? v.shape[0] : 1;
    }

    /// <summary>Takes in one number that stands for several.</summary>
    internal void Add(double value, double weight) => (total, count) = (total + value * weight, count + weight);

    /// <summary>The mean so far, as a float64 scalar.</summary>
    public override Tensor result() => tf.constant(Value, DType.Float64);

    internal double Value => count == 0 ? 0 : total / count;

    /// <summary>Refused: it takes values, not targets and predictions.</summary>
    /// <exception cref="ModelException">Always.</exception>
    public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight) =>
        throw new ModelException($"Mean '{name}': expected values, as in mean.update_state(loss). Received: targets and predictions. "
            + "As a metric of compile write keras.metrics.Lambda((y, p) => …, \"name\").");

    /// <summary>Forgets all values.</summary>
    public override void reset_state() => total = count = 0;
}
