using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>The mean of a function of targets and predictions. Keras: keras.metrics.MeanMetricWrapper.</summary>
[Factory("Lambda")]
public class MeanOfFunction : Metric
{
    readonly Func<Tensor, Tensor, Tensor> function;
    readonly Mean mean = new();
    bool asked;

    /// <summary>A metric made of a function.</summary>
    /// <param name="function">From targets and predictions to one value per sample.</param>
    /// <param name="name">The key in the history.</param>
    public MeanOfFunction(Func<Tensor, Tensor, Tensor> function, string name) : base(name) => this.function = function;

    /// <summary>The name of the factory that made it, which is that of a class in Keras; null: somebody's own function.</summary>
    internal string? Factory { get; init; }

    /// <summary>What the factory was called with besides the name.</summary>
    internal (string Name, object? Value)[] FactoryArguments { get; init; } = [];

    /// <inheritdoc/>
    public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null)
    {
        See(y_true, y_pred, sample_weight);
        mean.Take(asked ? function(y_true, y_pred) : First(y_true, y_pred), SampleWise.Counting(sample_weight, y_pred.Mask));
    }

    /// <summary>Names what the function keeps of an earlier moment: its own numbers, not those that made the predictions.</summary>
    Tensor First(Tensor y_true, Tensor y_pred)
    {
        asked = true;
        using var reads = new VariableReads();
        var value = function(tf.stop_gradient(y_true), tf.stop_gradient(y_pred));
        if (value.HasOrigin) SayKept(value.Sources.Except(reads.Variables));
        return value;
    }

    /// <inheritdoc/>
    public override Tensor result() => mean.result();

    /// <inheritdoc/>
    public override void reset_state() => mean.reset_state();
}
