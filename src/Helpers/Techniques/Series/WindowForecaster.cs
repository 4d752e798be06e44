using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>One-step forecasts of a skewed series: an autoregression of its transformed values, whose λ, weights and noise are judged by
/// one likelihood.</summary>
/// <remarks>
/// z = transform of x, z_t = μ_t + σ·ε, μ_t = b + Σ_j w_j·z_{t − lag_j}. For each value that has a whole window before it
/// −log p(x_t) = ½(z_t − μ_t)²/σ² + log σ + ½·log 2π − log(dz/dx), in the unit of x: transformations, and none, may be compared. The
/// first values, which have no whole window, are taken as given. Without a transformation the forecasts are normal, and go below 0 where
/// no count can.
/// <see cref="Fit"/> finds everything at once, <see cref="Profile"/> says how sure λ is, <see cref="Loss"/> is the same likelihood for a
/// descent of your own. Everything is float64.
/// Judge: a normalised likelihood. Sources: Box and Cox 1964; Box and Jenkins 1970.
/// </remarks>
public sealed class WindowForecaster : Module
{
    const string Who = nameof(WindowForecaster);

    readonly WindowLayer window;

    /// <summary>A forecaster that knows nothing yet: weights 0, noise 1.</summary>
    /// <param name="lags">How many steps each value of the window lies back, as for <see cref="WindowLayer"/>.</param>
    /// <param name="transform">What the series is transformed by, with one λ in float64, such as <c>new BoxCox(dtype: tf.float64)</c>;
    /// <c>trainable: false</c> on it keeps its λ. Null: the series as it is.</param>
    /// <exception cref="ArgumentException">Lags that make no window, or a transformation in float32 or with several λ.</exception>
    public WindowForecaster(IEnumerable<int> lags, LearnedTransform? transform = null)
    {
        window = new WindowLayer(lags);
        if (transform is { Lambda: var λ } && (λ.dtype != tf.float64 || λ.shape.Size != 1))
            throw new ArgumentException($"{Who}: expected a transformation with one lambda in float64. Received: {λ.dtype}, shape "
                + $"{λ.shape}. Write new BoxCox(dtype: tf.float64).");
        Transform = transform;
        Weights = tf.Variable(tf.zeros(window.Lags.Count, tf.float64), name: "weights");
        Intercept = tf.Variable(0.0, name: "intercept", dtype: tf.float64);
        Noise = new Positive(tf.constant(1.0, tf.float64), "noise");
    }

    /// <summary>How many steps each value of the window lies back.</summary>
    public IReadOnlyList<int> Lags => window.Lags;

    /// <summary>The transformation; null: none.</summary>
    public LearnedTransform? Transform { get; }

    /// <summary>The weight of each lag, shape (lags,).</summary>
    public Variable Weights { get; }

    /// <summary>b, a scalar.</summary>
    public Variable Intercept { get; }

    /// <summary>σ, the deviation of the transformed values from their forecasts.</summary>
    public Positive Noise { get; }

    /// <summary>The negative log-likelihood for a value, a scalar. Differentiable by λ, weights, intercept and noise.</summary>
    /// <param name="series">Shape (n,), in its order.</param>
    /// <exception cref="ShapeException">Another shape.</exception>
    /// <exception cref="ArgumentException">Too short for the window, a value that is missing or that the transformation does not take, or
    /// a series that never changes.</exception>
    public Tensor Loss(Operand series)
    {
        var x = Read(series);
        var z = Transform?.Apply(x) ?? x;
        var left = z[window.Reach..] - Expected(window.Rows(z));
        return 0.5 * tf.reduce_mean(tf.square(left * tf.exp(-Noise.Log))) + Noise.Log + 0.5 * Math.Log(2 * Math.PI) - Slope(Transform, x);
    }

    /// <summary>The likelihood of one λ after another, with weights and noise at their best for each. Nothing moves.</summary>
    /// <param name="series">Shape (n,), in its order.</param>
    /// <exception cref="InvalidOperationException">There is no transformation.</exception>
    /// <inheritdoc cref="Loss"/>
    public ProfileLikelihood Profile(Operand series)
    {
        if (Transform is not { } transform)
            throw new InvalidOperationException($"{Who}: expected a transformation whose lambda is asked for. Received: none. "
                + "Give the forecaster one, such as new BoxCox(dtype: tf.float64).");
        var x = Read(series);
        var rows = x.size - window.Reach;
        return ProfileLikelihood.Of(lambda => Solve(transform.At(lambda), x) is { } best
            ? -rows * (0.5 * Math.Log(2 * Math.PI) + Math.Log(best.Noise) + 0.5 - (double)Slope(transform.At(lambda), x))
            : double.NegativeInfinity, what: $"{transform.GetType().Name} lambda");
    }

    /// <summary>Finds the λ, the weights and the noise of the largest likelihood, and keeps them.</summary>
    /// <returns>The negative log-likelihood for a value.</returns>
    /// <inheritdoc cref="Loss"/>
    public double Fit(Operand series)
    {
        var x = Read(series);
        if (Transform is { Lambda.trainable: true } learned) learned.Lambda.assign(Profile(series).Best);
        if (Solve(Transform, x) is not { } best)
            throw new ArgumentException($"{Who}: expected a series that its window does not forecast without error. Received: one whose "
                + "next value follows from those before but for rounding. There is no noise to learn: leave lags out.");
        Weights.assign(best.Weights[1..]);
        Intercept.assign(best.Weights[0]);
        Noise.Assign(best.Noise);
        return (double)Loss(series);
    }

    /// <summary>Each value from one position on, forecast from what came before it. Nothing is learned from these values.</summary>
    /// <param name="series">Shape (n,), in its order: what was learned from, and what comes after.</param>
    /// <param name="from">The position of the first forecast, from 0; at least the largest lag.</param>
    /// <exception cref="ArgumentOutOfRangeException">A position without a whole window before it, or beyond the series.</exception>
    /// <inheritdoc cref="Loss"/>
    public WindowForecast Forecast(Operand series, int from)
    {
        var x = Read(series);
        if (from < window.Reach || from >= x.size)
            throw new ArgumentOutOfRangeException(nameof(from), from, $"{Who}: expected a position from {window.Reach}, the largest lag, "
                + $"to {x.size - 1}. For values beyond the series take Ahead.");
        var z = Transform?.Apply(x) ?? x;
        var expected = Expected(window.Rows(z)[(from - window.Reach)..]).ToArray<double>();
        return new(expected, [.. expected.Select(_ => (double)Noise.Value)], Transform, x[from..].ToArray<double>());
    }

    /// <summary>The values after the end of the series, all seen from there: a fan that opens.</summary>
    /// <remarks>
    /// In z the value h steps ahead is normal: its mean follows from the recursion, its variance is σ²·Σ ψ_j² over j below h, with ψ_0 = 1
    /// and ψ_j = Σ w_lag·ψ_{j − lag}. Each quantile goes back through the transformation. What is not known of λ and the weights is left
    /// out.
    /// </remarks>
    /// <param name="series">Shape (n,), in its order.</param>
    /// <param name="steps">How many values, at least 1.</param>
    /// <inheritdoc cref="Loss"/>
    public WindowForecast Ahead(Operand series, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var x = Read(series);
        var z = (Transform?.Apply(x) ?? x).ToArray<double>().ToList();
        var (weights, sigma, square) = (Weights.read_value().ToArray<double>(), (double)Noise.Value, 0.0);
        var (echo, deviations) = (new double[steps], new double[steps]);
        for (var h = 0; h < steps; h++)
        {
            z.Add((double)Intercept + Lags.Select((lag, j) => weights[j] * z[^lag]).Sum());
            echo[h] = h == 0 ? 1 : Lags.Select((lag, j) => lag <= h ? weights[j] * echo[h - lag] : 0).Sum();
            square += echo[h] * echo[h];
            deviations[h] = sigma * Math.Sqrt(square);
        }
        return new([.. z.TakeLast(steps)], deviations, Transform, null);
    }

    Tensor Expected(Tensor rows) => tf.linalg.matvec(rows, Weights) + Intercept;

    Tensor Slope(LearnedTransform? transform, Tensor x) =>
        transform is null ? tf.constant(0.0, tf.float64) : tf.reduce_mean(transform.LogSlope(x[window.Reach..]));

    /// <summary>The weights of least squares, the intercept first, and the root of the mean square that they leave; null where that is
    /// rounding.</summary>
    (Tensor Weights, double Noise)? Solve(LearnedTransform? transform, Tensor x)
    {
        Tensor z = transform?.Apply(x) ?? x, rows = window.Rows(z);
        var A = tf.concat([tf.ones((rows.shape[0], 1), tf.float64), rows], 1);
        var target = tf.expand_dims(z[window.Reach..], 1);
        var weights = tf.linalg.lstsq(A, target);
        var noise = Math.Sqrt((double)tf.reduce_mean(tf.square(target - tf.matmul(A, weights))));
        return noise > 1e-11 * (double)tf.reduce_max(tf.abs(z)) ? (weights[.., 0], noise) : null;
    }

    Tensor Read(Operand series) => tf.constant(SeriesRows.Of(Who, series, window.Reach + Lags.Count + 3,
        $"for the largest lag, {window.Reach}, must lie within it, with more values behind than there are lags"));
}
