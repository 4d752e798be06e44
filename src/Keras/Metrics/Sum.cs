namespace Workbook.Keras;

/// <summary>The weighted sum of values: Σ v·w. Keras: keras.metrics.Sum.</summary>
/// <param name="name">The key in the history; default sum.</param>
public sealed class Sum(string name = "sum") : Metric(name)
{
    double total;

    /// <summary>Takes in values.</summary>
    /// <param name="values">Any shape.</param>
    /// <param name="sample_weight">Weights that broadcast to the values.</param>
    public void update_state(Tensor values, Tensor? sample_weight = null)
    {
        See(values, sample_weight);
        var (v, _) = SampleWise.Reduce(values, sample_weight, x => tf.reduce_sum(x, Axes.Create([.. Enumerable.Range(1, x.ndim - 1)])));
        total += tf.reduce_sum(v).Item<double>();
    }

    /// <summary>The sum so far, as a float64 scalar.</summary>
    public override Tensor result() => tf.constant(total, DType.Float64);

    /// <summary>Refused: it takes values, not targets and predictions.</summary>
    /// <exception cref="ModelException">Always.</exception>
    public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight) =>
        throw new ModelException($"Sum '{name}': expected values, as in sum.update_state(loss). Received: targets and predictions. "
            + "As a metric of compile write keras.metrics.Lambda((y, p) => …, \"name\").");

    /// <summary>Forgets all values.</summary>
    public override void reset_state() => total = 0;
}
