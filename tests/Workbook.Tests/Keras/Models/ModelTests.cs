using System.Reflection;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Models;

public class ModelTests
{
    [Fact]
    public void A_sequential_model_without_an_input_takes_layers_in_the_middle_of_a_fit()
    {
        var model = keras.Sequential([layers.Dense(1)]);
        model.compile("sgd", "mse");
        model.fit(tf.ones((4, 3)), tf.ones((4, 1)), epochs: 3, verbose: 0,
            callbacks: [callbacks.LambdaCallback(on_epoch_begin: (e, _) => model.add(layers.Dense(1)))]);
        Assert.Equal(8, model.trainable_variables.Count);
        model.pop();
        Assert.Equal((4, 1), model.predict(tf.ones((4, 3))).shape);
    }

    [Fact]
    public void The_call_of_a_functional_model_may_be_called_by_itself()
    {
        var inputs = keras.Input(3);
        var model = keras.Model(inputs, layers.Dense(1, kernel_initializer: "ones").Apply(inputs.Then(t => 2.0 * t)));
        Assert.Equal(6, (double)model.call([tf.ones((1, 3))], training: false)[0], 1e-6);
    }

    static readonly Tensor x = tf.random.normal((12, 3), seed: 1);
    static readonly Tensor y = tf.random.normal((12, 1), seed: 2);

    [Fact]
    public void A_layer_used_twice_has_one_set_of_weights_and_gets_both_gradients()
    {
        var (a, b) = (keras.Input(3), keras.Input(3));
        var shared = layers.Dense(1, use_bias: false, kernel_initializer: "ones");
        var model = keras.Model([a, b], layers.Add().Apply([shared.Apply(a), shared.Apply(b)]));
        model.compile(optimizers.SGD(1.0), losses.Lambda((_, p) => p, reduction: "sum"));
        model.fit([tf.ones((1, 3)), 2.0 * tf.ones((1, 3))], tf.zeros((1, 1)), verbose: 0);
        Assert.Single(model.trainable_variables);
        // d(w·1 + w·2)/dw = 3 in each place.
        Assert.Equal([-2f, -2f, -2f], model.get_weights()[0].ToArray<float>());
    }

    [Fact]
    public void Inputs_and_outputs_go_by_name()
    {
        var (a, b) = (keras.Input(2, name: "left"), keras.Input(2, name: "right"));
        var sum = layers.Add(name: "sum").Apply([a, b]);
        var difference = layers.Subtract(name: "difference").Apply([a, b]);
        var model = keras.Model([a, b], [sum, difference]);
        model.compile("sgd", new Dictionary<string, Loss> { ["difference"] = "mae", ["sum"] = "mse" },
            metrics: new Dictionary<string, Metric[]> { ["sum"] = ["mae"] });
        var logs = model.evaluate(new Dictionary<string, Tensor> { ["right"] = tf.ones((4, 2)), ["left"] = 3.0 * tf.ones((4, 2)) },
            new Dictionary<string, Tensor> { ["difference"] = tf.zeros((4, 2)), ["sum"] = tf.zeros((4, 2)) });
        Assert.Equal(["difference_loss", "loss", "sum_loss", "sum_mae"], logs.Keys);
        Assert.Equal((2.0, 18.0, 16.0, 4.0), (logs["difference_loss"], logs["loss"], logs["sum_loss"], logs["sum_mae"]));
        Assert.Equal(2, model.predict_many(new[] { tf.ones((4, 2)), tf.ones((4, 2)) }).Length);
        Assert.Throws<ModelException>(() => model.predict(new[] { tf.ones((4, 2)), tf.ones((4, 2)) }));
    }

    [Fact]
    public void A_model_inside_a_model_is_a_layer()
    {
        var inner = keras.Sequential([layers.Dense(4, activation: "tanh"), layers.Dense(2)]);
        var inputs = keras.Input(3);
        var model = keras.Model(inputs, layers.Dense(1).Apply(inner.Apply(inputs)));
        model.compile("adam", "mse");
        var before = inner.get_weights();
        model.fit(x, y, verbose: 0);
        Assert.Equal(6, model.trainable_variables.Count);
        Assert.NotEqual(before[0].ToArray<float>(), inner.get_weights()[0].ToArray<float>());
        inner.trainable = false;
        Assert.Equal(2, model.trainable_variables.Count);
        Assert.Equal(4, model.non_trainable_variables.Count);
    }

    [Fact]
    public void A_frozen_layer_stays_and_pays_no_penalty()
    {
        var frozen = layers.Dense(1, kernel_regularizer: regularizers.l2(100));
        var model = keras.Sequential([keras.Input(3), frozen, layers.Dense(1)]);
        frozen.trainable = false;
        model.compile("sgd", "mse");
        var before = frozen.get_weights()[0].ToArray<float>();
        model.fit(x, y, verbose: 0);
        Assert.Equal(before, frozen.get_weights()[0].ToArray<float>());
        Assert.Empty(model.losses);
    }

    [Fact]
    public void A_frozen_batch_normalization_uses_its_moving_averages_in_training()
    {
        var layer = layers.BatchNormalization();
        layer.Apply(x);
        layer.trainable = false;
        Assert.Equal(layer.Apply(x, training: false).ToArray<float>(), layer.Apply(x, training: true).ToArray<float>());
        Assert.All(layer.moving_mean!.value().ToArray<float>(), m => Assert.Equal(0, m));
    }

    [Fact]
    public void Training_reaches_the_layers_inside_a_call()
    {
        var model = keras.Sequential([keras.Input(3), keras.Sequential([keras.Input(3), layers.Dropout(1.0)])]);
        Assert.All(model.Apply(x, training: true).ToArray<float>(), v => Assert.Equal(0, v));
        Assert.Equal(x.ToArray<float>(), model.Apply(x).ToArray<float>());
    }

    [Fact]
    public void Dropout_keeps_the_mean_and_drops_the_stated_share()
    {
        tf.random.set_seed(4);
        var dropped = layers.Dropout(0.25).Apply(tf.ones(20000), training: true).ToArray<float>();
        Assert.Equal([0f, 1 / 0.75f], dropped.Distinct().Order());
        // Four standard deviations of a share of 20000 are 0.012.
        Assert.Equal(0.25, dropped.Count(v => v == 0) / 20000.0, 0.0125);
    }

    [Fact]
    public void The_batch_size_of_the_sample_is_not_remembered()
    {
        var inputs = keras.Input((2, 3));
        var model = keras.Model(inputs, tf.reshape(tf.nn.softmax(tf.transpose(inputs, [0, 2, 1])), (-1, 6)));
        foreach (var n in new[] { 1, 2, 5 }) Assert.Equal(new Shape(n, 6), model.Apply(tf.ones((n, 2, 3))).shape);
        Assert.Equal(new Shape(-1, 6), model.outputs[0].shape);
        Assert.Throws<ShapeException>(() => tf.reshape(inputs, (2, 6)));
    }

    [Fact]
    public void Every_op_of_one_or_two_tensors_takes_a_symbolic_value()
    {
        var symbolic = typeof(SymbolicMath).Assembly.GetTypes().Where(t => t.Name.StartsWith("Symbolic", StringComparison.Ordinal))
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static)).Select(m => m.Name).ToHashSet();
        var ops =
            new[] { typeof(MathOps), typeof(NeuralNetworkOps) }.SelectMany(
                t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(m => m.ReturnType == typeof(Tensor) && m.GetParameters() is { Length: >= 1 and <= 2 } p
                && p.All(q => q.ParameterType == typeof(Operand))).Select(m => m.Name).Distinct();
        // These belong to losses or tables of weights, not between layers; Then takes them.
        string[] apart = ["embedding_lookup", "sigmoid_cross_entropy_with_logits", "sparse_softmax_cross_entropy_with_logits",
            "segment_sum"];
        Assert.Empty(ops.Except(symbolic).Except(apart));
    }

    [Fact]
    public void A_sequential_model_grows_and_shrinks()
    {
        var model = keras.Sequential();
        model.add(keras.Input(3));
        model.add(layers.Dense(4));
        model.add(layers.Dense(2));
        Assert.Equal(new Shape(5, 2), model.Apply(tf.ones((5, 3))).shape);
        model.pop();
        Assert.Equal(new Shape(5, 4), model.Apply(tf.ones((5, 3))).shape);
        Assert.Throws<ModelException>(() => model.add(keras.Input(3)));
    }

    [Fact]
    public void A_summary_lists_layers_ops_and_variables_that_somebody_brought_in()
    {
        var inputs = keras.Input(3, name: "features");
        var model = keras.Model(inputs, layers.Dense(2, name: "head").Apply(tf.pow(inputs, tf.Variable(1.0, name: "power"))),
            name: "small");
        var texts = new List<string>();
        model.summary(texts.Add);
        var lines = Assert.Single(texts).Split('\n');
        Assert.Equal("Model: \"small\"", lines[0]);
        Assert.Contains(lines, l => l.StartsWith("│ features (InputLayer)", StringComparison.Ordinal) && l.Contains("(None, 3)"));
        Assert.Contains(lines, l => l.StartsWith("│ power (Power)", StringComparison.Ordinal));
        Assert.Contains(lines,
            l => l.StartsWith("│ head (Dense)", StringComparison.Ordinal) && l.EndsWith(" 8 │", StringComparison.Ordinal));
        Assert.Contains(lines,
            l => l.StartsWith("│ power (Variable)", StringComparison.Ordinal) && l.EndsWith(" 1 │", StringComparison.Ordinal));
        Assert.Contains(" Total params: 9 (36.00 B)", lines);
        Assert.Equal(texts[0], model.ToString() + "\n");
        Assert.Equal("<Dense name=head, built=True>", model.get_layer("head").ToString());
    }

    [Fact]
    public void The_same_seed_gives_the_same_fit()
    {
        float[] Run()
        {
            utils.set_random_seed(11);
            var model = keras.Sequential([keras.Input(3), layers.Dense(8, activation: "relu"), layers.Dropout(0.3), layers.Dense(1)]);
            model.compile("adam", "mse");
            model.fit(x, y, epochs: 3, batch_size: 5, verbose: 0);
            return model.predict(x).ToArray<float>();
        }
        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void Call_of_a_model_tells_its_layers_whether_it_trains()
    {
        var model = keras.Sequential([keras.Input(100), layers.Dropout(0.5)]);
        var x = tf.ones((1, 100));
        Assert.Contains(0f, model.call(x, training: true).ToArray<float>());
        Assert.Contains(0f, model.call([x], training: true)[0].ToArray<float>());
        Assert.All(model.call(x, training: false).ToArray<float>(), v => Assert.Equal(1, v));

        var two = keras.Model(model.inputs[0], [model.outputs[0], model.outputs[0]]);
        Assert.Contains("call([inputs], training)", Assert.Throws<ModelException>(() => two.call(x, training: true)).Message);
    }
}
