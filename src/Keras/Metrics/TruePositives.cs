namespace Workbook.Keras;

/// <summary>The (weighted) number of true targets with a positive prediction. Keras: keras.metrics.TruePositives.</summary>
/// <param name="thresholds">A prediction above it is positive: a number or an array, from 0 to 1; default 0.5.</param>
/// <param name="name">The key in the history; default true_positives.</param>
/// <exception cref="ArgumentException">A threshold outside of 0 to 1.</exception>
[Names("true_positives", "TruePositives")]
public sealed class TruePositives(Operand? thresholds = null, string name = "true_positives")
    : ConfusionCount("TruePositives", thresholds, name)
{
    private protected override double Of(Confusion counts, int threshold) => counts.TruePositives(threshold);
}
