using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What <see cref="Ard.Maximize"/> found.</summary>
/// <param name="Alpha">Precision of the noise: 1 / variance.</param>
/// <param name="Lambda">Precision of each weight, in the unit of its feature; ∞ where the feature does not matter.</param>
/// <param name="Gamma">How far the data determine each weight, from 0 to 1.</param>
/// <param name="LogEvidence">The log evidence at these precisions.</param>
/// <param name="Weights">The mean of the weights, shape (d,); exactly 0 where the precision is ∞.</param>
/// <param name="Intercept">What is predicted where all features are 0.</param>
/// <param name="Kept">The features that matter, by number, ascending.</param>
/// <param name="Rounds">The rounds until convergence.</param>
public sealed record ArdFit(double Alpha, IReadOnlyList<double> Lambda, IReadOnlyList<double> Gamma, double LogEvidence, Tensor Weights,
    double Intercept, IReadOnlyList<int> Kept, int Rounds)
{
    /// <summary>What the mean of the weights predicts, shape (m,).</summary>
    /// <param name="X">Features, shape (m, d), as they were given to the fit.</param>
    public Tensor Predict(Operand X) => tf.linalg.matvec(tf.cast(X, tf.float64), Weights) + Intercept;
}
