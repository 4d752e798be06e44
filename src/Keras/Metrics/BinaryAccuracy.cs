namespace Workbook.Keras;

/// <summary>
/// The share of predictions on the right side of a threshold; at the threshold itself the prediction is 0. Keras:
/// keras.metrics.BinaryAccuracy.
/// </summary>
/// <param name="threshold">Default 0.5.</param>
/// <param name="name">The key in the history; default binary_accuracy.</param>
[Names("binary_accuracy", "BinaryAccuracy")]
public sealed class BinaryAccuracy(Hyperparameter? threshold = null, string name = "binary_accuracy") : MeanOfFunction((y, p) =>
    Matching.Binary(y, p, (threshold ?? 0.5).Fixed("BinaryAccuracy threshold")), name)
{
    [Argument("threshold")]
    readonly Hyperparameter limit = threshold ?? 0.5;
}
