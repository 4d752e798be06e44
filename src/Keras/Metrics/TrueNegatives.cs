namespace Workbook.Keras;

/// <summary>The (weighted) number of false targets with a negative prediction. Keras: keras.metrics.TrueNegatives.</summary>
/// <param name="thresholds">A prediction above it is positive: a number or an array, from 0 to 1; default 0.5.</param>
/// <param name="name">The key in the history; default true_negatives.</param>
/// <exception cref="ArgumentException">A threshold outside of 0 to 1.</exception>
[Names("true_negatives", "TrueNegatives")]
public sealed class TrueNegatives(Operand? thresholds = null, string name = "true_negatives")
    : ConfusionCount("TrueNegatives", thresholds, name)
{
    private protected override double Of(Confusion counts, int threshold) => counts.TrueNegatives(threshold);
}
