namespace Workbook.Keras;

/// <summary>Weights of classes turned into weights of samples.</summary>
static class ClassWeights
{
    /// <summary>The weight of each sample's class; 1 for a class that is not named.</summary>
    /// <param name="y">Labels, or one-hot rows.</param>
    /// <param name="weights">By class.</param>
    public static Tensor Of(Tensor y, ClassWeight weights)
    {
        var numbers = weights.ToDictionary(w => w.Key, w => w.Value.Fixed($"class_weight of {w.Key}"));
        var classes = (y.ndim > 1 && y.shape[^1] > 1 ? tf.argmax(y, -1)
            : tf.round(tf.cast(tf.reshape(y, (y.shape[0], -1))[.., 0], DType.Float64))).ToArray<int>();
        return tf.constant(Array.ConvertAll(classes, c => numbers.TryGetValue(c, out var w) ? w : 1.0));
    }
}
