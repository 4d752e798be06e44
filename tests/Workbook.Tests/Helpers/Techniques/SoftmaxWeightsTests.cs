using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Helpers.Judges;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

public class SoftmaxWeightsTests
{
    readonly SoftmaxWeights weights = new(2, dtype: tf.float64);

    [Fact]
    public void The_value_is_the_weighted_sum()
    {
        weights.Weights.Raw.assign(tf.constant(new[] { Math.Log(3), 0 }));
        Assert.Equal(0.75 * 2 + 0.25 * 10, (double)weights.Loss(tf.constant(2.0, tf.float64), tf.constant(10.0, tf.float64)), 1e-12);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void Descent_on_the_loss_makes_the_losses_equal_as_in_TensorFlow()
    {
        var loop = new ReferenceLoop("07/minimax");
        var x = ReferenceData.Var(0.0, "x");
        Tensor First() => x * x;
        Tensor Second() => 2 * tf.square(x - 3.0) + 0.5;
        loop.Follow(() =>
        {
            var (l1, l2) = (First(), Second());
            using var tape = tf.GradientTape();
            var loss = weights.Loss(First(), Second());
            var gradients = tape.gradient(loss, [x, weights.Weights.Raw]);
            x.assign_sub(0.01 * gradients[0]!);
            weights.Weights.Raw.assign_sub(0.05 * gradients[1]!);
            return [("loss", loss), ("loss1", l1), ("loss2", l2), ("x", x.value()), ("logits", weights.Weights.Raw.value())];
        });
        ReferenceLoop.Same(loop["closed_form"].GetProperty("x"), (double)x);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void One_optimizer_moves_model_and_weights()
    {
        var x = ReferenceData.Var(0.0, "x");
        var sgd = keras.optimizers.SGD(0.02);
        for (var step = 0; step < 20_000; step++)
            sgd.minimize(() => weights.Loss(x * x, 2 * tf.square(x - 3.0) + 0.5), [x, weights.Weights.Raw]);
        // The root of x² = 2(x − 3)² + ½; the rates differ from the reference, the rest does not.
        Assert.Equal(6 - Math.Sqrt(17.5), (double)x, 1e-8);
    }

    [Fact]
    public void Another_number_of_losses_is_refused() =>
        Assert.Contains("expected 2 losses. Received: 1", Assert.Throws<ShapeException>(() => weights.Loss(tf.constant(1.0))).Message);
}
