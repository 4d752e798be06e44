namespace Workbook.Keras;

/// <summary>2 · precision · recall / (precision + recall) of each class. Keras: keras.metrics.F1Score.</summary>
/// <param name="average">null (default): one score per class; micro: of all together; macro: their mean; weighted: their mean, weighted by
/// the targets.</param>
/// <param name="threshold">A prediction above it is positive, above 0 and up to 1; default: the largest of a sample is.</param>
/// <param name="name">The key in the history; default f1_score.</param>
/// <exception cref="ArgumentException">Another average, or a threshold outside of its range.</exception>
[Names("f1_score", "F1Score")]
public sealed class F1Score(string? average = null, Hyperparameter? threshold = null, string name = "f1_score")
    : FBetaScore(average, 1, threshold, name);
