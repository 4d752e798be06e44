namespace Workbook.Keras;

/// <summary>
/// The share of samples whose largest prediction is at the largest target; the first wins a tie. Keras: keras.metrics.CategoricalAccuracy.
/// </summary>
/// <param name="name">The key in the history; default categorical_accuracy.</param>
[Names("categorical_accuracy", "CategoricalAccuracy")]
public sealed class CategoricalAccuracy(string name = "categorical_accuracy") : MeanOfFunction(Matching.Categorical, name);
