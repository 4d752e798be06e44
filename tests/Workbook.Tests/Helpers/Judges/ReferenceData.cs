using Workbook.Helpers;
using Workbook.Tensors;

namespace Workbook.Tests.Helpers.Judges;

/// <summary>The data of the reference loops.</summary>
static class ReferenceData
{
    /// <summary>The diabetes data: raw, and the scalings that the loops use.</summary>
    public static readonly Tensor Raw = DataSets.Diabetes().X, Target = DataSets.Diabetes().y;

    public static readonly Tensor X = Scaling.Standardize(Raw), Y = Scaling.Standardize(Target);

    public static readonly Tensor UnitX = Scaling.UnitLength(Raw), CentredY = Scaling.Center(Target);

    /// <summary>Ten features, nine squares (the sex has none), 45 products, standardised.</summary>
    public static Tensor SecondOrder()
    {
        var columns = Enumerable.Range(0, 10).Select(i => X[.., i]).ToList();
        var squares = Enumerable.Range(0, 10).Where(i => i != 1).Select(i => tf.square(columns[i]));
        var products = Enumerable.Range(0, 10).SelectMany(i => Enumerable.Range(i + 1, 9 - i).Select(j => columns[i] * columns[j]));
        return Scaling.Standardize(tf.stack([.. columns, .. squares, .. products], 1));
    }

    /// <summary>Every third row validates; scaled by the training rows.</summary>
    public static (Tensor X, Tensor Y, Tensor ValidationX, Tensor ValidationY) Split()
    {
        int[] train = [.. Enumerable.Range(0, 442).Where(i => i % 3 != 0)],
            validation = [.. Enumerable.Range(0, 442).Where(i => i % 3 == 0)];
        Tensor tx = tf.gather(Raw, train), ty = tf.gather(Target, train);
        return (Scaling.Standardize(tx), Scaling.Standardize(ty), Like(tf.gather(Raw, validation), tx),
            Like(tf.gather(Target, validation), ty));

        static Tensor Like(Tensor x, Tensor training) => (x - tf.reduce_mean(training, axis: 0)) / tf.math.reduce_std(training, axis: 0);
    }

    /// <summary>Two regressions with the same weights, with noise .1 and 1.</summary>
    public static (Tensor X1, Tensor Y1, Tensor X2, Tensor Y2) TwoTasks()
    {
        var random = new SplitMix64(7);
        Tensor w = tf.constant(new[] { 1.0, -2.0, 0.5 }), x1 = Normals(random, 200, 3),
            y1 = tf.linalg.matvec(x1, w) + 0.1 * Normals(random, 200);
        Tensor x2 = Normals(random, 200, 3), y2 = tf.linalg.matvec(x2, w) + Normals(random, 200);
        return (x1, y1, x2, y2);
    }

    public static Tensor Normals(SplitMix64 random, params int[] shape) =>
        Tensor.FromSpan<double>([.. Enumerable.Range(0, new Shape(shape).Size).Select(_ => random.NextNormal())], shape);

    public static Tensor Zeros(params int[] shape) => tf.zeros(shape, tf.float64);

    public static Variable Var(Operand initial, string name) => tf.Variable(initial, name: name, dtype: tf.float64);

    public static Tensor HalfMeanSquares(Operand x, Operand y, Operand w) => 0.5 * tf.reduce_mean(tf.square(y - tf.linalg.matvec(x, w)));
}
