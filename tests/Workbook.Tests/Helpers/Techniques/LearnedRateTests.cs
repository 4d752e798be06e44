using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Helpers.Judges;
using Workbook.Tests.Keras.Golden;
using Xunit;
using static Workbook.Tests.Helpers.Judges.ReferenceData;

namespace Workbook.Tests.Helpers.Techniques;

public class LearnedRateTests
{
    [Theory]
    [InlineData("one-dimension-rate-0.01")]
    [InlineData("one-dimension-rate-0.1")]
    [InlineData("one-dimension-rate-0.9")]
    [InlineData("two-dimensions-additive")]
    [InlineData("two-dimensions-additive-too-large")]
    [InlineData("two-dimensions-multiplicative")]
    public void The_rate_learns_from_successive_gradients_as_in_TensorFlow(string id)
    {
        var loop = new ReferenceLoop("12/" + id);
        var H = loop["H"].Tensor(tf.float64);
        var x = Var(loop["initial"].GetProperty("x").Tensor(tf.float64), "x");
        Tensor Loss() => 0.5 * tf.reduce_sum(x * tf.linalg.matvec(H, x));
        var rate = new LearnedRate(loop["initial"].GetProperty("rate").GetDouble(), loop["beta"].GetDouble(), id.EndsWith("multiplicative"),
            dtype: tf.float64);
        loop.Follow(() => [("loss", tf.constant(rate.Step(Loss, [x]), tf.float64)), ("rate", rate.Rate.value()), ("x", x.value())]);
        ReferenceLoop.Same(loop["final_rate"], (double)rate.Rate);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void A_rate_is_learned_through_the_step_as_in_TensorFlow()
    {
        var loop = new ReferenceLoop("12/diabetes-through-the-step");
        Variable w = Var(Zeros(10), "w"), s = Var(loop["initial"].GetProperty("log_rate").GetDouble(), "log_rate");
        Tensor Loss() => HalfMeanSquares(X, Y, w);
        var judge = new UnrolledObjective(new(Loss, [w]), Loss, [s], Hyperparameter.Of(() => tf.exp(s)));
        var sgd = keras.optimizers.SGD(0.5);
        loop.Follow(() =>
        {
            var before = Loss();
            judge.Step(sgd);
            return [("loss", before), ("log_rate", s.value()), ("w_sum", tf.reduce_sum(w))];
        });
    }

    [Fact]
    public void A_gradient_that_is_not_finite_is_refused_before_it_moves_anything()
    {
        var (x, rate) = (tf.Variable(tf.zeros(2, tf.float64)), new LearnedRate(0.1, 0.01, dtype: tf.float64));
        Assert.Contains("expected a finite gradient", Assert.Throws<JudgeException>(() => rate.Step(() => tf.norm(x), [x])).Message,
            StringComparison.Ordinal);
        Assert.Equal([0, 0], x.value().ToArray<double>());
    }

    [Fact]
    public void Senseless_settings_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearnedRate(0, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearnedRate(0.1, 0));
        Assert.Contains("below 1 for factors",
            Assert.Throws<ArgumentOutOfRangeException>(() => new LearnedRate(0.1, 1, multiplicative: true)).Message);
        Assert.Contains("Received: none", Assert.Throws<ArgumentException>(() => new LearnedRate(0.1, 0.1).Step(() => 0f, [])).Message);
    }

    [Fact]
    public void A_rate_that_falls_below_0_is_named_once()
    {
        var (w, rate, heard) = (tf.Variable(1.0, dtype: tf.float64), new LearnedRate(0.9, 10, dtype: tf.float64), new List<string>());
        using (Warnings.Hear(message =>
        {
            heard.Add(message);
            return true;
        }))
            for (var i = 0; i < 4; i++) rate.Step(() => tf.square(w), [w]);
        Assert.Contains("steps now go uphill", Assert.Single(heard));
    }
}
