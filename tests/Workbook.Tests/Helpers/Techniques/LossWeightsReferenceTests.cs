using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Helpers.Judges;
using Workbook.Tests.Keras.Golden;
using Xunit;
using static Workbook.Tests.Helpers.Judges.ReferenceData;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Weights of two losses, step by step as in TensorFlow.</summary>
public class LossWeightsReferenceTests
{
    static readonly (Tensor X1, Tensor Y1, Tensor X2, Tensor Y2) data = TwoTasks();

    readonly Variable w = Var(Zeros(3), "w");

    Tensor Loss1 => 2 * HalfMeanSquares(data.X1, data.Y1, w);

    Tensor Loss2 => 2 * HalfMeanSquares(data.X2, data.Y2, w);

    [Fact]
    public void The_two_tasks_are_those_of_the_reference()
    {
        var check = new ReferenceLoop("07/kendall-gradient-descent")["data_check"];
        foreach (var (name, values) in new[] { ("X1", data.X1), ("y1", data.Y1), ("X2", data.X2), ("y2", data.Y2) })
        {
            ReferenceLoop.Same(check.GetProperty(name).GetProperty("sum"), tf.reduce_sum(values), name);
            ReferenceLoop.Same(check.GetProperty(name).GetProperty("first"), tf.reshape(values, -1)[..8], name);
        }
    }

    [Theory]
    [InlineData("gradient-descent")]
    [InlineData("loss2-times-1000")]
    [InlineData("adam")]
    public void Uncertainty_weights_move_as_in_TensorFlow(string kind)
    {
        var loop = new ReferenceLoop("07/kendall-" + kind);
        var scale = loop["loss2_scale"].GetDouble();
        var weights = new UncertaintyWeights(2, variance: 1, name: "s", dtype: tf.float64);
        weights.LogVariances.assign(loop["initial"].GetProperty("s").Tensor(tf.float64));
        var judge = new TrainingObjective(() => weights.Loss(Loss1, scale * Loss2), [w, weights.LogVariances]);
        loop.Descend(judge, Both(weights.LogVariances), before: () => [("loss1", Loss1), ("loss2", scale * Loss2)]);
        // Adam has not converged in 600 steps; descent has, to the closed form.
        if (kind != "adam") ReferenceLoop.Same(loop["closed_form"].GetProperty("s"), weights.LogVariances.value());
    }

    [Fact]
    public void Plain_weights_run_through_zero_as_in_TensorFlow()
    {
        var loop = new ReferenceLoop("07/naive-weights");
        var weights = Var(tf.ones(2, tf.float64), "weights");
        loop.Descend(new TrainingObjective(() => weights[0] * Loss1 + weights[1] * Loss2, [w, weights]), Both(weights),
            before: () => [("loss1", Loss1), ("loss2", Loss2)]);
        Assert.True((double)weights[1] < 0);
    }

    [Fact]
    public void Weights_on_a_simplex_go_to_the_smaller_loss_as_in_TensorFlow()
    {
        var weights = Simplex.Uniform(2, "logits", tf.float64);
        var judge = new TrainingObjective(() => weights.Value[0] * Loss1 + weights.Value[1] * Loss2, [w, weights.Raw]);
        new ReferenceLoop("07/softmax-weights").Descend(judge, new Dictionary<string, Variable> { ["w"] = w, ["logits"] = weights.Raw },
            before: () => [("loss1", Loss1), ("loss2", Loss2)]);
    }

    [Fact]
    public void Weights_on_a_simplex_leave_the_greater_of_two_constant_losses()
    {
        var loop = new ReferenceLoop("07/softmax-constant-losses");
        var weights = Simplex.Uniform(2, "logits", tf.float64);
        var losses = tf.constant(new[] { 0.3, 0.7 });
        loop.Descend(new TrainingObjective(() => tf.reduce_sum(weights.Value * losses), [weights.Raw]),
            new Dictionary<string, Variable> { ["logits"] = weights.Raw }, before: () => [("weight1_before", weights.Value[0])]);
        // The step after the thousandth is the last of the loop.
        Assert.Equal(loop["weight1_after"].GetProperty("1000").GetDouble(), (double)weights.Value[0], 2e-6);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void Ascent_on_the_weights_makes_the_losses_equal_as_in_TensorFlow()
    {
        var loop = new ReferenceLoop("07/minimax");
        var x = Var(0.0, "x");
        var weights = Simplex.Uniform(2, "logits", tf.float64);
        Tensor First() => x * x;
        Tensor Second() => 2 * tf.square(x - 3.0) + 0.5;
        var judge = new TrainingObjective(() => tf.reduce_sum(weights.Value * tf.stack([First(), Second()])), [x, weights.Raw]);
        loop.Follow(() =>
        {
            var (l1, l2) = (First(), Second());
            var judged = judge.Evaluate();
            x.assign_sub(0.01 * judged.Gradients[0]);
            weights.Raw.assign_add(0.05 * judged.Gradients[1]);
            return [("loss", tf.constant(judged.Loss, tf.float64)), ("loss1", l1), ("loss2", l2), ("x", x.value()),
                ("logits", weights.Raw.value())];
        });
        ReferenceLoop.Same(loop["closed_form"].GetProperty("x"), (double)x);
    }

    [Fact]
    public void The_dynamic_weight_average_is_that_of_TensorFlow()
    {
        var average = new DynamicWeightAverage();
        new ReferenceLoop("07/dwa").Follow(() =>
        {
            var (l1, l2) = (Loss1, Loss2);
            var weights = average.Next(l1, l2);
            keras.optimizers.SGD(0.05).minimize(() => weights[0] * Loss1 + weights[1] * Loss2, [w]);
            return [("loss1", l1), ("loss2", l2), ("weights", tf.constant(weights)), ("w", w.value())];
        });
    }

    [Fact]
    public void GradNorm_balances_the_gradients_as_in_TensorFlow()
    {
        var balance = new GradNorm(2, dtype: tf.float64);
        new ReferenceLoop("07/gradnorm").Follow(() =>
        {
            var (losses, gradients) = balance.Step(() => [Loss1, Loss2], [w]);
            w.assign_sub(0.05 * gradients[0]);
            return [("loss1", losses[0]), ("loss2", losses[1]), ("norms", tf.constant(balance.Norms.ToArray())),
                ("weight_gradient", Judged.Of(balance.Weights)!.Gradient!), ("weights", balance.Weights.value()), ("w", w.value())];
        });
    }

    [Fact]
    [Trait("speed", "slow")]
    public void Plain_weights_of_a_network_on_digits_move_as_in_TensorFlow()
    {
        var loop = new ReferenceLoop("07/digits-naive-weights");
        var digits = DataSets.Digits();
        int[] rows = [.. Enumerable.Range(0, digits.Rows).Where(i => i % 3 != 0).Take(300)];
        Tensor x = tf.cast(tf.gather(digits.X, rows), tf.float64) / 16.0, y = tf.cast(tf.gather(digits.y, rows), tf.int64);
        var random = new SplitMix64(1);
        Variable Kernel(int n, int m) => Var(Normals(random, n, m) / Math.Sqrt(n), "kernel");
        Variable k1 = Kernel(64, 24), k2 = Kernel(24, 10), k3 = Kernel(24, 64), b1 = Var(Zeros(24), "b1"), b2 = Var(Zeros(10), "b2"),
            b3 = Var(Zeros(64), "b3"), weights = Var(tf.ones(2, tf.float64), "weights");
        (Tensor, Tensor) Losses()
        {
            var h = tf.tanh(tf.matmul(x, k1) + b1);
            return (tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels: y, logits: tf.matmul(h, k2) + b2)),
                tf.reduce_mean(tf.square(tf.sigmoid(tf.matmul(h, k3) + b3) - x)));
        }
        Tensor entropy = null!, mse = null!;
        var judge = new TrainingObjective(() =>
        {
            (entropy, mse) = Losses();
            return weights[0] * entropy + weights[1] * mse;
        }, [k1, b1, k2, b2, k3, b3, weights]);
        var adam = keras.optimizers.Adam(0.01, epsilon: 1e-8);
        loop.Follow(() =>
        {
            var loss = judge.Step(adam).Loss;
            return [("loss", tf.constant(loss, tf.float64)), ("cross_entropy", entropy), ("mse", mse), ("weights", weights.value())];
        });
    }

    Dictionary<string, Variable> Both(Variable weights) => new() { ["w"] = w, [weights.name] = weights };
}
