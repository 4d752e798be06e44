namespace Workbook.Keras;

/// <summary>Keras' way from values and weights of any shape to one of each per sample.</summary>
static class SampleWise
{
    /// <summary>The weights of what counts; null: all the same.</summary>
    /// <param name="weight">Null: none.</param>
    /// <param name="mask">Which steps count; null: all.</param>
    public static Tensor? Counting(Tensor? weight, Tensor? mask)
    {
        if (mask is null) return weight;
        var counts = tf.cast(mask, DType.Float64);
        if (weight is null) return counts;
        (counts, weight) = Ranks.Align(counts, tf.cast(weight, DType.Float64));
        return weight * counts;
    }

    /// <summary>Weighted values, reduced to one axis.</summary>
    /// <param name="values">Any shape.</param>
    /// <param name="weight">Null: none.</param>
    /// <param name="reduce">Reduces all axes but the first.</param>
    public static (Tensor Values, Tensor? Weight) Reduce(Tensor values, Tensor? weight, Func<Tensor, Tensor> reduce)
    {
        values = tf.cast(values, DType.Float64);
        if (weight is not null)
        {
            (values, weight) = Ranks.Align(values, tf.cast(weight, DType.Float64));
            // A weight per sample meets the reduced value of the sample.
            if (weight.ndim == 1 && values.ndim > 1) values = reduce(values);
            weight = tf.broadcast_to(weight, values.shape);
            values *= weight;
            if (weight.ndim > 1) weight = reduce(weight);
        }
        return (values.ndim > 1 ? reduce(values) : values, weight);
    }
}
