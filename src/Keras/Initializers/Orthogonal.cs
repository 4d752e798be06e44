namespace Workbook.Keras;

/// <summary>A matrix of orthonormal rows or columns, whichever are fewer, times a gain. Saxe et al. 2014. Keras:
/// keras.initializers.Orthogonal.</summary>
/// <remarks>The orthogonal factor of a normal matrix, with the signs that make it uniformly distributed. Leading axes are flattened into
/// rows.</remarks>
/// <param name="gain">Default 1.</param>
/// <param name="seed">With a seed every call gives the same numbers.</param>
[Names("orthogonal", "Orthogonal")]
public sealed class Orthogonal(Hyperparameter? gain = null, long? seed = null) : Initializer
{
    /// <inheritdoc/>
    /// <exception cref="ShapeException">Fewer than two axes.</exception>
    public override Tensor Apply(Shape shape, DType dtype)
    {
        if (shape.Rank < 2) throw new ShapeException($"Orthogonal: expected at least two axes. Received: {shape}.");
        int columns = shape[^1], rows = shape.Size / Math.Max(1, columns);
        int length = Math.Max(rows, columns), count = Math.Min(rows, columns);
        var vectors = Orthonormal(tf.random.normal((count, length), dtype: DType.Float64, seed: seed).ToArray<double>(), count, length);
        var matrix = Tensor.FromSpan<double>(vectors, (count, length));
        return tf.cast(Once(gain ?? 1, "gain") * tf.reshape(rows < columns ? matrix : tf.transpose(matrix), shape), dtype);
    }

    /// <summary>Gram and Schmidt, twice, which is as exact as Householder for random rows; its diagonal is positive, so no signs remain to
    /// be set.</summary>
    static double[] Orthonormal(double[] v, int count, int length)
    {
        for (var i = 0; i < count; i++)
        {
            var row = v.AsSpan(i * length, length);
            for (var pass = 0; pass < 2; pass++)
                for (var j = 0; j < i; j++)
                {
                    var earlier = v.AsSpan(j * length, length);
                    var projection = Dot(row, earlier);
                    for (var k = 0; k < length; k++) row[k] -= projection * earlier[k];
                }
            var norm = Math.Sqrt(Dot(row, row));
            for (var k = 0; k < length; k++) row[k] /= norm;
        }
        return v;
    }

    static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var k = 0; k < a.Length; k++) sum += a[k] * b[k];
        return sum;
    }
}
