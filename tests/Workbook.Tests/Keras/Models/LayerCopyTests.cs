using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Models;

/// <summary>A layer made anew with some arguments changed.</summary>
public class LayerCopyTests
{
    [Fact]
    public void A_variable_comes_into_a_model_that_is_there_already()
    {
        var loaded = Sequential([Input(3), layers.Dense(4, activation: "tanh", name: "hidden"), layers.Dense(1, name: "last")]);
        var strength = tf.Variable(0.1, name: "strength");
        var tuned = Sequential([Input(3), loaded.layers[0].With(("kernel_regularizer", regularizers.l2(strength))),
            loaded.layers[1].With()]);
        foreach (var (to, from) in tuned.layers.Zip(loaded.layers))
            foreach (var (weight, value) in to.weights.Zip(from.weights)) weight.assign(value);
        var x = tf.random.normal((5, 3), seed: 1);
        Assert.Equal(loaded.predict(x).ToArray<float>(), tuned.predict(x).ToArray<float>());
        Assert.Equal(["hidden", "last"], tuned.layers.Select(l => l.name));
        Assert.Contains(strength, tuned.trainable_variables);
        Assert.Equal(0.1 * loaded.layers[0].get_weights()[0].ToArray<double>().Sum(w => w * w), (double)tuned.losses[0], 1e-5);
    }

    [Fact]
    public void Numbers_names_and_other_arguments_are_changed_and_the_rest_stays()
    {
        var layer = layers.Conv2D(4, 3, strides: 2, padding: "same", activation: "relu", name: "c");
        layer.trainable = false;
        var other = layer.With(("filters", 2), ("activation", "tanh"), ("name", "d"));
        Assert.Equal("d", other.name);
        Assert.False(other.trainable);
        Assert.Equal(new Shape(1, 3, 3, 2), other.Apply(tf.ones((1, 6, 6, 1))).shape);
        Assert.Equal(new Shape(1, 3, 3, 4), layer.Apply(tf.ones((1, 6, 6, 1))).shape);
    }

    [Fact]
    public void Layers_that_keep_axes_and_windows_in_another_form_are_made_anew_too()
    {
        var x = tf.random.normal((2, 6, 4), seed: 1);
        foreach (var layer in new Layer[] { layers.LayerNormalization(), layers.RMSNormalization(), layers.UnitNormalization(axis: 1),
            layers.MaxPooling1D(3, strides: 2), layers.AveragePooling1D(2, padding: "same") })
            Assert.Equal(layer.Apply(x).ToArray<float>(), layer.With().Apply(x).ToArray<float>());
        var dot = layers.Dot(axes: 2);
        Assert.Equal(dot.Apply([x, x]).ToArray<float>(), dot.With().Apply([x, x]).ToArray<float>());
        Assert.Equal(new Shape(2, 3, 4), layers.MaxPooling1D(3).With(("pool_size", 2), ("strides", 2)).Apply(x).shape);
    }

    [Fact]
    public void What_is_no_argument_is_refused()
    {
        var layer = layers.Dense(2);
        Assert.Contains("Received: 'unit'", Assert.Throws<ArgumentException>(() => layer.With(("unit", 3))).Message);
        Assert.Contains("expected a Int32 for Dense 'units'. Received: many",
            Assert.Throws<ArgumentException>(() => layer.With(("units", "many"))).Message);
        Assert.Contains("one by one", Assert.Throws<ModelException>(() => Sequential([Input(2), layers.Dense(2)]).With()).Message);
    }
}
