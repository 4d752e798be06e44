namespace Workbook.Keras;

/// <summary>(1 + β²) · precision · recall / (β² · precision + recall) of each class. Keras: keras.metrics.FBetaScore.</summary>
/// <remarks>Targets are one-hot or multi-label rows, (samples, classes). Sums are kept from 0 by ε = 1e-7, as in Keras.</remarks>
[Names("fbeta_score", "FBetaScore")]
public class FBetaScore : Metric
{
    readonly string? average;
    readonly double beta;
    readonly Hyperparameter? threshold;
    double[] found = [], wrong = [], missed = [], targets = [];

    /// <summary>The F score of each class.</summary>
    /// <param name="average">null (default): one score per class; micro: of all together; macro: their mean; weighted: their mean,
    /// weighted by the targets.</param>
    /// <param name="beta">How much recall counts, above 0; default 1.</param>
    /// <param name="threshold">A prediction above it is positive, above 0 and up to 1; default: the largest of a sample is.</param>
    /// <param name="name">The key in the history; default fbeta_score.</param>
    /// <exception cref="ArgumentException">Another average, or a number outside of its range.</exception>
    public FBetaScore(string? average = null, double beta = 1, Hyperparameter? threshold = null, string name = "fbeta_score") : base(name)
    {
        if (average is not null) Spelling.Check("FBetaScore average", average, "micro", "macro", "weighted");
        if (!(beta > 0)) throw new ArgumentException($"FBetaScore: expected a beta above 0. Received: {beta}.");
        if (threshold is not null && (double)threshold is not (> 0 and <= 1))
            throw new ArgumentException($"FBetaScore: expected a threshold above 0 and up to 1. Received: {(double)threshold}.");
        (this.average, this.beta, this.threshold) = (average, beta, threshold);
    }

    /// <inheritdoc/>
    public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null)
    {
        See(y_true, y_pred, sample_weight);
        if (y_true.ndim != 2 || y_pred.ndim != 2 || y_true.shape != y_pred.shape)
            throw new ShapeException($"{name}: expected targets and predictions of one shape (samples, classes). "
                + $"Received: {y_true.shape} and {y_pred.shape}. Turn labels into rows with keras.utils.to_categorical.");
        var (rows, classes) = (y_pred.shape[0], y_pred.shape[1]);
        if (found.Length != classes) (found, wrong, missed, targets) = (new double[classes], new double[classes], new double[classes],
            new double[classes]);
        double[] y = y_true.ToArray<double>(), p = y_pred.ToArray<double>();
        var weights = sample_weight is null ? null : tf.reshape(sample_weight, -1).ToArray<double>();
        var limit = threshold?.Fixed($"{GetType().Name} threshold");
        for (var i = 0; i < rows; i++)
        {
            var largest = p[(i * classes)..((i + 1) * classes)].Max();
            for (var k = 0; k < classes; k++)
            {
                var (value, target, w) = ((float)p[i * classes + k], y[i * classes + k], weights?[i] ?? 1);
                double positive = (limit is { } l ? value > (float)l : value >= (float)largest && Math.Abs(value) > 1e-9f) ? 1 : 0;
                found[k] += w * positive * target;
                wrong[k] += w * positive * (1 - target);
                missed[k] += w * (1 - positive) * target;
                targets[k] += w * target;
            }
        }
    }

    /// <inheritdoc/>
    public override Tensor result()
    {
        if (average == "micro") return Scalar(Score(found.Sum(), wrong.Sum(), missed.Sum()));
        double[] scores = [.. Enumerable.Range(0, found.Length).Select(k => Score(found[k], wrong[k], missed[k]))];
        return average switch
        {
            null => scores.Length == 0 ? Scalar(0) : tf.constant(scores),
            "macro" => Scalar(scores.DefaultIfEmpty(0).Average()),
            _ => Scalar(scores.Zip(targets, (s, t) => s * t / (targets.Sum() + keras.config.epsilon())).Sum()),
        };
    }

    /// <inheritdoc/>
    public override void reset_state() => (found, wrong, missed, targets) = ([], [], [], []);

    double Score(double tp, double fp, double fn)
    {
        var e = keras.config.epsilon();
        double precision = tp / (tp + fp + e), recall = tp / (tp + fn + e), square = beta * beta;
        return precision * recall / (square * precision + recall + e) * (1 + square);
    }
}
