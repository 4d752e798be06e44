using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

public class LeftOutTests
{
    [Fact]
    public void The_mean_of_the_others_predicts_each_row()
    {
        var y = tf.constant(new[] { 1.0, 2, 6 });
        Assert.Equal([9, 2.25, 20.25], LeaveOneOut.SquaredErrors(tf.reshape(y, (3, 1)), y, (_, others, _) => tf.reduce_mean(others)));
    }

    [Fact]
    public void The_model_sees_the_other_rows_and_the_features_of_the_one_left_out()
    {
        var y = tf.constant(new[] { 10.0, 20, 30 });
        LeaveOneOut.SquaredErrors(tf.reshape(y / 10, (3, 1)), y, (X, others, row) =>
        {
            Assert.Equal((new Shape(2, 1), new Shape(2), new Shape(1, 1)), (X.shape, others.shape, row.shape));
            Assert.Equal(6, tf.reduce_sum(X).Item<double>() + row[0, 0].Item<double>());
            Assert.Equal(60, tf.reduce_sum(others).Item<double>() + 10 * row[0, 0].Item<double>());
            return 0.0;
        });
    }

    /// <summary>The ridge of strength 0 has a closed form for the same errors.</summary>
    [Fact]
    public void They_are_those_of_the_closed_form()
    {
        var trees = DataSets.Trees();
        var X = tf.concat([tf.ones((31, 1), tf.float64), trees.X], axis: 1);
        var errors = LeaveOneOut.SquaredErrors(X, trees.y, (A, y, row) => tf.matmul(row, tf.linalg.solve(
            tf.matmul(A, A, transpose_a: true), tf.matmul(A, tf.expand_dims(y, 1), transpose_a: true))));
        Assert.Equal(LeaveOneOut.Error(X, trees.y, 0.0, intercept: false).Item<double>(), errors.Average(), 1e-8);
    }

    [Fact]
    public void Rows_without_targets_are_refused() =>
        Assert.StartsWith("LeaveOneOut: expected at least two rows, and one target for each. Received: 3 rows and 2 targets.",
            Assert.Throws<ArgumentException>(() => LeaveOneOut.SquaredErrors(tf.zeros((3, 1)), tf.zeros(2), (_, _, _) => 0.0)).Message);
}
