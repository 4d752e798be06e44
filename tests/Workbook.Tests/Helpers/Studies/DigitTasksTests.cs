using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Studies;

public class DigitTasksTests
{
    static readonly DigitTasks tasks = new();

    [Fact]
    public void Training_and_test_digits_are_disjoint_rows_of_the_set()
    {
        var digits = DataSets.Digits();
        Assert.Equal(new Shape(DigitTasks.TrainRows, 64), tasks.Train.X.shape);
        Assert.Equal(new Shape(DigitTasks.TestRows, 64), tasks.Test.X.shape);
        // Rows 1, 2, 4, 5, … train; rows 0, 3, 6, … test.
        Assert.Equal((tf.cast(digits.X[448], tf.float32) / 16).ToArray<float>(), tasks.Train.X[298].ToArray<float>());
        Assert.Equal((tf.cast(digits.X[1794], tf.float32) / 16).ToArray<float>(), tasks.Test.X[598].ToArray<float>());
    }

    [Fact]
    public void A_seed_gives_the_same_network_again_and_another_seed_another()
    {
        static float[] First(ulong seed) => DigitTasks.Network(seed).trainable_variables.First().read_value().ToArray<float>();
        Assert.Equal(First(3), First(3));
        Assert.NotEqual(First(3), First(4));
    }

    [Fact]
    public void A_run_looks_where_it_is_asked_to_and_at_its_end()
    {
        var run = tasks.Run(Weighting.Fixed(1, 2), seed: 1, steps: 7, looks: [3, 5, 100]);
        Assert.Equal([3, 5, 7], run.Looks.Select(l => l.Step));
        Assert.Equal((7, 7), (run.Weights.Count, run.Losses.Count));
        Assert.Equal([1.0, 2.0], run.End.Weights);
        Assert.Equal((int)(double)tf.reduce_sum(tasks.Right(run.Model)), run.End.Right);
        Assert.Equal((double)run.End.Right / 599, run.End.Accuracy);
        Assert.Equal((double)DigitTasks.Losses(run.Model, tasks.Test)[1], run.End.Error);
        Assert.True(run.Losses[6].Sum() < run.Losses[0].Sum());
    }

    [Fact]
    public void Rows_of_ones_own_replace_the_training_digits()
    {
        var asked = 0;
        var run = tasks.Run(Weighting.Fixed(1, 1), seed: 1, steps: 3, rows: () =>
        {
            asked++;
            return (tasks.Train.X[..10], tasks.Train.Y[..10]);
        });
        Assert.Equal(3, asked);
        Assert.NotEqual(tasks.Run(Weighting.Fixed(1, 1), seed: 1, steps: 3).Losses[0], run.Losses[0]);
    }

    // The same loop in TensorFlow 2.21, float64: 200 steps of Adam(0.01) on bare weights.
    [Fact]
    [Trait("speed", "slow")]
    public void Bare_weights_fall_as_in_TensorFlow()
    {
        var w = tf.Variable(tf.ones(2), name: "w");
        var run = tasks.Run(Weighting.Descend(l => w[0] * l[0] + w[1] * l[1], w), seed: 1, steps: 201);
        Assert.Equal(-0.013474, run.Weights[200][1], 2e-3);
    }
}
