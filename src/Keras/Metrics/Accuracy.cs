namespace Workbook.Keras;

/// <summary>The share of predictions that equal the targets exactly. Keras: keras.metrics.Accuracy.</summary>
/// <param name="name">The key in the history; default accuracy.</param>
[Names("Accuracy")]
public sealed class Accuracy(string name = "accuracy") : MeanOfFunction(Matching.Equal, name);
