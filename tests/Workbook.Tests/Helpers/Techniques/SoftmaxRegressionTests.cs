using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Truth: scikit-learn 1.2, LogisticRegression(C=1e4, solver="newton-cg", tol=1e-12) on 150 digits, and scipy's
/// minimize_scalar for the temperature of what it says of 150 others. With its solver lbfgs it stops at 1.82628987.</summary>
public class SoftmaxRegressionTests
{
    [Fact]
    public void What_it_says_of_other_digits_has_the_temperature_of_scikit_learn()
    {
        var digits = DataSets.Digits();
        var (x, y) = (digits.X / 16, tf.cast(digits.y, tf.int32));
        int[] Rows(int part) => [.. Enumerable.Range(0, digits.Rows).Where(i => i % 12 == part)];
        var fit = SoftmaxRegression.Fit(tf.gather(x, Rows(0)), tf.gather(y, Rows(0)), strength: 1e-4);
        var heat = Temperature.Of(fit.Logits(tf.gather(x, Rows(1))), tf.gather(y, Rows(1)));
        Assert.Equal(1.82632323, heat.Value, 5e-6);
        Assert.Equal(0, (double)tf.reduce_sum(fit.Bias), 1e-9);
    }

    [Fact]
    public void Two_classes_on_one_feature_are_the_root_of_their_slope()
    {
        double[] x = [-2, -1, 0.5, 1, 2, 3];
        int[] y = [0, 0, 1, 0, 1, 1];
        var fit = SoftmaxRegression.Fit(tf.expand_dims(tf.constant(x), 1), tf.constant(y), strength: 0.5);
        // By symmetry both classes have opposite weights: w = ±v, with Σ (p − y)·x = −strength·v and Σ (p − y) = 0.
        var (v, b) = ((double)fit.Kernel[0, 1], (double)fit.Bias[1]);
        Assert.Equal(-v, (double)fit.Kernel[0, 0], 1e-9);
        double[] error = [.. x.Zip(y, (at, label) => 1 / (1 + Math.Exp(-2 * (v * at + b))) - label)];
        Assert.Equal(0, error.Sum(), 1e-8);
        Assert.Equal(-0.5 * v, error.Zip(x, (e, at) => e * at).Sum(), 1e-8);
    }

    [Fact]
    public void One_class_labels_without_rows_and_no_penalty_are_refused()
    {
        var x = tf.ones((3, 2), tf.float64);
        Assert.Contains("two classes",
            Assert.Throws<ArgumentException>(() => SoftmaxRegression.Fit(x, tf.constant(new[] { 1, 1, 1 }), 1)).Message);
        Assert.Throws<ShapeException>(() => SoftmaxRegression.Fit(x, tf.constant(new[] { 1, 0 }), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxRegression.Fit(x, tf.constant(new[] { 1, 0, 1 }), 0));
    }
}
