namespace Workbook.Keras;

/// <summary>The area under a curve that thresholds draw: by default recall over the share of false alarms. Keras:
/// keras.metrics.AUC.</summary>
/// <remarks>An approximation by thresholds: more of them, or thresholds where the predictions are, come closer. Precision and recall are
/// interpolated as Davis and Goadrich 2006 do.</remarks>
[Names("auc", "AUC")]
public sealed class AUC : Metric
{
    readonly Confusion counts;
    [Argument("num_thresholds")]
    readonly int number;
    readonly string curve;
    [Argument("summation_method")]
    readonly string summation;
    [Argument("multi_label")]
    readonly bool multi;
    [Argument("from_logits")]
    readonly bool scores;
    [Argument("label_weights")]
    readonly double[]? labelWeights;
    [Argument("thresholds")]
    readonly Operand? stated;

    /// <summary>The area under a curve.</summary>
    /// <param name="num_thresholds">How many thresholds are spread from 0 to 1; at least 2, default 200.</param>
    /// <param name="curve">ROC (default), PR, or PRGAIN.</param>
    /// <param name="summation_method">interpolation (default), minoring, or majoring.</param>
    /// <param name="name">The key in the history; default auc.</param>
    /// <param name="thresholds">Thresholds of your own, from 0 to 1; they win over num_thresholds.</param>
    /// <param name="multi_label">Whether each column is a curve of its own; the result is their mean.</param>
    /// <param name="num_labels">The number of columns, to be checked with multi_label; default: as the data have.</param>
    /// <param name="label_weights">A weight for each column.</param>
    /// <param name="from_logits">Whether predictions are scores before the sigmoid.</param>
    /// <exception cref="ArgumentException">Another curve or method, a threshold outside of 0 to 1, fewer than two thresholds, or
    /// num_labels without multi_label.</exception>
    public AUC(int num_thresholds = 200, string curve = "ROC", string summation_method = "interpolation", string name = "auc",
        Operand? thresholds = null,
        bool multi_label = false, int? num_labels = null, double[]? label_weights = null, bool from_logits = false) : base(name)
    {
        Spelling.Check("AUC curve", curve, "ROC", "PR", "PRGAIN");
        Spelling.Check("AUC summation_method", summation_method, "interpolation", "minoring", "majoring");
        if (thresholds is null && num_thresholds < 2)
            throw new ArgumentException($"AUC: expected at least 2 thresholds. Received: {num_thresholds}.");
        if (num_labels is not null && !multi_label)
            throw new ArgumentException("AUC: expected num_labels only with multi_label. Received: one without the other.");
        double[] inner = thresholds is null ? [.. Enumerable.Range(1, num_thresholds - 2).Select(i => i / (num_thresholds - 1.0))]
            : [.. Thresholds.Of("AUC", thresholds, 0).Order()];
        var edge = keras.config.epsilon();
        double[] all = [-edge, .. inner, 1 + edge];
        (counts, number, this.curve, summation, multi, scores, labelWeights) = (new(all), all.Length, curve, summation_method, multi_label,
            from_logits, label_weights);
        (labels, stated) = (num_labels, thresholds);
    }

    [Argument("num_labels")]
    readonly int? labels;

    /// <inheritdoc/>
    public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null)
    {
        See(y_true, y_pred, sample_weight);
        if (labels is { } n && (y_pred.ndim != 2 || y_pred.shape[1] != n))
            throw new ShapeException($"AUC: expected predictions of shape (samples, {n}). Received: {y_pred.shape}.");
        counts.Update(name, y_true, scores ? tf.sigmoid(y_pred) : y_pred, sample_weight, multi, multi ? null : labelWeights);
    }

    /// <inheritdoc/>
    public override Tensor result()
    {
        double[] areas = [.. Enumerable.Range(0, counts.Labels).Select(Area)];
        return Scalar(!multi || labelWeights is null ? areas.Average()
            : Thresholds.Share(areas.Zip(labelWeights, (a, w) => a * w).Sum(), labelWeights.Sum()));
    }

    /// <inheritdoc/>
    public override void reset_state() => counts.Reset();

    double Area(int label)
    {
        if (curve == "PR" && summation == "interpolation") return Interpolated(label);
        var points = Enumerable.Range(0, number).Select(t => Point(t, label)).ToArray();
        return points.Zip(points[1..], (a, b) => (a.X - b.X) * summation switch
        {
            "interpolation" => (a.Y + b.Y) / 2,
            "minoring" => Math.Min(a.Y, b.Y),
            _ => Math.Max(a.Y, b.Y),
        }).Sum();
    }

    (double X, double Y) Point(int t, int label)
    {
        double tp = counts.TruePositives(t, label), fp = counts.FalsePositives(t, label), tn = counts.TrueNegatives(t, label),
            fn = counts.FalseNegatives(t, label);
        var recall = Thresholds.Share(tp, tp + fn);
        switch (curve)
        {
            case "ROC": return (Thresholds.Share(fp, fp + tn), recall);
            case "PR": return (recall, Thresholds.Share(tp, tp + fp));
            default:
                if (tp == 0) return (0, 1);
                var scale = Thresholds.Share(tp + fn, tn + fp);
                return (Math.Max(1 - scale * Thresholds.Share(fn, tp), 0), 1 - scale * Thresholds.Share(fp, tp));
        }
    }

    double Interpolated(int label)
    {
        var sum = 0.0;
        for (var t = 0; t + 1 < number; t++)
        {
            double tp = counts.TruePositives(t, label), next = counts.TruePositives(t + 1, label);
            double p = tp + counts.FalsePositives(t, label), q = next + counts.FalsePositives(t + 1, label);
            var slope = Thresholds.Share(tp - next, Math.Max(p - q, 0));
            var ratio = p > 0 && q > 0 ? p / q : 1;
            sum += Thresholds.Share(slope * (tp - next + (next - slope * q) * Math.Log(ratio)),
                Math.Max(next + counts.FalseNegatives(t + 1, label), 0));
        }
        return sum;
    }
}
