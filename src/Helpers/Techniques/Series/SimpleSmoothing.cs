using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A level that follows a series without trend or season: level ← level + α · (x − level), and the level is the
/// forecast.</summary>
/// <remarks>
/// The forecast is the mean of the past with weights α·(1 − α)^age: a window without an edge, whose values are about (1 − α)/α steps old in
/// the mean. The first value is the first level, so forecasts begin with the second. R: HoltWinters(x, beta = FALSE, gamma = FALSE).
/// </remarks>
/// <param name="alpha">The first α, between 0 and 1; default 0.3.</param>
public sealed class SimpleSmoothing(Hyperparameter? alpha = null) : Smoothing(Constant(alpha, 0.3, "alpha"))
{
    /// <summary>α: which part of each error the level takes over.</summary>
    public UnitInterval Alpha => Constants[0];

    /// <inheritdoc/>
    public override int Start => 1;

    private protected override double[] Read(Operand series) => SeriesRows.Of(Who, series, 3, "one to begin with and two to forecast");

    private protected override SmoothingRun Run(double[] series, Tensor[] constants) =>
        new(series.AsSpan(Start), series[0], null, null, false, constants);
}
