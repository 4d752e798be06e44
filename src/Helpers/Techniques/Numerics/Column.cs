using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What is wrong with the columns of a table, and where.</summary>
static class Column
{
    /// <summary>A place in a table.</summary>
    public readonly record struct Cell(int Row, int Index)
    {
        /// <summary>The number there.</summary>
        public double Of(Operand x) => tf.cast(x, tf.float64).ToArray<double>()[Index];
    }

    /// <summary>The first cell in which something is so; null: none.</summary>
    public static Cell? FirstRow(Tensor so)
    {
        if (!(bool)tf.reduce_any(so)) return null;
        var index = Array.IndexOf(so.ToArray<bool>(), true);
        return new(so.ndim == 0 ? 0 : index / Math.Max(1, so.size / so.shape[0]), index);
    }

    /// <summary>Refuses what nothing can be learned from.</summary>
    /// <param name="who">Who asks.</param>
    /// <param name="x">Shape (rows, …).</param>
    /// <exception cref="ArgumentException">A value is not finite, a column is constant, or squares would have no place in
    /// float64.</exception>
    public static void Check(string who, Operand x)
    {
        NoGaps(who, x);
        var flat = tf.reduce_max(x, 0) <= tf.reduce_min(x, 0);
        if (FirstRow(tf.reshape(flat, -1)) is { } at)
        {
            var which = x.value().ndim > 1 ? $"column {at.Row} (counted from 0)" : "a column";
            throw new ArgumentException($"{who}: expected values that vary. Received: {which} of {Numbers.Show(at.Of(x))} alone, "
                + "which tells nothing. Leave it out.");
        }
        var size = (double)tf.reduce_max(tf.abs(tf.cast(x, tf.float64)));
        if (size is > 1e150 or < 1e-150)
            throw new ArgumentException($"{who}: expected values whose squares are numbers. Received: up to {Numbers.Show(size, 3)}. Give them "
                + "in another unit.");
    }

    /// <summary>Refuses what is missing.</summary>
    /// <param name="who">Who asks.</param>
    /// <param name="x">Shape (rows, …).</param>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static void NoGaps(string who, Operand x)
    {
        if (FirstRow(tf.logical_not(tf.math.is_finite(x))) is { } at)
            throw new ArgumentException($"{who}: expected numbers. Received: {Numbers.Show(at.Of(x))} in row {at.Row} (counted from 0). "
                + "Drop the row, or fill in what is missing.");
    }
}
