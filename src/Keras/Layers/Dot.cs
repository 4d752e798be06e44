namespace Workbook.Keras;

/// <summary>Σ a·b along one axis of each of two inputs, sample by sample. Keras: keras.layers.Dot.</summary>
/// <remarks>Shapes: (batch, …, n, …) and (batch, …, n, …) → (batch, the other axes of the first, those of the second); of two vectors
/// (batch, 1).</remarks>
/// <param name="axes">The axis, or one for each input; 0 is the batch, and −1 the last.</param>
/// <param name="normalize">Whether both are scaled to length 1 along it first: the cosine. Default false.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
/// <exception cref="ArgumentException">Not one or two axes.</exception>
public sealed class Dot(Axes axes, bool normalize = false, string? name = null) : Merge(name)
{
    readonly int[] axes = (int[]?)axes is { Length: 1 or 2 } given ? given
        : throw new ArgumentException($"Dot: expected one axis, or one for each input. Received: {((int[]?)axes)?.Length}.");

    /// <inheritdoc/>
    public override Tensor? compute_mask(Tensor[] inputs, Tensor?[] masks) => null;

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Not two inputs, or lengths that differ.</exception>
    public override Tensor call(Tensor[] inputs, bool training)
    {
        if (inputs.Length != 2) throw new ShapeException($"Layer '{this.name}': expected two inputs. Received: {inputs.Length}.");
        var (a, b) = (inputs[0], inputs[1]);
        int p = FeatureAxis(a.shape, axes[0]), q = FeatureAxis(b.shape, axes[^1]);
        if (a.shape[p] != b.shape[q])
            throw new ShapeException($"Layer '{this.name}': expected equal lengths along axes {p} and {q}. "
                + $"Received: {a.shape} and {b.shape}.");
        if (normalize) (a, b) = (tf.nn.l2_normalize(a, p, epsilon: 1e-24), tf.nn.l2_normalize(b, q, epsilon: 1e-24));
        var (x, left) = Rows(a, p);
        var (y, right) = Rows(b, q);
        int[] shape = [a.shape[0], .. left, .. right];
        return tf.reshape(tf.matmul(x, y, transpose_b: true), shape.Length == 1 ? [.. shape, 1] : shape);
    }

    /// <summary>(batch, everything else, n), and the lengths of everything else.</summary>
    static (Tensor Rows, int[] Lengths) Rows(Tensor x, int axis)
    {
        int[] others = [.. Enumerable.Range(1, x.ndim - 1).Where(i => i != axis)], lengths = [.. others.Select(i => x.shape[i])];
        return (tf.reshape(tf.transpose(x, [0, .. others, axis]), (x.shape[0], new Shape(lengths).Size, x.shape[axis])), lengths);
    }
}
