using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Layers;

/// <summary>What every layer must do, checked in one call.</summary>
/// <param name="Make">A new layer.</param>
/// <param name="Inputs">The shapes of one sample of each input.</param>
/// <param name="Output">The shape of one sample of the output.</param>
/// <param name="Weights">The shapes of the weights in order.</param>
/// <param name="Trainable">How many of the weights train.</param>
/// <param name="Whole">Whether inputs are whole numbers below 3.</param>
sealed record LayerContract(Func<Layer> Make, Shape[] Inputs, Shape Output, Shape[] Weights, int Trainable, bool Whole = false)
{
    const int Batch = 4;

    public void Check()
    {
        tf.random.set_seed(7);
        keras.config.set_floatx(tf.float64);
        try
        {
            ShapesAndWeights();
            Gradients();
            Trains();
        }
        finally
        {
            keras.config.set_floatx(tf.float32);
        }
    }

    void ShapesAndWeights()
    {
        var layer = Make();
        var symbolic = layer.Apply([.. Inputs.Select(s => keras.Input(s, dtype: Whole ? tf.int32 : null))]);
        Assert.Equal(new Shape([-1, .. Output.Dims]), symbolic.shape);
        Assert.True(layer.built);
        var y = layer.Apply(Data());
        Assert.Equal(new Shape([Batch, .. Output.Dims]), y.shape);
        Assert.Equal(Weights, layer.variables.Select(v => v.shape));
        Assert.Equal(Trainable, layer.trainable_variables.Count);
        layer.trainable = false;
        Assert.Empty(layer.trainable_variables);
        layer.trainable = true;
        var other = Make();
        other.Apply(Data());
        other.set_weights(layer.get_weights());
        Assert.Equal(layer.Apply(Data()).ToArray<double>(), other.Apply(Data()).ToArray<double>());
        Assert.Throws<ArgumentException>(() => layer.set_weights([.. layer.get_weights(), tf.constant(1.0)]));
    }

    /// <summary>
    /// First and second derivatives by inputs and weights against central differences, in inference, where nothing is random.
    /// </summary>
    void Gradients()
    {
        var layer = Make();
        layer.Apply(Data());
        foreach (var weight in layer.trainable_variables)
            weight.assign(tf.cast(weight, tf.float64) + tf.random.uniform(weight.shape, 0.05, 0.15, tf.float64));
        var places = Whole ? [] : Data().Select(x => tf.Variable(x)).ToArray();
        Variable[] all = [.. places, .. layer.trainable_variables];
        if (all.Length == 0) return;
        var weights = tf.random.normal(new Shape([Batch, .. Output.Dims]), dtype: tf.float64);
        Tensor Value() => tf.reduce_sum(weights * tf.square(layer.Apply(Whole ? Data() : [.. places.Select(p => p.value())])));
        var directions = all.Select(v => tf.random.normal(v.shape, dtype: tf.float64)).ToArray();
        double Slope() => Derivative(Value, all, directions, out _);
        double first = Derivative(Value, all, directions, out var second);
        // Central differences of step 1e-5 in float64 are good to about 1e-9 relative to the curvature; 1e-5 leaves room for layers that
        // divide.
        Close(Difference(() => (double)Value(), all, directions), first);
        Close(Difference(Slope, all, directions), second);
    }

    static void Close(double expected, double actual) =>
        Assert.InRange(actual - expected, -1e-5 * (1 + Math.Abs(expected)), 1e-5 * (1 + Math.Abs(expected)));

    static double Derivative(Func<Tensor> value, Variable[] all, Tensor[] directions, out double second)
    {
        using var outer = tf.GradientTape();
        Tensor slope;
        using (var inner = tf.GradientTape())
            slope = Along(inner.gradient(value(), all.ToList(), unconnected_gradients: UnconnectedGradients.ZERO), directions);
        second = (double)Along(outer.gradient(slope, all.ToList(), unconnected_gradients: UnconnectedGradients.ZERO), directions);
        return (double)slope;
    }

    static Tensor Along(Tensor[] gradients, Tensor[] directions) =>
        tf.add_n(gradients.Zip(directions, (g, d) => (Operand)tf.reduce_sum(g * d)));

    static double Difference(Func<double> f, Variable[] all, Tensor[] directions)
    {
        const double h = 1e-5;
        void Move(double by)
        {
            foreach (var (v, d) in all.Zip(directions)) v.assign_add(by * d);
        }
        Move(h);
        var above = f();
        Move(-2 * h);
        var below = f();
        Move(h);
        return (above - below) / (2 * h);
    }

    void Trains()
    {
        var inputs = Inputs.Select(s => keras.Input(s, dtype: Whole ? tf.int32 : null)).ToArray();
        var output = keras.layers.Dense(1).Apply(keras.layers.Flatten().Apply(Make().Apply(inputs)));
        var model = keras.Model(inputs, output);
        model.compile(keras.optimizers.Adam(0.02), "mse");
        Batch x = Data();
        var y = tf.random.normal((Batch, 1), dtype: tf.float64);
        var before = model.evaluate(x, y)["loss"];
        model.fit(x, y, epochs: 60, verbose: 0);
        Assert.InRange(model.evaluate(x, y)["loss"], 0, 0.9 * before);
    }

    /// <summary>The same numbers each time, away from 0, where activations have their kinks.</summary>
    Tensor[] Data() => [.. Inputs.Select((s, i) =>
    {
        Shape shape = new([Batch, .. s.Dims]);
        if (Whole) return tf.random.uniform(shape, 0, 3, tf.int32, seed: i);
        var x = tf.random.uniform(shape, -1, 1, tf.float64, seed: 3 + i);
        return x + 0.2 * tf.sign(x);
    })];
}
