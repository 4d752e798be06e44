using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Windows of a series; their autoregression is that of R (Data/make_series.R).</summary>
public class WindowLayerTests
{
    [Fact]
    public void Each_window_holds_the_values_of_its_lags()
    {
        var layer = new WindowLayer([1, 3]);
        var series = tf.constant(new double[,] { { 0, 1, 2, 3, 4 }, { 10, 11, 12, 13, 14 } });
        var windows = layer.Apply(tf.cast(series, tf.float32));
        Assert.Equal(new Shape(2, 2, 2), windows.shape);
        Assert.Equal([2, 0, 3, 1, 12, 10, 13, 11], windows.ToArray<float>());
        Assert.Equal(3, layer.Reach);
        Assert.Equal([1, 3], layer.Lags);
    }

    [Fact]
    public void Lags_keep_their_order_and_features_stay_together()
    {
        var layer = new WindowLayer([2, 1]);
        // Step t has the features t and 100 + t.
        var series = tf.stack([tf.range(0.0, 4), tf.range(100.0, 104)], axis: 1);
        var windows = layer.Apply(tf.expand_dims(series, 0));
        Assert.Equal(new Shape(1, 2, 4), windows.shape);
        Assert.Equal([0, 100, 1, 101, 1, 101, 2, 102], windows.ToArray<float>());
    }

    [Fact]
    public void Rows_of_one_series_are_the_windows_and_what_they_come_before()
    {
        var layer = new WindowLayer([1, 3]);
        var series = tf.constant(new double[] { 0, 1, 2, 3, 4 });
        Assert.Equal([2, 0, 3, 1], layer.Windows(series).ToArray<double>());
        Assert.Equal([3, 4], layer.Targets(series).ToArray<double>());
        Assert.Equal(new Shape(2, 1), layer.Targets(tf.expand_dims(series, 1)).shape);
        Assert.Equal(tf.float64, layer.Windows(series).dtype);
        Assert.Equal(layer.Apply(tf.cast(tf.expand_dims(series, 0), tf.float32))[0].ToArray<float>(),
            layer.Windows(tf.cast(series, tf.float32)).ToArray<float>());
    }

    [Fact]
    public void Gradients_reach_what_stands_before_the_windows()
    {
        var (layer, scale) = (new WindowLayer([1, 2]), tf.Variable(2.0));
        using var tape = tf.GradientTape();
        var sum = tf.reduce_sum(layer.Apply(scale * tf.constant(new float[,] { { 1, 2, 3, 4 } })));
        // 2 + 1 + 3 + 2
        Assert.Equal(8, (double)tape.gradient(sum, scale)!);
    }

    // R: ar of two lags by least squares, as in Data/make_series.R with lambda 1: the weights of raw lynx, first 80 years.
    [Fact]
    [Trait("speed", "slow")]
    public void In_a_model_a_Dense_behind_it_is_an_autoregression()
    {
        var series = tf.reshape(tf.cast(DataSets.Lynx().y[..80], tf.float32) / 1000.0, (1, 80));
        var (layer, inputs) = (new WindowLayer([1, 2]), Input(shape: 80));
        var model = Model(inputs: inputs, outputs: layers.Dense(1).Apply(layer.Apply(inputs)));
        Assert.Equal(new Shape(-1, 78, 1), model.outputs[0].shape);
        model.compile(optimizers.Adam(0.02), "mse");
        model.fit(series, tf.expand_dims(layer.Targets(series[0]), 0), batch_size: 1, epochs: 1500, verbose: 0);
        var raw = SeriesCases.Of("lynx, two lags").GetProperty("raw").GetProperty("weights").Numbers();
        Assert.Equal(raw[1..], model.layers[^1].get_weights()[0].ToArray<double>(), (a, b) => Math.Abs(a - b) < 2e-3);
        Assert.Equal((raw[0] + raw[1] + raw[2] - 1) / 1000, model.layers[^1].get_weights()[1].ToArray<double>()[0], 5e-3);
    }

    [Fact]
    public void What_has_no_windows_says_what_to_do()
    {
        static string Says(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
        Assert.Contains("A negative lag looks into the future", Says(() => new WindowLayer([1, -2])));
        Assert.Contains("lags of at least 1. Received: 0", Says(() => new WindowLayer([0])));
        Assert.Contains("at least one lag. Received: none", Says(() => new WindowLayer([])));
        Assert.Contains("lags that differ. Received: 2 2 times", Says(() => new WindowLayer([2, 1, 2])));
        var layer = new WindowLayer([1, 5]);
        Assert.Contains("more than 5 steps, the largest lag. Received: shape (1, 5)", Says(() => layer.Apply(tf.ones((1, 5)))));
        Assert.Contains("at least 6 values, one more than the largest lag, 5. Received: 5", Says(() => layer.Windows(tf.ones(5))));
        Assert.Contains("Received: shape (8,)", Says(() => layer.Apply(tf.ones(8))));
        Assert.Contains("Received: shape (2, 8)", Says(() => layer.Targets(tf.ones((2, 8)))));
        double[] gap = [1, 2, 3, 4, 5, 6, double.NaN, 8];
        Assert.Contains("Received: NaN in row 6", Says(() => layer.Windows(gap)));
        Assert.Contains("Received: NaN in row 6", Says(() => layer.Targets(gap)));
        var pair = tf.stack([tf.ones(8, tf.float64), tf.constant(gap)], axis: 0);
        Assert.Contains("series 1: expected a number in each row. Received: NaN in row 6", Says(() => layer.Apply(pair)));
        Assert.Contains("series 1", Says(() => layer.Apply(tf.expand_dims(pair, 2))));
    }
}
