using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What <see cref="Evidence.Maximize"/> found.</summary>
/// <param name="Alpha">Precision of the noise: 1 / variance.</param>
/// <param name="Lambda">Precision of the weights; ∞ where the features hold no signal.</param>
/// <param name="Gamma">The number of weights that the data determine, from 0 to d.</param>
/// <param name="LogEvidence">The log evidence at both precisions.</param>
/// <param name="Weights">The mean of the weights, shape (d,), in the unit of the features.</param>
/// <param name="Intercept">What is predicted where all features are 0.</param>
public sealed record EvidenceFit(double Alpha, double Lambda, double Gamma, double LogEvidence, Tensor Weights, double Intercept)
{
    /// <summary>λ/α: the L2 strength beside a sum of squares, ½‖y − Xw‖² + ½·ratio·‖w‖².</summary>
    public double Ratio => Lambda / Alpha;

    /// <summary>What the mean of the weights predicts, shape (m,).</summary>
    /// <param name="X">Features, shape (m, d), as they were given to the fit.</param>
    public Tensor Predict(Operand X) => tf.linalg.matvec(tf.cast(X, tf.float64), Weights) + Intercept;
}
