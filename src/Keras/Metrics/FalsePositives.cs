namespace Workbook.Keras;

/// <summary>The (weighted) number of false targets with a positive prediction. Keras: keras.metrics.FalsePositives.</summary>
/// <param name="thresholds">A prediction above it is positive: a number or an array, from 0 to 1; default 0.5.</param>
/// <param name="name">The key in the history; default false_positives.</param>
/// <exception cref="ArgumentException">A threshold outside of 0 to 1.</exception>
[Names("false_positives", "FalsePositives")]
public sealed class FalsePositives(Operand? thresholds = null, string name = "false_positives")
    : ConfusionCount("FalsePositives", thresholds, name)
{
    private protected override double Of(Confusion counts, int threshold) => counts.FalsePositives(threshold);
}
