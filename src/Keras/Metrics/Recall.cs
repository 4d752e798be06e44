namespace Workbook.Keras;

/// <summary>TP / (TP + FN): how many of the true targets are found; 0 where there is none. Keras: keras.metrics.Recall.</summary>
[Names("recall", "Recall")]
public sealed class Recall : Metric
{
    readonly Confusion counts;
    readonly int number;
    [Argument("thresholds")]
    readonly Operand? stated;
    [Argument("top_k")]
    readonly int? top;
    [Argument("class_id")]
    readonly int? column;

    /// <summary>The share TP / (TP + FN).</summary>
    /// <param name="thresholds">A prediction above it is positive: a number or an array, from 0 to 1; default 0.5, or none with
    /// top_k.</param>
    /// <param name="top_k">Only so many of the largest predictions of a sample can be positive.</param>
    /// <param name="class_id">Only this class counts.</param>
    /// <param name="name">The key in the history; default recall.</param>
    /// <exception cref="ArgumentException">A threshold outside of 0 to 1.</exception>
    public Recall(Operand? thresholds = null, int? top_k = null, int? class_id = null, string name = "recall") : base(name)
    {
        var values = Thresholds.Of("Recall", thresholds, top_k is null ? 0.5 : Confusion.Never);
        (counts, number) = (new(values, top_k, class_id), values.Length);
        (stated, top, column) = (thresholds, top_k, class_id);
    }

    /// <inheritdoc/>
    public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null)
    {
        See(y_true, y_pred, sample_weight);
        counts.Update(name, y_true, y_pred, sample_weight);
    }

    /// <inheritdoc/>
    public override Tensor result() => Thresholds.Result([.. Enumerable.Range(0, number)
        .Select(t => Thresholds.Share(counts.TruePositives(t), counts.TruePositives(t) + counts.FalseNegatives(t)))]);

    /// <inheritdoc/>
    public override void reset_state() => counts.Reset();
}
