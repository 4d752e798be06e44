using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// The L2 strength of a linear model that is learned together with the weights, beside the term −d/2·log λ: the most probable λ <i>and</i>
/// w, where <see cref="Evidence"/> averages the weights out.
/// </summary>
/// <remarks>
/// J(w, λ, α) = ½(α‖y − Xw‖² − n·log α + λ‖w‖² − d·log λ), stationary at λ = d/‖w‖², α = n/‖y − Xw‖². J has no minimum: at w = 0 it falls
/// with λ → ∞ for ever. A useful stationary point exists where the weights stand out of the noise: for features at right angles and a known
/// α exactly where the mean of z² is at least 4, with z² = α·(X'y)²/(X'X) for each weight; the evidence needs 1. It shrinks more than the
/// evidence.
/// Judge: a likelihood that forgets how wide the weights are. Source: MacKay 1999. A comparison, not a recommendation.
/// </remarks>
public static class JointMap
{
    /// <summary>The stationary point of least strength, reached from weak strengths.</summary>
    /// <param name="X">Features, shape (n, d), in any unit; centred here.</param>
    /// <param name="y">Target, shape (n,) or (n, 1); centred here.</param>
    /// <param name="noise">α where it is known, above 0; null: learned too.</param>
    /// <exception cref="JudgeException">There is nothing to judge by; see <see cref="Evidence.Maximize"/>.</exception>
    /// <exception cref="NumericException">There is no stationary point: the strength grows without end. The message has the mean z².
    /// </exception>
    public static JointMapFit Fit(Operand X, Operand y, double? noise = null)
    {
        if (noise is <= 0 or double.NaN)
            throw new ArgumentOutOfRangeException(nameof(noise), $"JointMap: expected a precision above 0. Received: {noise}.");
        var data = CentredData.Of("JointMap", X, y);
        var path = new RidgePath(data);
        var (n, d, free) = (data.Rows, data.Columns, data.Rows - path.Directions);
        double Alpha(double ratio) => noise ?? n / path.Residual(ratio);
        var least = noise ?? (path.Rest > 0 && free > 0 ? free / path.Rest : double.NaN);
        var meanSquaredZ = least * path.Explained / d;
        var ratio = path.Crossings(r => r * Alpha(r) * path.SquaredLength(r) - d, falls: false).Cast<double?>().FirstOrDefault();
        if (ratio is not { } found)
            throw new NumericException(
                "JointMap: expected weights that stand out of the noise, with a mean z² of 4 or more (at right angles, exactly). Received: "
                    + (double.IsNaN(meanSquaredZ) ? $"no noise to compare them with, for {d} columns explain all of {n} rows. "
                        : $"{Numbers.Show(meanSquaredZ, 4)}. ")
                    + "The strength grows without end, and all weights go to 0. Evidence.Maximize needs a mean z² of 1 only.");
        var weights = path.Weights(found);
        return new(Alpha(found), found * Alpha(found), meanSquaredZ, weights, data.Intercept(weights));
    }
}
