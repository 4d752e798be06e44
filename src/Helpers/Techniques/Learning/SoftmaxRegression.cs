using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A linear classifier at the very minimum of its loss, by Newton's method.</summary>
/// <remarks>
/// The sum of −log softmax(x·W + b)[y] over the rows, and strength/2·‖W‖²; the biases are free, and their sum is 0. The loss is convex.
/// Each look solves a linear system of (features + 1)·classes numbers, so for up to about a thousand of them. The strength is 1/C of
/// scikit-learn's LogisticRegression.
/// </remarks>
public sealed class SoftmaxRegression
{
    const int MaxLooks = 100;

    SoftmaxRegression(Tensor kernel, Tensor bias) => (Kernel, Bias) = (kernel, bias);

    /// <summary>W, shape (features, classes).</summary>
    public Tensor Kernel { get; }

    /// <summary>b, shape (classes).</summary>
    public Tensor Bias { get; }

    /// <summary>x·W + b, shape (rows, classes).</summary>
    /// <param name="x">Shape (rows, features).</param>
    public Tensor Logits(Tensor x) => tf.matmul(tf.cast(x, Kernel.dtype), Kernel) + Bias;

    /// <summary>Finds the minimum.</summary>
    /// <param name="x">Shape (rows, features).</param>
    /// <param name="labels">The classes as whole numbers from 0 on.</param>
    /// <param name="strength">Above 0: without a penalty, rows that are told apart have no minimum.</param>
    /// <exception cref="ShapeException">Not as many labels as rows.</exception>
    /// <exception cref="ArgumentException">One class alone, or a label below 0.</exception>
    /// <exception cref="JudgeException">The slope is not near 0 after 100 looks.</exception>
    public static SoftmaxRegression Fit(Tensor x, Tensor labels, double strength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(strength);
        var y = labels.ToArray<int>();
        if (x.ndim != 2 || x.shape[0] != y.Length)
            throw new ShapeException("SoftmaxRegression: expected x of shape (rows, features) and a label for each row. "
                + $"Received: {x.shape} and {y.Length} labels.");
        if (y.Min() < 0 || y.Distinct().Count() < 2)
            throw new ArgumentException("SoftmaxRegression: expected labels from 0 on, of at least two classes. "
                + $"Received: {string.Join(", ", y.Distinct().Order().Take(5))}.");
        return new Search(tf.cast(x, tf.float64), y, strength).Run();
    }

    sealed class Search(Tensor x, int[] y, double strength)
    {
        readonly int classes = y.Max() + 1;
        readonly Tensor rows = tf.concat([x, tf.ones((x.shape[0], 1), tf.float64)], 1);
        readonly Tensor truth = tf.one_hot(tf.constant(y), y.Max() + 1, dtype: tf.float64);

        int Size => rows.shape[1];

        /// <summary>1 for what the penalty holds, 0 for the biases.</summary>
        Tensor Held => tf.concat([tf.ones((Size - 1, classes), tf.float64), tf.zeros((1, classes), tf.float64)], 0);

        public SoftmaxRegression Run()
        {
            var w = tf.zeros((Size, classes), tf.float64);
            for (var look = 0; look < MaxLooks; look++)
            {
                var p = tf.nn.softmax(tf.matmul(rows, w));
                var slope = tf.matmul(rows, p - truth, transpose_a: true) + strength * Held * w;
                if ((double)tf.reduce_max(tf.abs(slope)) < 1e-10 * y.Length) return new(w[..(Size - 1)], w[Size - 1]);
                var step = Step(p, slope);
                var (loss, length) = (Loss(w), 1.0);
                // Far from the minimum a whole step may go too far; so short a one that nothing changes ends the search.
                while (Loss(w - length * step) > loss && length > 1e-9) length /= 2;
                w -= length * step;
            }
            throw new JudgeException($"SoftmaxRegression: expected a minimum within {MaxLooks} looks. Received: none, with strength "
                + $"{Numbers.Show(strength)}. Scale the features to about 1, or take a larger strength.");
        }

        double Loss(Tensor w)
        {
            var z = tf.matmul(rows, w);
            return (double)(tf.reduce_sum(tf.reduce_logsumexp(z, axis: 1) - tf.reduce_sum(truth * z, 1))
                + strength / 2 * tf.reduce_sum(Held * tf.square(w)));
        }

        /// <summary>Curvature⁻¹·slope; classes outermost.</summary>
        Tensor Step(Tensor p, Tensor slope)
        {
            var (m, curvature) = (Size * classes, new double[Size * classes * Size * classes]);
            for (var k = 0; k < classes; k++)
                for (var l = 0; l <= k; l++)
                {
                    var weight = p[.., k..(k + 1)] * ((k == l ? 1.0 : 0.0) - p[.., l..(l + 1)]);
                    var block = tf.matmul(rows * weight, rows, transpose_a: true).ToArray<double>();
                    for (var i = 0; i < Size; i++)
                        for (var j = 0; j < Size; j++)
                            curvature[(k * Size + i) * m + l * Size + j] = curvature[(l * Size + j) * m + k * Size + i] =
                                block[i * Size + j] + (k == l && i == j && i < Size - 1 ? strength : 0)
                                // A number added to all biases changes nothing: this holds their sum where it is.
                                + (i == Size - 1 && j == Size - 1 ? 1 : 0);
                }
            Plain.Cholesky(curvature, m);
            var solved = Plain.Solve(curvature, tf.transpose(slope).ToArray<double>());
            return tf.transpose(tf.reshape(tf.constant(solved), (classes, Size)));
        }
    }
}
