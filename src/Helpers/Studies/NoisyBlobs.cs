using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Three clouds of points in a plane, of which some labels were drawn anew: data whose noise is known.</summary>
/// <remarks>The centres lie on a circle of radius 2, the points scatter by 0.7 around them, and as many points again test.</remarks>
public sealed class NoisyBlobs
{
    const int Classes = 3;

    readonly int[] right, labels;
    readonly int rows;

    NoisyBlobs(int[] right, int[] labels, Tensor points, int rows) =>
        (this.right, this.labels, this.rows, Points) = (right, labels, rows, points);

    /// <summary>All points, shape (2·rows, 2): those that train first.</summary>
    public Tensor Points { get; }

    /// <summary>The labels of the points that train, from 0 to 2.</summary>
    public Tensor Labels => tf.constant(labels[..rows]);

    /// <summary>The part of the labels that are wrong.</summary>
    public double Wrong => Enumerable.Range(0, rows).Count(i => right[i] != labels[i]) / (double)rows;

    /// <summary>Draws the points and spoils the labels.</summary>
    /// <param name="rates">For each class the probability that a label is drawn anew from all three.</param>
    /// <param name="seed">Of the draw.</param>
    /// <param name="rows">How many points train.</param>
    public static NoisyBlobs Draw(IReadOnlyList<double> rates, int seed, int rows)
    {
        var random = new SplitMix64((ulong)seed);
        int[] right = [.. Enumerable.Range(0, 2 * rows).Select(_ => (int)(random.NextUniform() * Classes))];
        var points = new double[2 * rows, 2];
        for (var i = 0; i < 2 * rows; i++)
        {
            var angle = 2 * Math.PI * right[i] / Classes;
            points[i, 0] = 2 * Math.Cos(angle) + 0.7 * random.NextNormal();
            points[i, 1] = 2 * Math.Sin(angle) + 0.7 * random.NextNormal();
        }
        var labels = (int[])right.Clone();
        for (var i = 0; i < rows; i++)
        {
            var (chance, other) = (random.NextUniform(), (int)(random.NextUniform() * Classes));
            if (chance < rates[right[i]]) labels[i] = other;
        }
        return new(right, labels, tf.constant(points), rows);
    }

    /// <summary>A softmax of the points, trained with a loss of probabilities, all rows at once, by Adam(0.5) for 500 steps.</summary>
    /// <param name="loss">Its variables train too.</param>
    public Model Fit(Loss loss)
    {
        var model = keras.Sequential([keras.Input(2), keras.layers.Dense(Classes, activation: "softmax", kernel_initializer: "zeros")]);
        model.compile(keras.optimizers.Adam(0.5), loss);
        var (x, y) = (tf.cast(Points[..rows], keras.config.floatx()), tf.one_hot(Labels, Classes));
        model.fit(x, y, epochs: 500, batch_size: rows, verbose: 0);
        return model;
    }

    /// <summary>The mean of −log p of the right classes of the points that test.</summary>
    /// <param name="model">A trained model.</param>
    public double TestLoss(Model model)
    {
        var p = model.Apply(tf.cast(Points[rows..], keras.config.floatx()));
        return -(double)tf.reduce_mean(tf.reduce_sum(tf.one_hot(tf.constant(right[rows..]), Classes, dtype: p.dtype) * tf.log(p), 1));
    }
}
