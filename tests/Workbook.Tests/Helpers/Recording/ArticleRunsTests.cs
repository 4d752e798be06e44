using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Recording;

public class ArticleRunsTests
{
    [Fact]
    public void A_strength_and_an_exponent_go_the_way_that_they_go_in_TensorFlow()
    {
        Assert.Equal(Theirs("strength", "l2"), ArticleRuns.Strength()["l2"], Near);
        Assert.Equal(Theirs("exponent", "exponent"), ArticleRuns.Exponent()["exponent"], Near);
        Assert.Equal(tf.float32, config.floatx());
    }

    [Fact]
    [Trait("speed", "slow")]
    public void Loss_weights_go_the_way_that_they_go_in_TensorFlow()
    {
        var ours = ArticleRuns.LossWeights();
        var steps = Theirs("loss weights", "step");
        foreach (var name in new[] { "loss_weight_1", "loss_weight_2" })
            Assert.Equal(Theirs("loss weights", name), steps.Select(s => ours[name][(int)s - 1]), Near);
    }

    static double[] Theirs(string run, string name) => ReferenceRun.Read(ArticleRuns.File, run)[name].ToArray<double>();

    static bool Near(double a, double b) => Math.Abs(a - b) < 1e-9;
}
