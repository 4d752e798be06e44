namespace Workbook.Tensors;

/// <summary>A tensor whose axes have labels, and the products and sums over equal labels that einsum and tensordot are made of.</summary>
sealed record Contraction(Tensor Value, int[] Labels)
{
    /// <summary>
    /// Sums of products over every label that the output lacks: operands from left to right, one matrix product per pair.
    /// </summary>
    public static Tensor Of(Tensor[] values, int[][] labels, int[] output)
    {
        var result = new Contraction(values[0], labels[0]);
        for (var i = 1; i < values.Length; i++)
        {
            int[] later = [.. output, .. labels[(i + 1)..].SelectMany(l => l)];
            var next = new Contraction(values[i], labels[i]);
            result = result.Reduced([.. later, .. next.Labels]).Times(next.Reduced([.. later, .. result.Labels]), later);
        }
        return result.Reduced(output).In(output);
    }

    /// <summary>Diagonals where a label repeats, then sums over labels that nothing else needs.</summary>
    Contraction Reduced(int[] needed)
    {
        var (x, labels) = (Value, Labels);
        while (labels.GroupBy(l => l).FirstOrDefault(same => same.Count() > 1)?.Key is { } twice)
        {
            int first = Array.IndexOf(labels, twice), last = Array.LastIndexOf(labels, twice);
            int[] rest = [.. Enumerable.Range(0, labels.Length).Where(i => i != first && i != last)];
            x = tf.linalg.diag_part(tf.transpose(x, [.. rest, first, last]));
            labels = [.. rest.Select(i => labels[i]), twice];
        }
        int[] sums = [.. Enumerable.Range(0, labels.Length).Where(i => !needed.Contains(labels[i]))];
        return new(sums.Length == 0 ? x : tf.reduce_sum(x, sums), [.. labels.Where(needed.Contains)]);
    }

    /// <summary>The product with another tensor, summed over common labels that are not needed later.</summary>
    Contraction Times(Contraction other, int[] needed)
    {
        var (a, b) = (Unstretched(other), other.Unstretched(this));
        int[] common = [.. a.Labels.Intersect(b.Labels)], batch = [.. common.Where(needed.Contains)], summed = [.. common.Except(batch)],
            left = [.. a.Labels.Except(common)], right = [.. b.Labels.Except(common)];
        var (x, xTransposed) = a.Matrices(batch, left, summed);
        var (y, yTransposed) = b.Matrices(batch, summed, right);
        int[] lengths = [.. a.Lengths([.. batch, .. left]), .. b.Lengths(right)];
        return new(tf.reshape(tf.matmul(x, y, xTransposed, yTransposed), lengths), [.. batch, .. left, .. right]);
    }

    /// <summary>Without the axes of length 1 that are longer in the other tensor: there they broadcast.</summary>
    Contraction Unstretched(Contraction other)
    {
        int[] drop = [.. Labels.Where(l => other.Labels.Contains(l) && Lengths([l])[0] == 1 && other.Lengths([l])[0] != 1)];
        return drop.Length == 0 ? this
            : new(tf.squeeze(Value, Array.ConvertAll(drop, l => Array.IndexOf(Labels, l))), [.. Labels.Except(drop)]);
    }

    /// <summary>
    /// A batch of matrices (batch, rows, columns); left in place, and to be transposed by the product, where the columns come first.
    /// </summary>
    (Tensor Value, bool Transposed) Matrices(int[] batch, int[] rows, int[] columns)
    {
        int b = Count(batch), r = Count(rows), c = Count(columns);
        int[] asIs = [.. batch, .. rows, .. columns], turned = [.. batch, .. columns, .. rows];
        return !Labels.SequenceEqual(asIs) && Labels.SequenceEqual(turned) ? (tf.reshape(Value, (b, c, r)), true)
            : (tf.reshape(In(asIs), (b, r, c)), false);
    }

    /// <summary>The axes in the order of some labels.</summary>
    Tensor In(int[] order) =>
        Labels.SequenceEqual(order) ? Value : tf.transpose(Value, Array.ConvertAll(order, l => Array.IndexOf(Labels, l)));

    int[] Lengths(int[] labels) => Array.ConvertAll(labels, l => Value.shape[Array.IndexOf(Labels, l)]);

    int Count(int[] labels) => new Shape(Lengths(labels)).Size;
}
