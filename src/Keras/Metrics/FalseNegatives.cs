namespace Workbook.Keras;

/// <summary>The (weighted) number of true targets with a negative prediction. Keras: keras.metrics.FalseNegatives.</summary>
/// <param name="thresholds">A prediction above it is positive: a number or an array, from 0 to 1; default 0.5.</param>
/// <param name="name">The key in the history; default false_negatives.</param>
/// <exception cref="ArgumentException">A threshold outside of 0 to 1.</exception>
[Names("false_negatives", "FalseNegatives")]
public sealed class FalseNegatives(Operand? thresholds = null, string name = "false_negatives")
    : ConfusionCount("FalseNegatives", thresholds, name)
{
    private protected override double Of(Confusion counts, int threshold) => counts.FalseNegatives(threshold);
}
