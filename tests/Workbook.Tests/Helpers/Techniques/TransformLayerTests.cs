using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Transformations inside of a model.</summary>
public class TransformLayerTests
{
    static readonly Tensor table = DataSets.BreastCancer().X[.., 3..8];

    [Fact]
    public void Adapt_gives_each_feature_the_exponent_of_its_likelihood_in_its_own_unit()
    {
        var layer = new TransformLayer(new YeoJohnson(tf.ones(5)));
        layer.adapt(table);
        var standardised = Scaling.Standardize(table);
        var lambdas = layer.Transform.Lambda.read_value().ToArray<float>();
        // scikit-learn: -0.00606 for the concavity, which is column 3 here; the raw one is -7.977.
        Assert.Equal(-0.0060636, lambdas[3], 1e-4);
        for (var j = 0; j < 5; j++) Assert.Equal(new YeoJohnson().Profile(standardised[.., j]).Best, lambdas[j], 1e-5);
        Assert.False(layer.Transform.Lambda.trainable);
        Assert.Empty(layer.trainable_variables);
    }

    [Fact]
    public void A_model_trains_the_exponents_that_adapt_has_left_alone()
    {
        var layer = new TransformLayer(new YeoJohnson(tf.ones(5)));
        layer.adapt(table, exponents: false);
        var model = keras.Sequential([keras.Input(5), layer, layers.Dense(1)]);
        model.compile(optimizers.Adam(0.01), "mse");
        Assert.Equal([layer.Transform.Lambda], model.hyper_variables);
        var x = tf.cast(table, tf.float32);
        Assert.Equal(tf.cast(Scaling.Standardize(table), tf.float32).ToArray<float>(), layer.Apply(x).ToArray<float>(),
            (a, b) => Math.Abs(a - b) < 1e-4);
        model.fit(x, DataSets.BreastCancer().y, epochs: 5, verbose: 0);
        Assert.All(layer.Transform.Lambda.read_value().ToArray<float>(), l => Assert.NotEqual(1, l));
    }

    [Fact]
    public void The_log_Jacobian_is_that_of_the_derivatives_with_the_unit()
    {
        foreach (var transform in new LearnedTransform[] { new BoxCox(tf.constant(new[] { -0.5, 0, 0.4, 1, 2.0 }), dtype: tf.float64),
            new YeoJohnson(tf.constant(new[] { -0.5, 0, 0.4, 1, 2.5 }), dtype: tf.float64) })
        {
            var layer = new TransformLayer(transform);
            var x = table[0..6] + 0.01;
            layer.adapt(table + 0.01, exponents: false);
            var log = tf.zeros(6, tf.float64);
            for (var j = 0; j < 5; j++)
            {
                // By differences: the layer itself computes in float32.
                var step = tf.one_hot(tf.constant(new[] { j }), 5, dtype: tf.float64) * 1e-2 * x[.., j..(j + 1)];
                var rise = tf.cast((layer.Apply(x + step) - layer.Apply(x - step))[.., j], tf.float64);
                log += tf.math.log(rise / (2e-2 * x[.., j]));
            }
            // Central differences of a hundredth part, in float32.
            Assert.Equal(log.ToArray<double>(), layer.LogJacobian(x).ToArray<double>(), (a, b) => Math.Abs(a - b) < 5e-3);
        }
    }

    [Fact]
    public void The_inverse_brings_features_back_in_their_units()
    {
        var layer = new TransformLayer(new BoxCox(tf.ones(5)));
        layer.adapt(table + 0.01);
        var x = tf.cast(table + 0.01, tf.float32);
        var back = layer.Inverse(layer.Apply(x)).ToArray<float>();
        foreach (var (e, a) in x.ToArray<float>().Zip(back)) Assert.Equal(1, a / e, 2e-4);
    }

    [Fact]
    public void Features_of_the_wrong_kind_are_refused()
    {
        Assert.Contains("YeoJohnson",
            Assert.Throws<ArgumentException>(() => new TransformLayer(new BoxCox(tf.ones(5))).adapt(table)).Message);
        var flat = tf.concat([table[.., 0..2], tf.ones((569, 1), tf.float64)], 1);
        Assert.Contains("column 2",
            Assert.Throws<ArgumentException>(() => new TransformLayer(new YeoJohnson(tf.ones(3))).adapt(flat)).Message);
        Assert.Contains("expected 4 features",
            Assert.Throws<ShapeException>(() => new TransformLayer(new YeoJohnson(tf.ones(4))).adapt(table)).Message);
        Assert.Contains("Call adapt", Assert.Throws<ModelException>(() => new TransformLayer(new YeoJohnson()).LogJacobian(table)).Message);
        var layer = new TransformLayer(new YeoJohnson(tf.ones(5)));
        layer.adapt(table);
        Assert.Contains("in row 1", Assert.Throws<ArgumentException>(() =>
            layer.Apply(tf.concat([tf.ones((1, 5)), tf.fill((1, 5), float.NaN)], 0))).Message);
    }
}
