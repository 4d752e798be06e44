using System.Text.Json;
using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>The temperature of a classifier. temperature.json holds logits and labels with the minimum that TensorFlow found by descent, a
/// bisection by the identity of the moments, and scipy by minimize_scalar.</summary>
public class TemperatureTests
{
    static readonly JsonElement truth = JsonDocument.Parse(File.ReadAllText(
        Repository.File("tests/Workbook.Tests/Helpers/Techniques/temperature.json"))).RootElement;

    static readonly Tensor logits = tf.constant(
        truth.GetProperty("logits").Deserialize<double[][]>()!.SelectMany(r => r).ToArray()).Rows(3);
    static readonly Tensor labels = tf.constant(truth.GetProperty("labels").Deserialize<int[]>()!);

    [Fact]
    public void A_temperature_is_that_of_TensorFlow_and_scipy()
    {
        var found = Temperature.Of(logits, labels);
        Assert.Equal(truth.GetProperty("temperature").GetDouble(), found.Value, 1e-10);
        Assert.Equal(truth.GetProperty("loss_before").GetDouble(), found.Before, 1e-12);
        Assert.Equal(truth.GetProperty("loss_after").GetDouble(), found.After, 1e-12);
        Assert.Equal(found.Value, Temperature.Of(logits, tf.one_hot(labels, 3)).Value, 1e-14);
    }

    [Fact]
    public void At_the_temperature_the_mean_logit_of_the_label_is_the_one_that_is_expected()
    {
        var p = tf.nn.softmax(logits / Temperature.Of(logits, labels).Value);
        var (named, expected) = (tf.reduce_mean(tf.reduce_sum(tf.one_hot(labels, 3, dtype: tf.float64) * logits, 1)),
            tf.reduce_mean(tf.reduce_sum(p * logits, 1)));
        Assert.Equal((double)named, (double)expected, 1e-11);
    }

    [Fact]
    public void Descent_on_a_positive_variable_comes_to_the_same()
    {
        var t = new Positive(1.0, "T", tf.float64);
        for (var i = 0; i < 200; i++) optimizers.SGD(0.5).minimize(() => Temperature.Loss(t.Value, logits, labels), [t.Raw]);
        Assert.Equal(Temperature.Of(logits, labels).Value, (double)t.Value, 1e-8);
    }

    [Fact]
    public void The_standard_error_is_that_of_many_samples()
    {
        // Labels drawn from softmax(z / 2): over 200 draws T scatters as it says, and lies about 2.
        var random = new SplitMix64(5);
        var (found, said) = (new List<double>(), new List<double>());
        for (var run = 0; run < 200; run++)
        {
            double[] z = [.. Enumerable.Range(0, 3 * 150).Select(_ => 3 * random.NextNormal())];
            var p = tf.nn.softmax(tf.constant(z).Rows(3) / 2.0).ToArray<double>();
            int[] y = [.. Enumerable.Range(0, 150).Select(i => random.NextUniform() is var u && u < p[3 * i] ? 0
                : u < p[3 * i] + p[3 * i + 1] ? 1 : 2)];
            var t = Temperature.Of(tf.constant(z).Rows(3), tf.constant(y));
            found.Add(t.Value);
            said.Add(t.Error);
        }
        var spread = Math.Sqrt(found.Sum(t => (t - found.Average()) * (t - found.Average())) / 199);
        Assert.Equal(2, found.Average(), 0.1);
        // The spread of 200 draws is itself known to 5 %.
        Assert.InRange(said.Average() / spread, 0.85, 1.15);
    }

    [Fact]
    public void A_classifier_is_calibrated_in_one_line_whatever_it_ends_with()
    {
        foreach (var (model, classes) in new (Model, int)[]
        {
            (Sequential([Input(4), layers.Dense(3, activation: "softmax")]), 3),
            (Sequential([Input(4), layers.Dense(3), layers.Softmax()]), 3),
            (Sequential([Input(4), layers.Dense(3), layers.Activation("softmax")]), 3),
            (Sequential([Input(4), layers.Dense(1, activation: "sigmoid")]), 2),
            (Sequential([Input(4), layers.Dense(3)]), 3),
        })
        {
            var x = tf.random.normal((90, 4), seed: 3);
            var y = tf.cast(tf.abs(tf.random.uniform(90, 0, classes, tf.int32, seed: 4)), tf.int32);
            // Labels that follow the model two times in three.
            var said = model.predict(x);
            var named = tf.cast(said.shape[1] == 1 ? tf.greater(tf.reshape(said, -1), 0.5) : tf.argmax(said, 1), tf.int32);
            y = tf.where(tf.less(tf.range(90) % 3, 2), named, y);
            var t = Temperature.Of(model, x, y);
            var calibrated = t.Apply(model);
            var (before, after) = (said, calibrated.predict(x));
            if (model.layers[^1] is Dense { activation.Name: "linear" })
                Assert.True((double)tf.reduce_max(tf.abs(after - before / t.Value)) < 1e-5);
            else
            {
                Assert.Equal(t.After, Reliability.Of(after, y).Nll.Value, 1e-5);
                Assert.Equal(t.Before, Reliability.Of(before, y).Nll.Value, 1e-5);
                Assert.Equal(Reliability.Of(before, y).Right, Reliability.Of(after, y).Right);
            }
        }
    }

    [Fact]
    public void Rows_that_say_nothing_of_a_temperature_are_refused()
    {
        string Refused(Tensor z, Tensor y) => Assert.Throws<ArgumentException>(() => Temperature.Of(z, y)).Message;
        Assert.Contains("at least two classes", Refused(logits, tf.zeros_like(labels)));
        Assert.Contains("all right, for which the best temperature is 0",
            Refused(logits + 100.0 * tf.one_hot(labels, 3, dtype: tf.float64), labels));
        Assert.Contains("no better than equal chances", Refused(-logits, labels));
        Assert.Contains("labels from 0 to 2. Received: 3", Refused(logits, labels + 1));
        Assert.Contains("finite", Refused(logits / 0.0, labels));
        Assert.Contains("a label for each row", Assert.Throws<ShapeException>(() => Temperature.Of(logits, labels[..10])).Message);
        var regression = Sequential([Input(2), layers.Dense(2, activation: "relu")]);
        Assert.Contains("expected a classifier",
            Assert.Throws<ArgumentException>(() => Temperature.Of(regression, tf.ones((3, 2)), labels[..3])).Message);
    }

    [Fact]
    public void Labels_that_are_no_classes_are_refused()
    {
        string Refused(Tensor y) => Assert.Throws<ArgumentException>(() => Temperature.Of(logits, y)).Message;
        var whole = tf.cast(labels, tf.float64);
        var hot = tf.one_hot(labels, 3, dtype: tf.float64);
        Assert.Equal(Temperature.Of(logits, labels).Value, Temperature.Of(logits, tf.expand_dims(whole, 1)).Value);
        Assert.Contains("whole numbers. Received: ", Refused(whole + 0.5));
        Assert.Contains("whole numbers. Received: NaN", Refused(whole * double.NaN));
        Assert.Contains("tf.argmax", Refused(0.8 * hot + 0.2 / 3));
        Assert.Contains("for each of 3 classes. Received: 5", Refused(tf.one_hot(labels, 5)));
        // Nobody is wrong, though one is undecided: the best temperature is 0 all the same.
        Assert.Contains("all right", Assert.Throws<ArgumentException>(() => Temperature.Of(
            tf.constant(new[,] { { 1.0, 1, 0 }, { 0, 2, 0 } }), tf.constant(new[] { 0, 1 }))).Message);
    }

    [Fact]
    public void Several_questions_ends_that_are_operations_and_layers_that_stand_twice_are_refused()
    {
        var x = tf.random.normal((9, 4), seed: 1);
        string Refused(Model model) => Assert.Throws<ArgumentException>(
            () => Temperature.Of(model, x, tf.constant(new[] { 0, 1, 2, 0, 1, 2, 0, 1, 2 }))).Message;
        var several = Sequential([Input(4), layers.Dense(3, "sigmoid")]);
        Assert.Contains("3 sigmoids", Refused(several));
        Assert.Equal(new Shape(9, 3), Temperature.LogitsOf(several, x).shape);
        Assert.Contains("always 1", Refused(Sequential([Input(4), layers.Dense(1), layers.Softmax()])));
        var input = Input(4);
        Assert.Contains("something behind", Refused(Model([input], [tf.nn.softmax(layers.Dense(3).Apply(input))])));
        var twice = layers.Dense(4, "softmax");
        Assert.Contains("stands elsewhere", Refused(Model([input], [twice.Apply(twice.Apply(input))])));
    }

    [Fact]
    public void A_class_that_is_closed_by_minus_infinity_leaves_the_gradient_finite()
    {
        var z = tf.constant(new[,] { { 1, double.NegativeInfinity, 0 }, { 0.5, 2, 1 } });
        var t = tf.Variable(tf.constant(2.0, tf.float64), name: "temperature");
        using var tape = tf.GradientTape();
        var loss = Temperature.Loss(t, z, tf.constant(new[] { 0, 1 }));
        var slope = (double)tape.gradient(loss, t)!;
        double Loss(double at) => (Math.Log(1 + Math.Exp(-1 / at)) + Math.Log(1 + Math.Exp(-1.5 / at) + Math.Exp(-1 / at))) / 2;
        Assert.Equal(Loss(2), (double)loss, 1e-12);
        Assert.Equal((Loss(2 + 1e-6) - Loss(2 - 1e-6)) / 2e-6, slope, 1e-8);
    }

    [Fact]
    public void A_classifier_of_two_inputs_is_calibrated()
    {
        KerasTensor a = Input(4), b = Input(4);
        var model = Model([a, b], [layers.Dense(3, "softmax").Apply(layers.Add().Apply([a, b]))]);
        Tensor[] x = [tf.random.normal((9, 4), seed: 1), tf.random.normal((9, 4), seed: 2)];
        var z = tf.math.log(model.predict(x));
        var y = tf.where(tf.less(tf.range(9), 6), tf.cast(tf.argmax(z, 1), tf.int32), tf.range(9) % 3);
        Assert.Equal(Temperature.Of(z, y).Value, Temperature.Of(model, x, y).Value, 1e-4);
    }

    [Fact]
    public void What_is_no_temperature_and_no_probability_is_refused()
    {
        var (z, y) = (tf.constant(new[,] { { 2.0, -1 }, { 0, 1 } }), tf.constant(new[] { 0, 1 }));
        foreach (var t in new[] { 0.0, -1 })
            Assert.Contains("expected T above 0",
                Assert.Throws<ArgumentOutOfRangeException>(() => Temperature.Loss(tf.constant(t), z, y)).Message);
        Assert.Contains("Received: 2, -1 in row 0", Assert.Throws<ArgumentException>(() => Reliability.Of(z, y)).Message);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => Reliability.Of(z * double.NaN, y)).Message);
        Assert.Contains("labels from 0 to 1. Received: 2", Assert.Throws<ArgumentException>(
            () => Reliability.Of(tf.nn.softmax(z), y + 1)).Message);
    }

    [Fact]
    public void Reliability_counts_bins_and_what_they_miss()
    {
        var p = tf.constant(new[,] { { 0.95, 0.05 }, { 0.9, 0.1 }, { 0.3, 0.7 }, { 0.35, 0.65 } });
        var found = Reliability.Of(p, tf.constant(new[] { 0, 1, 1, 1 }), bins: 5);
        Assert.Equal([new(0.675, 1, 2), new(0.925, 0.5, 2)],
            found.Bins.Select(b => new Reliability.Bin(Math.Round(b.Confidence, 12), b.Right, b.Rows)));
        Assert.Equal(0.5 * 0.325 + 0.5 * 0.425, found.Error, 1e-12);
        Assert.Equal(0.75, found.Accuracy.Value);
        Assert.Equal(-(Math.Log(0.95) + Math.Log(0.1) + Math.Log(0.7) + Math.Log(0.65)) / 4, found.Nll.Value, 1e-12);
    }
}

static class RowsOfThree
{
    /// <summary>Numbers as rows.</summary>
    public static Tensor Rows(this Tensor numbers, int columns) => tf.reshape(numbers, (-1, columns));
}
