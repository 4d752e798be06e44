namespace Workbook.Keras;

/// <summary>How often predictions above and below each threshold are right and wrong. What Precision, Recall, AUC and the four counts
/// share.</summary>
/// <remarks>As in Keras: a prediction is positive above a threshold, not at it; targets that are not 0 are true; comparisons are made in
/// float32.</remarks>
sealed class Confusion
{
    /// <summary>What Keras takes for minus infinity: a prediction that is not among the largest.</summary>
    public const float Never = -1e10f;

    readonly float[] thresholds;
    readonly bool even, edges;
    readonly int? top, column;
    double[] trueAbove = [], falseAbove = [], trues = [], falses = [];

    /// <param name="thresholds">Ascending.</param>
    /// <param name="top">Only so many of the largest predictions of a sample can be positive.</param>
    /// <param name="column">Only this class counts.</param>
    public Confusion(double[] thresholds, int? top = null, int? column = null)
    {
        this.thresholds = Array.ConvertAll(thresholds, t => (float)t);
        (this.top, this.column) = (top, column);
        // Evenly spaced thresholds are counted by buckets in Keras, which rounds differently at their edges.
        even = thresholds.Length > 2 && thresholds.Select((t, i) =>
            Math.Abs(t - i / (thresholds.Length - 1.0)) <= 1e-5 * i / (thresholds.Length - 1.0) + keras.config.epsilon() * 1.0001)
            .All(near => near);
        edges = even && (thresholds[0] < 0 || thresholds[^1] > 1);
    }

    public int Labels { get; private set; } = 1;

    public double TruePositives(int threshold, int label = 0) =>
        trueAbove.Length == 0 ? 0 : trueAbove[label * thresholds.Length + threshold];

    public double FalsePositives(int threshold, int label = 0) =>
        falseAbove.Length == 0 ? 0 : falseAbove[label * thresholds.Length + threshold];

    public double FalseNegatives(int threshold, int label = 0) => trues.Length == 0 ? 0 : trues[label] - TruePositives(threshold, label);

    public double TrueNegatives(int threshold, int label = 0) => falses.Length == 0 ? 0 : falses[label] - FalsePositives(threshold, label);

    public void Reset() => (trueAbove, falseAbove, trues, falses) = ([], [], [], []);

    /// <summary>Takes in a batch.</summary>
    /// <param name="who">The metric, for messages.</param>
    /// <param name="y_true">Targets.</param>
    /// <param name="y_pred">Predictions.</param>
    /// <param name="sample_weight">A weight per sample, or per value.</param>
    /// <param name="perLabel">Whether each column is counted apart.</param>
    /// <param name="labelWeights">A weight for each column.</param>
    public void Update(string who, Tensor y_true, Tensor y_pred, Tensor? sample_weight, bool perLabel = false,
        double[]? labelWeights = null)
    {
        var (y, p) = Loss.Pair(y_true, y_pred);
        if (y.shape != p.shape)
            throw new ShapeException($"{who}: expected targets of the shape of the predictions, {p.shape}. Received: {y.shape}.");
        if (column is { } c && (p.ndim < 2 || c >= p.shape[^1]))
            throw new ShapeException($"{who}: expected predictions of shape (samples, classes) with a class {c}. Received: {p.shape}.");
        if (perLabel && p.ndim != 2)
            throw new ShapeException($"{who}: expected predictions of shape (samples, labels) with multi_label. Received: {p.shape}.");
        var width = p.ndim < 2 ? 1 : p.shape[^1];
        Size(perLabel ? width : 1, who);
        double[] targets = y.ToArray<double>(), predictions = p.ToArray<double>(), weights = Weights(sample_weight, p.shape, who);
        for (var row = 0; row < targets.Length / width; row++)
        {
            var values = Array.ConvertAll(predictions[(row * width)..((row + 1) * width)], v => (float)v);
            if (top is { } k) KeepTop(values, k);
            for (var col = 0; col < width; col++)
                if (column is null || col == column)
                    Count(perLabel ? col : 0, targets[row * width + col] != 0, values[col],
                        weights[row * width + col] * (labelWeights?[col] ?? 1));
        }
    }

    void Size(int labels, string who)
    {
        if (trues.Length == labels) return;
        if (trues.Length > 0)
            throw new ShapeException($"{who}: expected {trues.Length} labels, as before. Received: {labels}. Call reset_state first.");
        Labels = labels;
        (trueAbove, falseAbove, trues, falses) = (new double[labels * thresholds.Length], new double[labels * thresholds.Length],
            new double[labels], new double[labels]);
    }

    void Count(int label, bool isTrue, float prediction, double weight)
    {
        (isTrue ? trues : falses)[label] += weight;
        var above = isTrue ? trueAbove : falseAbove;
        var passed = Passed(prediction);
        for (var t = 0; t < passed; t++) above[label * thresholds.Length + t] += weight;
    }

    /// <summary>How many thresholds a prediction is above.</summary>
    int Passed(float prediction)
    {
        if (!even)
        {
            var count = 0;
            while (count < thresholds.Length && prediction > thresholds[count]) count++;
            return count;
        }
        var bucket = (int)MathF.Ceiling(Math.Clamp(prediction, 0, 1) * (thresholds.Length - 1f)) - 1;
        return (edges ? Math.Max(bucket, 0) : bucket) + 1;
    }

    static void KeepTop(float[] values, int k)
    {
        var kept = Enumerable.Range(0, values.Length).OrderByDescending(i => values[i]).Take(k).ToHashSet();
        for (var i = 0; i < values.Length; i++)
            if (!kept.Contains(i)) values[i] = Never;
    }

    static double[] Weights(Tensor? weight, Shape shape, string who)
    {
        if (weight is null) return [.. Enumerable.Repeat(1.0, shape.Size)];
        var w = tf.cast(weight, DType.Float64);
        if (w.ndim == shape.Rank + 1 && w.shape[^1] == 1) w = tf.squeeze(w, -1);
        if (w.ndim == shape.Rank - 1) w = tf.expand_dims(w, -1);
        if (w.ndim > shape.Rank)
            throw new ShapeException($"{who}: expected a weight per sample, or per value of {shape}. Received: {weight.shape}.");
        return tf.broadcast_to(w, shape).ToArray<double>();
    }
}
