namespace Workbook.Keras;

/// <summary>
/// The share of samples whose largest prediction is at the label; the first wins a tie. Keras: keras.metrics.SparseCategoricalAccuracy.
/// </summary>
/// <param name="name">The key in the history; default sparse_categorical_accuracy.</param>
[Names("sparse_categorical_accuracy", "SparseCategoricalAccuracy")]
public sealed class SparseCategoricalAccuracy(string name = "sparse_categorical_accuracy") : MeanOfFunction(Matching.Sparse, name);
