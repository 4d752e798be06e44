namespace Workbook.Keras;

/// <summary>The mean of a function of targets and predictions. Keras: keras.metrics.MeanMetricWrapper.</summary>
[Factory("Lambda")]
public class MeanOfFunction : Metric
{
    readonly Func<Tensor, Tensor, Tensor> function;
    readonly Mean mean = new();

    /// <summary>A metric made of a function.</summary>
    /// <param name="function">From targets and predictions to one value per sample.</param>
    /// <param name="name">The key in the history.</param>
    public MeanOfFunction(Func<Tensor, Tensor, Tensor> function, string name) : base(name) => this.function = function;

    /// <inheritdoc/>
    public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null) =>
        mean.update_state(function(y_true, y_pred), SampleWise.Counting(sample_weight, y_pred.Mask));

    /// <inheritdoc/>
    public override Tensor result() => mean.result();

    /// <inheritdoc/>
    public override void reset_state() => mean.reset_state();
}
