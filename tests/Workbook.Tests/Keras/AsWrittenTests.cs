using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Training;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras;

/// <summary>What a Keras user writes out of habit: it compiles here, and does what it does there.</summary>
public class AsWrittenTests
{
    static readonly Tensor X = tf.random.uniform((24, 3), seed: 1), Y = tf.reduce_sum(X, 1, keepdims: true);

    static Model Linear() => keras.Sequential([keras.Input(3), layers.Dense(1)]);

    static Model Two()
    {
        var x = keras.Input(3);
        return keras.Model(x, [layers.Dense(1, name: "a").Apply(x), layers.Dense(1, name: "b").Apply(x)]);
    }

    sealed class Largest : Metric
    {
        readonly Variable largest;

        public Largest() : base("largest") => largest = add_weight(name: "largest");

        public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null) =>
            largest.assign(tf.maximum(largest, tf.reduce_max(y_true)));

        public override Tensor result() => largest.value();
    }

    sealed class Tracked : Model
    {
        readonly Dense dense = layers.Dense(1);
        readonly Mean tracker = metrics.Mean(name: "loss");
        readonly Sum seen = metrics.Sum(name: "seen");

        public override Tensor call(Tensor inputs, bool training) => dense.Apply(inputs);

        public override Logs train_step(Batch x, Batch? y, Batch? sample_weight)
        {
            using var tape = tf.GradientTape();
            var loss = losses.mean_squared_error(y!, Apply(x, training: true));
            optimizer!.apply(tape.gradient(tf.reduce_mean(loss), trainable_variables), trainable_variables);
            tracker.update_state(loss);
            seen.update_state(tf.ones(x.Samples));
            return new() { ["loss"] = tracker.result(), ["seen"] = seen.result(), ["constant"] = 1 };
        }

        public override Logs test_step(Batch x, Batch? y, Batch? sample_weight)
        {
            seen.update_state(tf.ones(x.Samples));
            return this.metrics.ToDictionary(m => m.name, m => m.result());
        }
    }

    sealed class Distance : Merge
    {
        public override Tensor call(Tensor[] inputs, bool training) => tf.norm(inputs[0] - inputs[1], axis: 1, keepdims: true);
    }

    [Fact]
    public void Metrics_in_fields_are_found_and_reset_before_each_epoch_and_evaluation()
    {
        var model = new Tracked();
        model.compile("sgd");
        var history = model.fit(X, Y, epochs: 3, batch_size: 8, verbose: 0);
        Assert.Equal([24, 24, 24], history.history["seen"]);
        Assert.Equal([1, 1, 1], history.history["constant"]);
        Assert.True(history.history["loss"][2] < history.history["loss"][0]);
        Assert.Equal(24, model.evaluate(X, Y, batch_size: 8)["seen"]);
        Assert.Equal(["loss", "seen"], model.metrics.Select(m => m.name));
        Assert.Equal(2, model.variables.Count);
    }

    [Fact]
    public void A_metric_of_ones_own_keeps_variables_that_nobody_trains_and_raises_no_alarm()
    {
        var metric = new Largest();
        Assert.False(Assert.Single(metric.variables).trainable);
        var model = Linear();
        model.compile("sgd", "mse", metrics: [metric]);
        var said = ErrorStream.Anew(() => Assert.Equal((double)tf.reduce_max(Y),
            model.fit(X, Y, epochs: 2, verbose: 0).history["largest"][^1], 1e-6));
        Assert.Empty(said);
        metric.reset_state();
        Assert.Equal(0, (double)metric.result());
        Assert.Equal(2, model.weights.Count);
    }

    [Fact]
    public void A_model_names_its_metrics_and_forgets_what_they_gathered()
    {
        var model = Linear();
        Assert.Empty(model.metrics);
        model.compile("sgd", "mse", metrics: ["mae", "auc"]);
        model.evaluate(X, tf.cast(Y > 1.5, tf.float32));
        Assert.Equal(["loss", "mae", "auc"], model.metrics_names);
        Assert.Equal(["loss", "mae", "auc"], model.metrics.Select(m => m.name));
        Assert.All(model.metrics.Take(2), m => Assert.True((double)m.result() > 0));
        model.reset_metrics();
        Assert.All(model.metrics, m => Assert.Equal(0, (double)m.result()));
    }

    [Fact]
    public void A_mean_takes_values_and_says_so()
    {
        var model = Linear();
        model.compile("sgd", "mse", metrics: [metrics.Mean()]);
        Assert.Contains("mean.update_state(loss)", Assert.Throws<ModelException>(() => model.fit(X, Y, verbose: 0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_optimizer_applies_gradients_to_variables_given_now_or_when_it_was_built()
    {
        var (v, w) = (tf.Variable(1.0), tf.Variable(1.0));
        var optimizer = optimizers.SGD(0.5);
        optimizer.apply([tf.constant(1.0)], [v]);
        Assert.Equal(0.5, (double)v);
        Assert.Contains("build", Assert.Throws<ModelException>(() => optimizer.apply([tf.constant(1.0)])).Message,
            StringComparison.Ordinal);
        optimizer.build([v, w]);
        optimizer.apply([tf.constant(1.0), tf.constant(2.0)]);
        Assert.Equal((0, 0), ((double)v, (double)w));
        Assert.Throws<ArgumentException>(() => optimizer.apply([tf.constant(1.0)]));
        Assert.Equal(2, optimizers.Adam().Built(v).Count);
    }

    [Fact]
    public void Layers_and_models_have_weights_inputs_and_outputs()
    {
        var x = keras.Input(3, name: "x");
        var dense = layers.Dense(2);
        var normal = layers.BatchNormalization();
        var model = keras.Model(x, normal.Apply(dense.Apply(x)));
        Assert.Equal((6, 4, 2), (model.weights.Count, model.trainable_weights.Count, model.non_trainable_weights.Count));
        Assert.Equal(2, dense.weights.Count);
        Assert.Same(x, dense.input);
        Assert.Same(dense.output, normal.input);
        Assert.Same(x, model.input);
        Assert.Same(model.outputs[0], model.output);
        Assert.Contains("put into", Assert.Throws<ModelException>(() => layers.Dense(1).input).Message, StringComparison.Ordinal);
        Assert.Contains("model.outputs", Assert.Throws<ModelException>(() => Two().output).Message, StringComparison.Ordinal);
        var features = keras.Model(model.input, dense.output);
        Assert.Equal(new Shape(-1, 2), features.output.shape);
    }

    [Fact]
    public void Loss_weights_and_losses_come_by_name_in_any_dictionary()
    {
        var n = 0;
        foreach (var compile in new Action<Model>[]
        {
            m => m.compile("sgd", ["mse", "mse"], loss_weights: [2.0, 0.0]),
            m => m.compile("sgd", loss: new() { ["a"] = "mse", ["b"] = "mse" }, loss_weights: new() { ["a"] = 2.0, ["b"] = 0.0 }),
            m => m.compile("sgd", new Dictionary<string, Loss> { ["a"] = "mse", ["b"] = "mse" }, new Dictionary<string,
            double> { ["a"] = 2.0, ["b"] = 0.0 }),
            m => m.compile("sgd", new Dictionary<string, string> { ["a"] = "mse", ["b"] = "mse" }, new Dictionary<string,
            Variable> { ["a"] = tf.Variable(2.0), ["b"] = tf.Variable(0.0) }),
        })
        {
            var model = Two();
            n++;
            compile(model);
            var logs = model.test_on_batch(X, new() { ["a"] = Y, ["b"] = Y });
            Assert.True(Math.Abs(2 * logs["a_loss"] - logs["loss"]) < 1e-5, $"{n}: {string.Join(", ", logs)}");
        }
    }

    [Fact]
    public void A_vector_of_weights_counts_for_all_outputs()
    {
        var model = Two();
        var shares = Workbook.Helpers.Simplex.Uniform(2);
        model.compile(optimizers.SGD(0.1), ["mse", "mse"], loss_weights: shares);
        model.fit(X, [Y, 3 * Y], epochs: 3, verbose: 0);
        Assert.NotEqual(0.5f, shares.Value.ToArray<float>()[0]);
        Assert.Contains("one entry for each of the 2 outputs", Assert.Throws<ArgumentException>(() =>
        {
            model.compile("sgd", ["mse", "mse"], loss_weights: Workbook.Helpers.Simplex.Uniform(3));
            model.fit(X, [Y, Y], verbose: 0);
        }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_loss_and_no_weights_are_what_null_says()
    {
        var model = Linear();
        model.compile("sgd", null);
        model.compile("sgd", loss: null);
        model.compile("sgd", "mse");
        Tensor? w = null;
        Assert.Equal(model.evaluate(X, Y)["loss"], model.evaluate(X, Y, sample_weight: w)["loss"]);
        model.fit(X, Y, sample_weight: w, verbose: 0);
    }

    [Fact]
    public void An_output_without_a_loss_wants_no_target()
    {
        foreach (var targets in new Batch[] { Y, new() { ["a"] = Y }, (Tensor[])[Y, Y] })
        {
            var model = Two();
            model.compile("sgd", new Dictionary<string, Loss> { ["a"] = "mse" }, metrics: new() { ["a"] = ["mae"] });
            Assert.Equal(["a_loss", "a_mae", "loss"], model.fit(X, targets, verbose: 0).history.Keys.Order());
        }
        var both = Two();
        both.compile("sgd", new Dictionary<string, Loss> { ["a"] = "mse" }, metrics: new() { ["b"] = ["mae"] });
        Assert.Contains("2 outputs", Assert.Throws<ArgumentException>(() => both.fit(X, Y, verbose: 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_join_by_functions_in_small_letters()
    {
        var (x, y) = (keras.Input(3), keras.Input(3));
        Assert.Equal(new Shape(-1, 3), layers.add([x, y]).shape);
        Assert.Equal(new Shape(-1, 6), layers.concatenate([x, y]).shape);
        Assert.Equal(new Shape(-1, 3), layers.average([x, layers.multiply([x, y]), layers.maximum([x, y]), layers.minimum([x, y])]).shape);
        Assert.Equal([3f, 3f], layers.add([tf.ones((1, 2)), 2 * tf.ones((1, 2))]).ToArray<float>());
        Assert.Equal([1f, 1f], layers.subtract([2 * tf.ones((1, 2)), tf.ones((1, 2))]).ToArray<float>());
    }

    [Fact]
    public void A_lambda_of_several_inputs_needs_no_types()
    {
        var (x, y) = (keras.Input(3), keras.Input(3));
        var model = keras.Model([x, y], layers.Lambda(v => v[0] - v[1]).Apply([x, y]));
        Assert.Equal([1f, 1f, 1f], model.Apply([2 * tf.ones((1, 3)), tf.ones((1, 3))]).ToArray<float>());
        Assert.Contains("expected an input 1", Assert.Throws<ModelException>(() => layers.Lambda(v => v[0] - v[1]).Apply(x)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_of_several_inputs_and_one_output_gives_one()
    {
        var (x, y) = (keras.Input(3), keras.Input(3));
        Assert.Equal(new Shape(-1, 1), new Distance().Apply([x, y]).shape);
        Assert.Contains("at least two", Assert.Throws<ModelException>(() => new Distance().Apply(x)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_is_a_tensor_where_it_is_one()
    {
        Batch one = X, two = (Tensor[])[X, Y];
        Assert.Equal(24, Linear().Apply(one).shape[0]);
        Assert.Equal(0, (double)tf.reduce_sum(one - X));
        Assert.Contains("x[0]", Assert.Throws<ArgumentException>(() => Linear().Apply(two)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_of_any_rank_are_tuples_or_lists()
    {
        Assert.Equal(new Shape(1, 2, 3, 4, 5), tf.zeros((1, 2, 3, 4, 5)).shape);
        Assert.Equal(new Shape(1, 2, 1, 2, 1, 2, 1, 2), tf.zeros((1, 2, 1, 2, 1, 2, 1, 2)).shape);
        Assert.Equal(9, tf.zeros([1, 1, 1, 1, 1, 1, 1, 1, 1]).ndim);
    }

    [Fact]
    public void Slices_and_lengths_are_written_as_in_TensorFlow()
    {
        var t = tf.constant(new[,] { { 3.0, 4 }, { 0, 2 } });
        Assert.Equal(4, tf.slice(t, [0, 0], t.shape).size);
        Assert.Equal([4.0, 2], tf.slice(t, (0, 1), (-1, 1)).ToArray<double>());
        Assert.Equal([0.6f, 0.8f, 0, 1], tf.cast(tf.math.l2_normalize(t, 1), tf.float32).ToArray<float>());
    }

    [Fact]
    public void Sequences_carry_sample_weights_and_serve_as_validation_data()
    {
        static IEnumerable<(Batch, Batch)> Plain() => Enumerable.Range(0, 3).Select(i =>
            ((Batch)X[(8 * i)..(8 * i + 8)], (Batch)Y[(8 * i)..(8 * i + 8)]));
        var weight = tf.cast(tf.range(24), tf.float32);
        IEnumerable<(Batch x, Batch y, Batch? w)> Weighted() =>
            Enumerable.Range(0, 3).Select(i => ((Batch)X[(8 * i)..(8 * i + 8)], (Batch)Y[(8 * i)..(8 * i + 8)],
            (Batch?)weight[(8 * i)..(8 * i + 8)]));
        Dictionary<string, List<double>> Fitted(Func<Model, History> fit)
        {
            var model = keras.Sequential([keras.Input(3), layers.Dense(1, kernel_initializer: "ones")]);
            model.compile("sgd", "mse", weighted_metrics: ["mae"]);
            return new(fit(model).history.Select(h => KeyValuePair.Create(h.Key, h.Value.ToList())));
        }
        var expected = Fitted(m => m.fit(X, Y, sample_weight: weight, batch_size: 8, epochs: 2, shuffle: false, verbose: 0,
            validation_data: (X, Y), validation_sample_weight: weight, validation_batch_size: 8));
        Assert.Equal(["loss", "mae", "val_loss", "val_mae"], expected.Keys.Order());
        foreach (var other in new[]
        {
            Fitted(m => m.fit(X, Y, sample_weight: weight, batch_size: 8, epochs: 2, shuffle: false, verbose: 0,
                validation_data: (X, Y, weight))),
            Fitted(m => m.fit(Weighted(), validation_data: Weighted(), epochs: 2, verbose: 0)),
        })
            foreach (var (name, values) in expected) Assert.All(values.Zip(other[name]), p => Assert.Equal(p.First, p.Second, 1e-9));
        var plain = Fitted(m => m.fit(X, Y, batch_size: 8, epochs: 2, shuffle: false, verbose: 0, validation_data: (X, Y),
            validation_batch_size: 8));
        foreach (var other in new[]
        {
            Fitted(m => m.fit(X, Y, batch_size: 8, epochs: 2, shuffle: false, verbose: 0, validation_data: Plain())),
            Fitted(m => m.fit(Plain(), validation_data: Plain(), epochs: 2, verbose: 0)),
        })
            foreach (var (name, values) in plain) Assert.All(values.Zip(other[name]), p => Assert.Equal(p.First, p.Second, 1e-9));
        var last = Linear();
        last.compile("sgd", "mse");
        Assert.Equal(last.evaluate(X, Y)["loss"], last.evaluate(Plain())["loss"], 1e-6);
        Assert.Equal(last.evaluate(X, Y, sample_weight: weight)["loss"], last.evaluate(Weighted())["loss"], 1e-5);
        Assert.Throws<ArgumentException>(() => last.evaluate(Plain().Take(0)));
    }

    [Fact]
    public void A_limit_that_is_infinite_is_refused_with_what_to_do() =>
        Assert.Contains("finite. Received: Infinity. For no limit leave it out.",
            Assert.Throws<ArgumentOutOfRangeException>(() => optimizers.SGD(clipnorm: double.PositiveInfinity)).Message.Replace("\u221e",
            "Infinity", StringComparison.Ordinal), StringComparison.Ordinal);
}

static class Building
{
    /// <summary>The state of an optimizer that was built for one variable.</summary>
    public static IReadOnlyList<Variable> Built(this Optimizer optimizer, Variable variable)
    {
        optimizer.build([variable]);
        return optimizer.variables;
    }
}
