using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A level and a trend that follow a series without season; the forecast is level + steps · trend.</summary>
/// <remarks>
/// expected = level + trend; level ← expected + α · (x − expected); trend ← trend + β · (level − expected). The second value is the first
/// level and its distance to the first value the first trend, so forecasts begin with the third. R: HoltWinters(x, gamma = FALSE).
/// </remarks>
/// <param name="alpha">The first α, between 0 and 1; default 0.3.</param>
/// <param name="beta">The first β, between 0 and 1; default 0.1.</param>
public sealed class HoltSmoothing(Hyperparameter? alpha = null, Hyperparameter? beta = null)
    : Smoothing(Constant(alpha, 0.3, "alpha"), Constant(beta, 0.1, "beta"))
{
    /// <summary>α: which part of each error the level takes over.</summary>
    public UnitInterval Alpha => Constants[0];

    /// <summary>β: which part of the level's surprise the trend takes over.</summary>
    public UnitInterval Beta => Constants[1];

    /// <inheritdoc/>
    public override int Start => 2;

    private protected override double[] Read(Operand series) => SeriesRows.Of(Who, series, 4, "two to begin with and two to forecast");

    private protected override SmoothingRun Run(double[] series, Tensor[] constants) =>
        new(series.AsSpan(Start), series[1], series[1] - series[0], null, false, constants);
}
