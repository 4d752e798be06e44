using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What <see cref="GroupedRidge"/> found.</summary>
/// <param name="Groups">Which features share a strength.</param>
/// <param name="Strengths">A strength for each group, from 1e-6 (free) to 1e6 (off).</param>
/// <param name="Determined">How many weights of each group the data determine: Σ (1 − n·s_j·(A⁻¹)_jj), from 0 to its size.</param>
/// <param name="Standardized">The weights of the standardised features.</param>
/// <param name="Weights">The weights of the features as they were given.</param>
/// <param name="Intercept">What is predicted where all features are 0.</param>
/// <param name="LeaveOneOut">The mean squared error on each row, predicted by the model of all others.</param>
/// <param name="LogEvidence">The log evidence, with the noise at its best.</param>
/// <param name="Noise">The standard deviation of the noise, by the evidence.</param>
/// <param name="Evaluations">How often the judge was asked.</param>
public sealed record GroupedFit(Groups Groups, IReadOnlyList<double> Strengths, IReadOnlyList<double> Determined,
    IReadOnlyList<double> Standardized, IReadOnlyList<double> Weights, double Intercept, double LeaveOneOut, double LogEvidence,
    double Noise, int Evaluations)
{
    /// <summary>The strength of a group.</summary>
    /// <param name="group">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is no such group.</exception>
    public double this[string group] => Strengths[Groups.IndexOf(group)];

    /// <summary>The strength of each feature.</summary>
    public IReadOnlyList<double> PerFeature => [.. Groups.Of.Select(g => Strengths[g])];

    /// <summary>The predictions for other rows, shape (rows,).</summary>
    /// <param name="X">Features as they were given to the fit, shape (rows, d).</param>
    /// <exception cref="ArgumentException">Another number of features.</exception>
    public Tensor Predict(Tensor X) => LinearRule.Predict(X, Weights, Intercept);

    /// <summary>The mean squared error on other rows.</summary>
    /// <param name="X">Features as they were given to the fit, shape (rows, d).</param>
    /// <param name="y">Their targets, shape (rows,) or (rows, 1).</param>
    public double Error(Tensor X, Tensor y) => LinearRule.Error(Predict(X), y);
}
