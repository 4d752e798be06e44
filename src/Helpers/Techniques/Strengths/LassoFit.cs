using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What <see cref="Lasso"/> found.</summary>
/// <param name="Strength">The strength of the penalty.</param>
/// <param name="Standardized">The weights of the standardised features.</param>
/// <param name="Weights">The weights of the features as they were given.</param>
/// <param name="Intercept">What is predicted where all features are 0.</param>
public sealed record LassoFit(double Strength, IReadOnlyList<double> Standardized, IReadOnlyList<double> Weights, double Intercept)
{
    /// <summary>How many weights are not 0.</summary>
    public int Kept => Weights.Count(w => w != 0);

    /// <summary>The predictions for other rows, shape (rows,).</summary>
    /// <param name="X">Features as they were given to the fit, shape (rows, d).</param>
    /// <exception cref="ArgumentException">Another number of features.</exception>
    public Tensor Predict(Tensor X) => LinearRule.Predict(X, Weights, Intercept);

    /// <summary>The mean squared error on other rows.</summary>
    /// <param name="X">Features as they were given to the fit, shape (rows, d).</param>
    /// <param name="y">Their targets, shape (rows,) or (rows, 1).</param>
    public double Error(Tensor X, Tensor y) => LinearRule.Error(Predict(X), y);
}
