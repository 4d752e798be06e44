using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Studies;

/// <summary>References: scikit-learn 1.2, KFold(10) without shuffling, means of ten root mean squared errors.</summary>
public class RidgeFoldsTests
{
    [Fact]
    public void Least_squares_and_ridge_err_on_ten_folds_as_in_scikit_learn()
    {
        var data = DataSets.Diabetes();
        var x = Scaling.UnitLength(data.X);
        Assert.Equal(54.405, RidgeFolds.Errors(x, data.y, (_, _) => 0).Average(), 1e-3);
        Assert.Equal(54.433, RidgeFolds.Errors(x, data.y, (a, b) => Evidence.Maximize(a, b).Ratio).Average(), 1e-3);
    }

    [Fact]
    public void A_judge_sees_the_other_rows_centred_and_every_row_is_held_out_once()
    {
        var seen = new List<int>();
        Tensor x = tf.constant(new double[,] { { 1 }, { 2 }, { 4 }, { 8 }, { 16 } }), y = tf.constant(new double[] { 3, 5, 9, 17, 33 });
        var errors = RidgeFolds.Errors(x, y, (a, b) =>
        {
            Assert.Equal(0, (double)tf.reduce_sum(a), 1e-12);
            seen.Add(a.shape[0]);
            return 0;
        }, folds: 2);
        Assert.Equal([2, 3], seen);
        // y = 2x + 1 holds of every row.
        Assert.All(errors, e => Assert.Equal(0, e, 1e-9));
    }
}
