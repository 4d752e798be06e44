using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Training;
using Xunit;

namespace Workbook.Tests.Helpers.Judges;

/// <summary>What a judge says on the error stream.</summary>
public class JudgeWarningTests
{
    [Fact]
    public void A_judge_that_never_speaks_in_a_fit_says_so()
    {
        var strength = new Positive(0.1, "strength");
        var model = keras.Sequential([keras.Input(1), keras.layers.Dense(1, kernel_regularizer: keras.regularizers.l2(strength))]);
        model.compile("sgd", "mse");
        var judge = new TrainingObjective(() => strength.Value - strength.Log, [strength.Raw]);
        Assert.Contains("every 100 steps of a fit, and this fit had 3, so nothing moved 'strength/raw'", Said(100),
            StringComparison.Ordinal);
        Assert.DoesNotContain("this fit had", Said(3), StringComparison.Ordinal);

        string Said(int every) =>
            ErrorStream.Anew(
                () => model.fit(tf.ones((4, 1)), tf.ones((4, 1)), epochs: 3, verbose: 0,
                    callbacks: [judge.ToCallback(keras.optimizers.SGD(0.1), every)]));
    }

    [Fact]
    public void A_long_look_ahead_says_nothing_of_a_strength_that_stands_still_meanwhile()
    {
        var (w, s) = (tf.Variable(3.0, name: "w"), tf.Variable(-2.0, name: "log strength"));
        var judge = new UnrolledObjective(new(() => tf.square(w - 1.0) + tf.exp(s) * w * w, [w]), () => tf.square(w - 0.5), [s], 0.01,
            steps: 1000);
        Assert.Equal("", BadInputTests.Spoken(() => judge.Evaluate()));
        Assert.True(s.trainable);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_variable_that_a_fit_moves_between_two_steps_of_its_judge_is_named_if_it_is_trainable(bool trainable)
    {
        var v = tf.Variable(0.5, trainable, name: "shared");
        var model = keras.Sequential([keras.Input(1), keras.layers.Lambda(x => x * v), keras.layers.Dense(1)]);
        model.compile("sgd", "mse");
        var judge = new TrainingObjective(() => tf.square(v - 1.0), [v]);
        var said = ErrorStream.Anew(() =>
        {
            for (var step = 0; step < 2; step++)
            {
                judge.Step(keras.optimizers.SGD(0.1));
                model.train_on_batch(tf.ones((4, 1)), tf.ones((4, 1)));
            }
        });
        Assert.Equal(trainable, said.Contains("the variable 'shared' has moved between two steps of its judge", StringComparison.Ordinal));
    }
}
