namespace Workbook.Keras;

/// <summary>
/// The share of samples whose largest target is among the k largest predictions. Keras: keras.metrics.TopKCategoricalAccuracy.
/// </summary>
/// <param name="k">Default 5.</param>
/// <param name="name">The key in the history; default top_k_categorical_accuracy.</param>
[Names("top_k_categorical_accuracy", "TopKCategoricalAccuracy")]
public sealed class TopKCategoricalAccuracy(int k = 5, string name = "top_k_categorical_accuracy")
    : MeanOfFunction((y, p) => Matching.Top(tf.argmax(y, -1), p, k), name)
{
    [Argument("k")]
    readonly int number = k;
}
