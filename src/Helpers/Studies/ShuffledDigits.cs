using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>The digits in an order that a seed draws, with right labels, or with a quarter of the labels drawn at random.</summary>
sealed class ShuffledDigits
{
    readonly Tensor pixels;
    readonly int[] order, right;
    readonly double[] chance;

    public ShuffledDigits(int seed)
    {
        var digits = DataSets.Digits();
        pixels = tf.cast(digits.X / 16, tf.float32);
        right = tf.cast(digits.y, tf.int32).ToArray<int>();
        order = tf.random.shuffle(tf.range(digits.Rows), seed: seed).ToArray<int>();
        chance = tf.random.uniform(digits.Rows, dtype: tf.float64, seed: 100 + seed).ToArray<double>();
    }

    /// <summary>Some rows of the order, labelled right: pixels from 0 to 1, shape (n, 64), and labels, shape (n, 10).</summary>
    public (Tensor X, Tensor Y) Right(Range rows) => Part(rows, i => right[i]);

    /// <summary>The same rows; a quarter of the labels is random.</summary>
    // A quarter of the numbers is below 0.25; forty times such a number is a random digit.
    public (Tensor X, Tensor Y) Noisy(Range rows) => Part(rows, i => chance[i] < 0.25 ? (int)(40 * chance[i]) : right[i]);

    (Tensor, Tensor) Part(Range rows, Func<int, int> label) =>
        (tf.gather(pixels, order[rows]), tf.one_hot(Array.ConvertAll(order[rows], i => label(i)), depth: 10));
}
