using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Data;

public class ReferenceRunTests
{
    const string Article = "article-trajectories.json";

    [Fact]
    public void A_run_gives_its_numbers_as_vectors_and_matrices_of_float64()
    {
        var run = ReferenceRun.Read(Article, "strength");
        Assert.Equal(new Shape(16, 4), run["x"].shape);
        Assert.Equal(new Shape(10), run["l2"].shape);
        Assert.Equal((-0.34, -1.65), (run["x"][0, 0].Item<double>(), run["x"][10, 0].Item<double>()));
        Assert.All(run.Names, n => Assert.Equal(tf.float64, run[n].dtype));
    }

    [Theory]
    [InlineData("strength")]
    [InlineData("exponent")]
    [InlineData("loss weights")]
    public void Each_run_of_the_article_says_what_it_is_and_who_computed_it(string name)
    {
        var run = ReferenceRun.Read(Article, name);
        Assert.StartsWith("TensorFlow 2.21.0", run.Source);
        Assert.Contains(name == "strength" ? "SGD(0.01)" : "Adam", run.What);
    }

    [Fact]
    public void The_loss_weights_change_their_sign_where_the_run_says()
    {
        var run = ReferenceRun.Read(Article, "loss weights");
        var steps = run["step"].ToArray<double>();
        foreach (var i in new[] { 1, 2 })
        {
            var values = run[$"loss_weight_{i}"].ToArray<double>();
            var first = run[$"first_negative_{i}"][0].Item<double>();
            Assert.All(steps.Zip(values), p => Assert.Equal(p.First >= first, p.Second < 0));
        }
    }

    [Fact]
    public void What_is_not_there_is_named_with_what_is()
    {
        var noRun = Assert.Throws<KeyNotFoundException>(() => ReferenceRun.Read(Article, "strenght"));
        Assert.Equal("Expected one of the runs of article-trajectories.json: strength, exponent, loss weights. Received: 'strenght'.",
            noRun.Message);
        var noNumbers = Assert.Throws<KeyNotFoundException>(() => ReferenceRun.Read(Article, "exponent")["p"]);
        Assert.Contains("x, y, kernel, bias, exponent. Received: 'p'", noNumbers.Message);
    }
}
