using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What <see cref="JointMap.Fit"/> found.</summary>
/// <param name="Alpha">Precision of the noise: as given, or n/‖y − Xw‖².</param>
/// <param name="Lambda">Precision of the weights, d/‖w‖².</param>
/// <param name="MeanSquaredZ">Σz²/d with z² = α·(X'y)²/(X'X) in the directions of the features; α as given, or that of least squares,
/// (n − rank)/‖y − Xw‖².</param>
/// <param name="Weights">The weights, shape (d,), in the unit of the features.</param>
/// <param name="Intercept">What is predicted where all features are 0.</param>
public sealed record JointMapFit(double Alpha, double Lambda, double MeanSquaredZ, Tensor Weights, double Intercept)
{
    /// <summary>λ/α: the L2 strength beside a sum of squares, ½‖y − Xw‖² + ½·ratio·‖w‖².</summary>
    public double Ratio => Lambda / Alpha;

    /// <summary>What the weights predict, shape (m,).</summary>
    /// <param name="X">Features, shape (m, d), as they were given to the fit.</param>
    public Tensor Predict(Operand X) => tf.linalg.matvec(tf.cast(X, tf.float64), Weights) + Intercept;
}
