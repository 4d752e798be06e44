namespace Workbook.Keras;

/// <summary>One of the four counts of right and wrong predictions.</summary>
public abstract class ConfusionCount : Metric
{
    readonly Confusion counts;
    readonly int number;
    [Argument("thresholds")]
    readonly Operand? stated;

    private protected ConfusionCount(string kind, Operand? thresholds, string name) : base(name)
    {
        var values = Thresholds.Of(kind, thresholds, 0.5);
        (counts, number, stated) = (new(values), values.Length, thresholds);
    }

    private protected abstract double Of(Confusion counts, int threshold);

    /// <inheritdoc/>
    public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null)
    {
        See(y_true, y_pred, sample_weight);
        counts.Update(name, y_true, y_pred, sample_weight);
    }

    /// <inheritdoc/>
    public override Tensor result() => Thresholds.Result([.. Enumerable.Range(0, number).Select(t => Of(counts, t))]);

    /// <inheritdoc/>
    public override void reset_state() => counts.Reset();
}
