using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A series of numbers in their order, or a word of what is wrong with it.</summary>
static class SeriesRows
{
    /// <summary>The values in double.</summary>
    /// <param name="who">Who asks, for messages.</param>
    /// <param name="series">Shape (n,), or (n, 1).</param>
    /// <param name="least">How many values it needs.</param>
    /// <param name="because">What they are needed for.</param>
    /// <param name="varies">Whether a series that never changes has nothing to tell.</param>
    /// <exception cref="ShapeException">Another shape.</exception>
    /// <exception cref="ArgumentException">Too few values, one that is missing or infinite, or a series that never changes.</exception>
    public static double[] Of(string who, Operand series, int least, string because, bool varies = true)
    {
        var shape = series.shape;
        if (!(shape is [_] || shape is [_, 1]))
            throw new ShapeException($"{who}: expected one series, of shape (n,). Received: shape {shape}. Give one column at a time.");
        var values = tf.cast(series, tf.float64).ToArray<double>();
        Finite(who, values);
        if (values.Length < least)
            throw new ArgumentException(
                $"{who}: expected a series of at least {least} values, {because}. Received: {values.Length}. "
                    + "Take more, or look less far back.");
        return varies && Array.TrueForAll(values, v => v == values[0])
            ? throw new ArgumentException($"{who}: expected a series that changes. Received: {values.Length} times "
                + $"{Numbers.Show(values[0])}, which every constant and every power forecasts alike.")
            : values;
    }

    /// <summary>Refuses values that are missing.</summary>
    public static void Finite(string who, ReadOnlySpan<double> values)
    {
        for (var row = 0; row < values.Length; row++)
            if (!double.IsFinite(values[row]))
                throw new ArgumentException($"{who}: expected a number in each row. Received: {values[row]} in row {row}, counted from 0. "
                    + "Fill the gap, or begin behind it: a window knows no gaps.");
    }
}
