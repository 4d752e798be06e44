using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Classes as one gives them: whole numbers, or rows of zeros with a one.</summary>
static class ClassLabels
{
    /// <param name="who">Who asks, for errors.</param>
    /// <param name="labels">Shape (n), (n, 1) or (n, classes).</param>
    /// <param name="classes">How many there are.</param>
    /// <exception cref="ArgumentException">Something else.</exception>
    public static int[] Of(string who, Tensor labels, int classes)
    {
        var given = tf.cast(labels, tf.float64).ToArray<double>();
        if (labels.ndim == 2 && labels.shape[1] > 1) return OneHot(who, given, labels.shape[1], classes);
        if (Array.FindIndex(given, v => v != Math.Floor(v) || !double.IsFinite(v)) is >= 0 and var part)
            throw new ArgumentException($"{who}: expected labels that are whole numbers. Received: {Numbers.Show(given[part])} in row {part}. "
                + "Leave such rows out; a probability is no label.");
        return Array.FindIndex(given, c => c < 0 || c >= classes) is >= 0 and var bad
            ? throw new ArgumentException($"{who}: expected labels from 0 to {classes - 1}. Received: {Numbers.Show(given[bad])}.")
            : Array.ConvertAll(given, c => (int)c);
    }

    static int[] OneHot(string who, double[] given, int columns, int classes)
    {
        if (columns != classes)
            throw new ArgumentException($"{who}: expected one column of labels for each of {classes} classes. Received: {columns}. "
                + "Give the classes as whole numbers, or tf.one_hot of them.");
        var found = new int[given.Length / columns];
        for (var i = 0; i < found.Length; i++)
        {
            var row = given.AsSpan(i * columns, columns);
            found[i] = row.IndexOf(1.0);
            if (found[i] < 0 || row.IndexOfAnyExcept(0.0, 1.0) >= 0 || row[(found[i] + 1)..].Contains(1.0))
                throw new ArgumentException($"{who}: expected rows of zeros with a one. Received: "
                    + $"{string.Join(", ", row.ToArray().Select(v => Numbers.Show(v, 3)))} in row {i}. Where the largest is meant: "
                    + "tf.argmax(labels, 1).");
        }
        return found;
    }
}
