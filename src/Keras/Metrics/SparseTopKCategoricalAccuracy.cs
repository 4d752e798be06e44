namespace Workbook.Keras;

/// <summary>
/// The share of samples whose label is among the k largest predictions. Keras: keras.metrics.SparseTopKCategoricalAccuracy.
/// </summary>
/// <param name="k">Default 5.</param>
/// <param name="name">The key in the history; default sparse_top_k_categorical_accuracy.</param>
[Names("sparse_top_k_categorical_accuracy", "SparseTopKCategoricalAccuracy")]
public sealed class SparseTopKCategoricalAccuracy(int k = 5, string name = "sparse_top_k_categorical_accuracy")
    : MeanOfFunction((y, p) => Matching.Top(y, p, k), name)
{
    [Argument("k")]
    readonly int number = k;
}
