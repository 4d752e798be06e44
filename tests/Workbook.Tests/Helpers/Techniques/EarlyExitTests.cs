using System.Text.Json;
using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Exits under a budget. Truth: SLSQP of scipy on the same rows (cheap-models.json, by make_cheap_models.py), and
/// counting.</summary>
public class EarlyExitTests
{
    const int Rows = 240;

    static readonly JsonElement truth = JsonDocument.Parse(
        File.ReadAllText(Repository.File("tests/Workbook.Tests/Helpers/Techniques/cheap-models.json"))).RootElement;

    static readonly int[] labels = [.. Enumerable.Range(0, Rows).Select(i => i % 3)];

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(190)]
    public void Thresholds_price_and_cost_are_those_of_scipy(double budget)
    {
        var golden = truth.GetProperty("exits").EnumerateArray().Single(e => e.GetProperty("budget").GetDouble() == budget);
        double Of(string name) => golden.GetProperty(name).GetDouble();
        var exits = new EarlyExit(Stages(), [10, 40, 140]);
        var (loss, operations) = exits.Fit(Inputs(), tf.constant(labels), budget);
        Assert.Equal(Of("loss"), loss, 1e-6);
        Assert.Equal(Of("operations"), operations, budget * 1e-4);
        Assert.Equal(golden.GetProperty("prices")[0].GetDouble(), exits.Price, 2e-6);
        var found = exits.Thresholds.value().ToArray<double>();
        // Where the loss is flat a threshold is known less well than the loss.
        for (var k = 0; k < 2; k++) Assert.Equal(golden.GetProperty("thresholds")[k].GetDouble(), found[k], 2e-3);
        Assert.Equal([10, 50, 190], exits.Operations);
    }

    [Fact]
    public void An_edge_without_end_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new EarlyExit(Stages(), [10, 40, 140], softness: double.PositiveInfinity));

    [Fact]
    public void A_budget_for_the_first_stages_alone_leaves_the_last_to_nobody()
    {
        var exits = new EarlyExit(Stages(), [10, 40, 140]);
        var (loss, operations) = exits.Fit(Inputs(), tf.constant(labels), 30);
        Assert.Equal(30, operations, 0.01);
        Assert.Equal(truth.GetProperty("exits")[0].GetProperty("loss").GetDouble(), loss, 1e-4);
        Assert.DoesNotContain(2, exits.predict(Inputs()).Stage);
    }

    [Fact]
    public void A_row_leaves_at_the_first_stage_that_is_sure_enough_and_takes_its_probabilities_along()
    {
        var exits = new EarlyExit(Stages(), [10, 40, 140]);
        exits.Thresholds.assign(tf.constant(new[] { 2.0, 1.0 }));
        Assert.Equal(1 / (1 + Math.Exp(-2)), exits.Probabilities[0], 1e-12);
        var (x, left) = (Inputs(), exits.predict(Inputs()));
        var said = exits.Stages.Select(s => tf.cast(s.predict(x), tf.float64)).ToArray();
        var cost = 0.0;
        for (var i = 0; i < Rows; i++)
        {
            double Sure(int k)
            {
                var p = (double)tf.reduce_max(said[k][i]);
                return Math.Log(p / (1 - p));
            }
            var stage = Sure(0) > 2 ? 0 : Sure(1) > 1 ? 1 : 2;
            Assert.Equal(stage, left.Stage[i]);
            Assert.Equal(said[stage][i].ToArray<double>(), left.Probabilities[i].ToArray<double>());
            cost += stage switch { 0 => 10, 1 => 50, _ => 190 };
        }
        Assert.Equal(cost / Rows, left.Operations, 1e-9);
    }

    [Fact]
    public void A_stage_with_one_probability_has_two_classes()
    {
        Sequential Stage() => Sequential([Input(2), layers.Dense(1, activation: "sigmoid")]);
        var exits = new EarlyExit([Stage(), Stage()]);
        Assert.Equal([2, 4], exits.Operations);
        Assert.Equal(new Shape(5, 2), exits.predict(tf.ones((5, 2))).Probabilities.shape);
    }

    [Fact]
    public void Labels_may_be_rows_with_a_one_and_parts_and_NaN_are_none()
    {
        var whole = tf.constant(labels);
        (double, double) Fitted(Tensor y) => new EarlyExit(Stages(), [10, 40, 140]).Fit(Inputs(), y, 100);
        Assert.Equal(Fitted(whole), Fitted(tf.one_hot(whole, 3)));
        foreach (var wrong in new[] { tf.cast(whole, tf.float64) + 0.7, tf.cast(whole, tf.float64) * double.NaN })
            Assert.Contains("whole numbers", Assert.Throws<ArgumentException>(() => Fitted(wrong)).Message);
    }

    [Fact]
    public void An_exit_without_a_classifier_is_refused()
    {
        string Refused(Action act) => Assert.ThrowsAny<ArgumentException>(act).Message;
        Model End(params Layer[] stack) => Sequential([Input((4, 4, 1)), .. stack]);
        var classifier = End(layers.Flatten(), layers.Dense(3, activation: "softmax"));
        var trunk = End(layers.Conv2D(5, 2, name: "trunk"));
        var said = Refused(() => new EarlyExit([trunk, classifier]));
        Assert.Contains("expected a classifier at each exit", said);
        Assert.Contains("3, 3, 5)", said);
        Assert.Contains("Dense(classes, activation: \"softmax\")", said);
        Assert.Contains("at least two stages", Refused(() => new EarlyExit([classifier])));
        Assert.Contains("Received: 10, 0", Refused(() => new EarlyExit([classifier, classifier], [10, 0])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyExit([classifier, classifier], softness: 0));
        var (x, y) = (tf.ones((6, 4, 4, 1)), tf.constant(new[] { 0, 1, 2, 0, 1, 2 }));
        var logits = End(layers.Flatten(), layers.Dense(3, kernel_initializer: "ones"));
        Assert.Contains("Put a softmax at its end", Refused(() => new EarlyExit([logits, classifier]).predict(x)));
        var two = End(layers.Flatten(), layers.Dense(2, activation: "softmax"));
        Assert.Contains("the same classes", Refused(() => new EarlyExit([two, classifier]).predict(x)));
        var dear = End(layers.Flatten(), layers.Dense(9), layers.Dense(3, activation: "softmax"));
        Assert.Contains("cheapest stage first. Received: 171, 48", Refused(() => new EarlyExit([dear, classifier])));
        Assert.Equal([100, 140], new EarlyExit([dear, classifier], [100, 40]).Operations);
        var exits = new EarlyExit([classifier, classifier]);
        Assert.Contains("a budget above 48", Refused(() => exits.Fit(x, y, 48)));
        Assert.Contains("Received: NaN", Refused(() => exits.Fit(x, y, double.NaN)));
        Assert.Contains("labels from 0 to 2. Received: 3", Refused(() => exits.Fit(x, y + 1, 60)));
        Assert.Throws<ShapeException>(() => exits.Fit(x, y[..4], 60));
    }

    /// <summary>Each reads its logits from three columns.</summary>
    static Model[] Stages()
    {
        config.set_floatx(tf.float64);
        try
        {
            return [.. Enumerable.Range(0, 3).Select(k =>
            {
                var stage = Sequential([Input(9), layers.Dense(3, activation: "softmax", use_bias: false)]);
                stage.set_weights([tf.eye(9, dtype: tf.float64)[.., (3 * k)..(3 * k + 3)]]);
                return stage;
            })];
        }
        finally
        {
            config.set_floatx(tf.float32);
        }
    }

    static Tensor Inputs()
    {
        double[] signals = [1.5, 2.5, 4];
        var x = new double[Rows, 9];
        for (var i = 0; i < Rows; i++)
            for (var j = 0; j < 9; j++)
            {
                var wave = 43758.5453 * Math.Sin(12.9898 * i + 78.233 * j);
                x[i, j] = Math.Round(4 * (wave - Math.Floor(wave)), 3) + (j % 3 == labels[i] ? signals[j / 3] : 0);
            }
        return tf.constant(x);
    }
}
