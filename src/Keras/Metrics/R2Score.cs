namespace Workbook.Keras;

/// <summary>1 − Σ(y − p)² / Σ(y − ȳ)² per output: 1 for perfect predictions, 0 for the mean. Keras: keras.metrics.R2Score.</summary>
[Names("r2_score", "R2Score")]
[OnlyAs("num_regressors", "0")]
public sealed class R2Score : Metric
{
    [Argument("class_aggregation")]
    readonly string? aggregation;
    double[] sum = [], squares = [], residuals = [];
    double count;

    /// <summary>The share of the variance that is explained.</summary>
    /// <param name="class_aggregation">uniform_average (default), variance_weighted_average, or null for one value per output.</param>
    /// <param name="name">The key in the history; default r2_score.</param>
    /// <exception cref="ArgumentException">Another aggregation.</exception>
    public R2Score(string? class_aggregation = "uniform_average", string name = "r2_score") : base(name)
    {
        if (class_aggregation is not null)
            Spelling.Check("R2Score class_aggregation", class_aggregation, "uniform_average", "variance_weighted_average");
        aggregation = class_aggregation;
    }

    /// <inheritdoc/>
    public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null)
    {
        See(y_true, y_pred, sample_weight);
        var (y, p) = Loss.Pair(y_true, y_pred);
        if (y.ndim == 1) (y, p) = (tf.expand_dims(y, -1), tf.expand_dims(p, -1));
        if (y.shape != p.shape)
            throw new ShapeException($"R2Score: expected targets of the shape of the predictions, {p.shape}. Received: {y.shape}.");
        var (rows, columns) = (y.shape[0], y.shape[1]);
        var weights = sample_weight is null ? null : tf.reshape(sample_weight, -1).ToArray<double>();
        double[] t = y.ToArray<double>(), q = p.ToArray<double>();
        if (sum.Length != columns) (sum, squares, residuals, count) = (new double[columns], new double[columns], new double[columns], 0);
        for (var i = 0; i < rows; i++)
        {
            var w = weights?[i] ?? 1;
            count += w;
            for (var k = 0; k < columns; k++)
            {
                var (a, b) = (t[i * columns + k], q[i * columns + k]);
                sum[k] += w * a;
                squares[k] += w * a * a;
                residuals[k] += w * (a - b) * (a - b);
            }
        }
    }

    /// <inheritdoc/>
    public override Tensor result()
    {
        var total = squares.Select((s, k) => s - sum[k] * sum[k] / count).ToArray();
        var scores = total.Select((s, k) => s == 0 ? 0 : 1 - residuals[k] / s).ToArray();
        return aggregation switch
        {
            null => tf.constant(scores),
            "uniform_average" => Scalar(scores.DefaultIfEmpty(0).Average()),
            _ => Scalar(scores.Zip(total, (score, s) => score * s).Sum() / total.Sum()),
        };
    }

    /// <inheritdoc/>
    public override void reset_state() => (sum, squares, residuals, count) = ([], [], [], 0);
}
