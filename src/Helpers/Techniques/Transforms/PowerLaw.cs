using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>y = a · x₁^p₁ · x₂^p₂ …, fitted by least squares in the unit of y, with standard errors.</summary>
/// <remarks>
/// The unknowns are θ = (log a, p₁, p₂, …), for with the rows A = (1, log x₁, log x₂, …) the model is y = exp(Aθ). Gauss–Newton steps
/// from the straight line in logs: the slopes of the predictions are J = y·A, the step is (JᵀJ)⁻¹Jᵀr with the residuals r. The covariance
/// of θ is σ²(JᵀJ)⁻¹ with σ² = Σr²/(n − k) for k unknowns, which holds where errors are independent and equally wide.
/// Judge: the training loss. Source: R's <c>nls</c>; D. Bates, D. Watts, Nonlinear Regression Analysis and Its Applications (1988).
/// </remarks>
public sealed class PowerLaw
{
    const int Rounds = 100;

    PowerLaw(Tensor theta, Tensor covariance) => (Theta, Covariance) = (theta, covariance);

    /// <summary>log a and the exponents, shape (k,).</summary>
    public Tensor Theta { get; }

    /// <summary>The covariance of <see cref="Theta"/>, shape (k, k).</summary>
    public Tensor Covariance { get; }

    /// <summary>The factor a, in the unit that makes the law right.</summary>
    public double A => Math.Exp(Theta[0].Item<double>());

    /// <summary>An exponent.</summary>
    /// <param name="feature">The number of its feature, from 0.</param>
    public double Exponent(int feature = 0) => Theta[feature + 1].Item<double>();

    /// <summary>The standard error of an exponent.</summary>
    /// <param name="feature">The number of its feature, from 0.</param>
    public double Error(int feature = 0) => Math.Sqrt(Covariance[feature + 1, feature + 1].Item<double>());

    /// <summary>The correlation of log a and an exponent: near ±1, one makes up for the other.</summary>
    /// <param name="feature">The number of the feature, from 0.</param>
    public double Correlation(int feature = 0) =>
        Covariance[0, feature + 1].Item<double>() / Math.Sqrt(Covariance[0, 0].Item<double>()) / Error(feature);

    /// <summary>The law fitted to data.</summary>
    /// <param name="y">The target, shape (n,), positive.</param>
    /// <param name="features">The features, each of shape (n,), positive; fewer than n − 1 of them.</param>
    /// <exception cref="ArgumentException">A number is not positive, or there are too few rows.</exception>
    /// <exception cref="NumericException">The features do not tell the unknowns apart.</exception>
    public static PowerLaw Fit(Tensor y, params IReadOnlyList<Tensor> features)
    {
        foreach (var column in features.Append(y))
            if (column.ToArray<double>().FirstOrDefault(v => !(v > 0), 1) is var wrong and not 1)
                throw new ArgumentException($"PowerLaw: expected positive numbers, for it takes logs. Received: {wrong}. Shift or drop them.");
        var A = Design(features);
        var (n, k) = (A.shape[0], A.shape[1]);
        if (n <= k)
            throw new ArgumentException(
                $"PowerLaw: expected more rows than unknowns, {k}. Received: {n}. Give more rows or fewer features.");
        Tensor target = tf.reshape(tf.cast(y, tf.float64), (n, 1)), theta = Solve(A, tf.log(target));
        for (var round = 0; round < Rounds; round++)
        {
            var (J, r) = Linear(A, theta, target);
            var step = Solve(J, r);
            theta += step;
            if (tf.reduce_max(tf.abs(step)).Item<double>() < 1e-12) break;
        }
        var (slopes, left) = Linear(A, theta, target);
        var variance = tf.reduce_sum(tf.square(left)) / (n - k);
        return new(tf.reshape(theta, k), variance * tf.linalg.inv(tf.matmul(slopes, slopes, transpose_a: true)));
    }

    /// <summary>What the law predicts, shape (m,).</summary>
    /// <param name="features">As many features as were fitted, each of shape (m,).</param>
    public Tensor Predict(params IReadOnlyList<Tensor> features) => tf.exp(tf.linalg.matvec(Design(features), Theta));

    static Tensor Design(IReadOnlyList<Tensor> features) =>
        tf.stack([tf.ones_like(tf.cast(features[0], tf.float64)), .. features.Select(f => tf.log(tf.cast(f, tf.float64)))], axis: 1);

    static (Tensor Slopes, Tensor Residuals) Linear(Tensor A, Tensor theta, Tensor y)
    {
        var predicted = tf.exp(tf.matmul(A, theta));
        return (predicted * A, y - predicted);
    }

    static Tensor Solve(Tensor A, Tensor y) =>
        tf.linalg.solve(tf.matmul(A, A, transpose_a: true), tf.matmul(A, y, transpose_a: true));
}
