using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>References: scikit-learn's BayesianRidge and RidgeCV, scipy's minimize_scalar, on the diabetes data.</summary>
public class StrengthOpinionsTests
{
    static readonly Tensor x = Scaling.Standardize(DataSets.Diabetes().X), y = Scaling.Standardize(DataSets.Diabetes().y);

    static readonly StrengthOpinions opinions = new(x, y);

    [Fact]
    public void Two_judges_have_a_best_strength_and_the_training_loss_wants_less()
    {
        Assert.Equal(0.033611841, StrengthOpinions.Best(opinions.NoEvidence), 0.033611841 * 1e-5);
        Assert.Equal(0.00415103, StrengthOpinions.Best(opinions.LeftOut), 0.00415103 * 1e-3);
        Assert.Equal(1e-4, StrengthOpinions.Best(opinions.Training), 1e-7);
    }

    [Fact]
    public void The_slope_of_the_training_loss_is_half_the_squared_length()
    {
        var slope = (opinions.Training(0.1 + 1e-5) - opinions.Training(0.1 - 1e-5)) / 2e-5;
        Assert.Equal((double)tf.reduce_sum(tf.square(opinions.Weights(0.1))) / 2, slope, 1e-8);
    }

    [Fact]
    public void Leaving_out_a_row_is_training_without_it()
    {
        Tensor few = x[..12, ..2], target = Scaling.Center(y[..12]);
        few = Scaling.Center(few);
        var errors = Enumerable.Range(0, 12).Select(i =>
        {
            Tensor a = Without(few, i), b = Without(target, i), mean = tf.reduce_mean(a, axis: 0), level = tf.reduce_mean(b);
            a -= mean;
            var w = tf.linalg.solve(tf.matmul(a, a, transpose_a: true) + 12 * 0.3 * tf.eye(2, dtype: tf.float64),
                tf.matmul(a, tf.expand_dims(b - level, 1), transpose_a: true));
            return Math.Pow((double)(target[i] - level) - (double)tf.reduce_sum((few[i] - mean) * w[.., 0]), 2);
        });
        Assert.Equal(errors.Average() / 2, new StrengthOpinions(few, target).LeftOut(0.3), 1e-10);
    }

    static Tensor Without(Tensor t, int row) => tf.concat([t[..row], t[(row + 1)..]], 0);
}
