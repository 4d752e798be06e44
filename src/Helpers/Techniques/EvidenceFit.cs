using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What <see cref="Evidence.Maximize"/> found.</summary>
/// <param name="Alpha">Precision of the noise: 1 / variance.</param>
/// <param name="Lambda">Precision of the weights.</param>
/// <param name="Gamma">The number of weights that the data determine, from 0 to d.</param>
/// <param name="LogEvidence">The log evidence at both precisions.</param>
/// <param name="Weights">The mean of the weights, shape (d,).</param>
/// <param name="Rounds">The rounds until convergence.</param>
public sealed record EvidenceFit(double Alpha, double Lambda, double Gamma, double LogEvidence, Tensor Weights, int Rounds)
{
    /// <summary>λ/α: the L2 strength beside a sum of squares, ½‖y − Xw‖² + ½·ratio·‖w‖².</summary>
    public double Ratio => Lambda / Alpha;
}
