using System.Text.Json;
using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tensors.Autodiff;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>A start that is learned. Truth: for one step of a linear model it solves a linear system (meta-learning.json, by
/// make_meta_learning.py).</summary>
public sealed class MamlTests : IDisposable
{
    static readonly JsonElement truth = JsonDocument.Parse(
        File.ReadAllText(Repository.File("tests/Workbook.Tests/Helpers/Techniques/meta-learning.json"))).RootElement;

    public MamlTests() => config.set_floatx(tf.float64);

    public void Dispose() => config.set_floatx(tf.float32);

    [Fact]
    public void The_start_is_that_of_the_closed_form()
    {
        var maml = new Maml(Linear(), rate: 0.5);
        var loss = Learn(maml);
        Same("fixed", maml, loss, 1e-6);
    }

    [Fact]
    public void First_order_comes_to_rest_elsewhere()
    {
        var golden = truth.GetProperty("first_order");
        var rate = golden.GetProperty("rate").GetDouble();
        Maml maml = new(Linear(), rate, firstOrder: true), exact = new(Linear(), rate);
        var start = tf.constant(golden.GetProperty("start").Deserialize<double[]>()!).Rows(1);
        foreach (var m in new[] { maml, exact }) m.Weights[0].assign(start);
        var found = maml.Evaluate(Tasks());
        Assert.Equal(golden.GetProperty("loss").GetDouble(), 2 * found.Loss, 1e-10);
        Assert.True((double)tf.norm(found.Gradients[0]) < 1e-10);
        Assert.True((double)tf.norm(exact.Evaluate(Tasks()).Gradients[0]) > 0.05);
        Assert.True(2 * found.Loss > 1.5 * truth.GetProperty("shared").GetProperty("loss").GetDouble());
    }

    [Fact]
    public void A_rate_is_learned_with_the_start()
    {
        var maml = new Maml(Linear(), rate: 0.5, learnRate: true);
        var loss = Learn(maml);
        Same("shared", maml, loss, 1e-5);
        Assert.Equal(truth.GetProperty("shared").GetProperty("rate").GetDouble(), (double)maml.Rates[0], 1e-4);
    }

    [Fact]
    public void With_a_rate_for_each_weight_the_useless_one_hardly_moves()
    {
        var maml = new Maml(Linear(), rate: 0.5, learnRate: true, perWeight: true);
        var loss = Learn(maml);
        Same("each", maml, loss, 1e-4);
        var rates = truth.GetProperty("each").GetProperty("rates").Deserialize<double[]>()!;
        var found = maml.Rates[0].read_value().ToArray<double>();
        for (var i = 0; i < 3; i++) Assert.Equal(rates[i], found[i], 1e-3);
        Assert.True(Math.Abs(found[2]) < 0.3 * found[0]);
    }

    [Fact]
    public void Gradients_through_several_steps_of_a_network_are_those_of_differences()
    {
        var model = Sequential([Input(1), layers.Dense(4, activation: "tanh"), layers.Dense(1)]);
        model.compile(optimizers.SGD(0.1), "mse");
        var x = tf.random.normal((6, 1), seed: 1, dtype: tf.float64);
        var tasks = new[] { 0.5, 1.0, -1 }.Select(a => new MetaTask(x[..3], a * tf.sin(x[..3]), x[3..], a * tf.sin(x[3..]))).ToArray();
        foreach (var perWeight in new[] { false, true })
        {
            var maml = new Maml(model, rate: 0.2, steps: 3, learnRate: true, perWeight: perWeight);
            Variable[] all = [.. maml.Weights, .. maml.Rates];
            var gradients = maml.Evaluate(tasks).Gradients;
            Assert.Equal(all.Select(v => v.shape), gradients.Select(g => g.shape));
            foreach (var (v, g) in all.Zip(gradients))
            {
                var values = tf.stop_gradient(v.read_value());
                var bump = tf.reshape(tf.one_hot(0, values.size, dtype: tf.float64), values.shape) * 1e-5;
                v.assign(values + bump);
                var up = maml.Evaluate(tasks).Loss;
                v.assign(values - bump);
                var down = maml.Evaluate(tasks).Loss;
                v.assign(values);
                Assert.Equal((up - down) / 2e-5, tf.reshape(g, -1).ToArray<double>()[0], 1e-7);
            }
        }
    }

    [Fact]
    public void A_model_that_was_adapted_comes_back_to_its_start()
    {
        var maml = new Maml(Linear(), rate: 0.5);
        var task = Tasks()[0];
        maml.Weights[0].assign(tf.ones((3, 1), tf.float64));
        using (maml.Adapt(task.X, task.Y))
        {
            // w − α·X'(Xw − y)/5.
            var error = tf.reduce_sum(task.X[0], 1, keepdims: true) - task.Y[0];
            var expected = 1 - 0.5 * tf.matmul(task.X[0], error, transpose_a: true) / 5;
            Assert.True((double)tf.reduce_max(tf.abs(maml.Weights[0] - expected)) < 1e-12);
        }
        Assert.Equal([1.0, 1, 1], maml.Weights[0].read_value().ToArray<double>());
    }

    [Fact]
    public void No_steps_no_tasks_and_rates_that_diverge_are_refused()
    {
        Assert.Contains("at least one step", Assert.Throws<ArgumentOutOfRangeException>(() => new Maml(Linear(), 0.1, steps: 0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Maml(Linear(), double.NaN));
        Assert.Contains("uphill", Assert.Throws<ArgumentOutOfRangeException>(() => new Maml(Linear(), -0.1, learnRate: true)).Message);
        Assert.Contains("Received: 0", Assert.Throws<ArgumentOutOfRangeException>(() => new Maml(Linear(), 0)).Message);
        Assert.Equal(0, (double)new Maml(Linear(), 0, learnRate: true).Rates[0]);
        Assert.Throws<ArgumentException>(() => new Maml(Linear(), 0.1).Evaluate([]));
        Assert.Contains("smaller rate", Assert.Throws<JudgeException>(() => new Maml(Linear(), 1e200).Evaluate(Tasks())).Message);
        var maml = new Maml(Linear(), 1e200);
        Assert.Throws<JudgeException>(() => maml.Evaluate(Tasks()));
        Assert.All(maml.Weights[0].read_value().ToArray<double>(), w => Assert.Equal(0, w));
    }

    [Fact]
    public void Tasks_without_rows_and_steps_that_diverge_are_refused_and_the_start_stays()
    {
        var (maml, task) = (new Maml(Linear(), 1e200), Tasks()[0]);
        Assert.Contains("at least one step on a task. Received: 0",
            Assert.Throws<ArgumentOutOfRangeException>(() => maml.Adapt(task.X, task.Y, steps: 0)).Message);
        Assert.Contains("finite weights", Assert.Throws<JudgeException>(() => maml.Adapt(task.X, task.Y, steps: 3)).Message);
        Assert.All(maml.Weights[0].read_value().ToArray<double>(), w => Assert.Equal(0, w));
        var calm = new Maml(Linear(), 0.1);
        foreach (var bad in new[] { task with { X = task.X[0][..0], Y = task.Y[0][..0] }, task with { Y = task.Y[0][..2] },
            task with { QueryX = task.QueryX[0][..0], QueryY = task.QueryY[0][..0] } })
            Assert.Contains("as many targets as rows", Assert.Throws<ArgumentException>(() => calm.Evaluate([bad])).Message);
        Assert.Throws<ArgumentException>(() => new Maml(Linear(), 0.1).Adapt(task.X[0][..0], task.Y[0][..0]));
    }

    /// <summary>Truth: one tape through the steps, where each weight is read as what the step makes of it.</summary>
    [Fact]
    public void Several_inputs_and_outputs_with_their_losses_are_those_of_a_tape_through_the_steps()
    {
        KerasTensor a = Input(2, name: "a"), b = Input(3, name: "b");
        var hidden = layers.BatchNormalization().Apply(layers.Dense(4, "tanh").Apply(layers.Concatenate().Apply([a, b])));
        var model = Model([a, b], [layers.Dense(1, name: "size").Apply(hidden), layers.Dense(3, "softmax", name: "kind").Apply(hidden)]);
        model.compile(optimizers.SGD(0.1), loss: new() { ["size"] = "mse", ["kind"] = "sparse_categorical_crossentropy" },
            loss_weights: new() { ["size"] = 2, ["kind"] = 0.5 });
        MetaTask Task(int seed)
        {
            Tensor Normal(int columns) => tf.random.normal((5, columns), seed: seed + columns, dtype: tf.float64);
            var kind = tf.constant(new[] { 0, 1, 2, 0, seed % 3 });
            return new([Normal(2), Normal(3)], [Normal(1), kind], new() { ["b"] = 2.0 * Normal(3), ["a"] = Normal(2) },
                new() { ["kind"] = 2 - kind, ["size"] = tf.sin(Normal(1)) });
        }
        MetaTask[] tasks = [Task(1), Task(2)];
        foreach (var perWeight in new[] { false, true })
        {
            var maml = new Maml(model, rate: 0.3, steps: 2, learnRate: true, perWeight: perWeight);
            foreach (var (r, i) in maml.Rates.Select((r, i) => (r, i))) r.assign(r * (1 + 0.1 * i));
            Assert.Contains(maml.Weights, w => w.name.EndsWith("gamma", StringComparison.Ordinal));
            Variable[] all = [.. maml.Weights, .. maml.Rates];
            var (loss, gradients) = ThroughTheSteps(model, maml, tasks, all, perWeight);
            var found = maml.Evaluate(tasks);
            Assert.Equal(loss, found.Loss, 1e-12);
            Assert.Equal(all.Select(v => v.shape), found.Gradients.Select(g => g.shape));
            foreach (var (expected, g) in gradients.Zip(found.Gradients))
                Assert.True((double)tf.reduce_max(tf.abs(expected - g)) < 1e-12 * (1 + (double)tf.reduce_max(tf.abs(expected))));
        }
        var before = model.get_weights().Select(w => w.ToArray<double>()).ToArray();
        using (new Maml(model, 0.3).Adapt(tasks[0].X, tasks[0].Y))
            Assert.NotEqual(before[0], model.get_weights()[0].ToArray<double>());
        Assert.Equal(before, model.get_weights().Select(w => w.ToArray<double>()));
    }

    static (double Loss, Tensor[] Gradients) ThroughTheSteps(Model model, Maml maml, MetaTask[] tasks, Variable[] all, bool perWeight)
    {
        var named = tasks.Select(t => t.QueryX).ToHashSet();
        Tensor Loss(Batch x, Batch y) =>
            model.compute_loss(x, y, model.ApplyMany(named.Contains(x) ? [x["a"], x["b"]] : [.. x]), null);
        using var outer = tf.GradientTape();
        var total = tf.constant(0.0, tf.float64);
        foreach (var task in tasks)
        {
            var now = maml.Weights.Select(w => w.value()).ToArray();
            for (var t = 0; t < 2; t++)
            {
                using var inner = tf.GradientTape();
                inner.watch(now);
                var slopes = inner.gradient(Read(now, () => Loss(task.X, task.Y)), now);
                now = [.. now.Select((w, i) => w - maml.Rates[perWeight ? i : 0].value() * slopes[i]!)];
            }
            total += Read(now, () => Loss(task.QueryX, task.QueryY)) / (double)tasks.Length;
        }
        return ((double)total, [.. outer.gradient(total, all).Select(g => g!)]);

        Tensor Read(Tensor[] values, Func<Tensor> loss, int from = 0)
        {
            if (from == values.Length) return loss();
            using (maml.Weights[from].ReadAs(values[from])) return Read(values, loss, from + 1);
        }
    }

    [Fact]
    public void Inputs_that_do_not_belong_together_are_refused()
    {
        KerasTensor a = Input(2, name: "a"), b = Input(3, name: "b");
        var model = Model([a, b], [layers.Dense(1).Apply(layers.Concatenate().Apply([a, b]))]);
        model.compile("sgd", "mse");
        var (x, z, y) = (tf.ones((4, 2), tf.float64), tf.ones((4, 3), tf.float64), tf.ones((4, 1), tf.float64));
        var maml = new Maml(model, 0.1);
        Assert.Contains("2 inputs (a, b)", Assert.Throws<ArgumentException>(() => maml.Evaluate([new(x, y, x, y)])).Message);
        Assert.Contains("as many targets as rows", Assert.Throws<ArgumentException>(
            () => maml.Evaluate([new([x, z], y, [x, z], y[..3])])).Message);
        Assert.Contains("Received: inputs of shape none",
            Assert.Throws<ArgumentException>(() => maml.Evaluate([new(new(), y, x, y)])).Message);
        Assert.Contains("Received: a, c", Assert.Throws<ArgumentException>(() => maml.Adapt(new() { ["a"] = x, ["c"] = z }, y)).Message);
    }

    [Fact]
    public void A_loss_that_changes_by_itself_is_refused_for_the_way_back_would_not_be_the_way_that_was_gone()
    {
        var (x, y) = (tf.random.normal((4, 3, 2), seed: 1, dtype: tf.float64), tf.random.normal((4, 1), seed: 2, dtype: tf.float64));
        string Refused(Func<KerasTensor, KerasTensor> middle)
        {
            var input = Input((3, 2));
            var model = Model([input], [layers.Dense(1).Apply(middle(input))]);
            model.compile("sgd", "mse");
            return Assert.Throws<JudgeException>(() => new Maml(model, 0.1).Evaluate([new(x, y, x, y)])).Message;
        }
        Assert.Contains("the same each time", Refused(i => layers.Dropout(0.5).Apply(layers.Flatten().Apply(i), training: true)));
        Assert.Contains("stateful", Refused(i => layers.SimpleRNN(3, stateful: true).Apply(i)));
    }

    [Fact]
    public void Moving_averages_stay_where_they_are_also_where_a_layer_uses_those_of_the_batch()
    {
        var x = tf.random.normal((6, 2), seed: 1, dtype: tf.float64) + 1.0;
        var y = tf.random.normal((6, 1), seed: 2, dtype: tf.float64);
        foreach (var training in new[] { false, true })
        {
            var (input, norm) = (Input(2), layers.BatchNormalization());
            var normed = training ? norm.Apply(input, training: true) : norm.Apply(input);
            var model = Model([input], [layers.Dense(1).Apply(normed)]);
            model.compile("sgd", "mse");
            var maml = new Maml(model, 0.05, steps: 2);
            MetaTask[] tasks = [new(x[..3], y[..3], x[3..], y[3..])];
            maml.Step(tasks, optimizers.SGD(0.01));
            using (maml.Adapt(x, y))
            {
                Assert.Equal([0.0, 0], norm.moving_mean!.read_value().ToArray<double>());
                Assert.Equal([1.0, 1], norm.moving_variance!.read_value().ToArray<double>());
            }
            Assert.Contains(norm.gamma, maml.Weights);
            Differences(maml, tasks);
        }
    }

    [Fact]
    public void Weights_that_a_model_gets_later_and_gradients_that_are_none_are_named()
    {
        var (x, y) = (tf.ones((2, 2), tf.float64), tf.ones((2, 1), tf.float64));
        var late = new Late();
        late.compile("sgd", "mse");
        var maml = new Maml(late, 0.1);
        Assert.Contains("'dense/kernel'", Assert.Throws<ArgumentException>(() =>
        {
            maml.Evaluate([new(x, y, x, y)]);
            maml.Evaluate([new(x, y, x, y)]);
        }).Message);
        var root = Sequential([Input(2), layers.Dense(1, use_bias: false, kernel_initializer: "zeros")]);
        root.compile("sgd", losses.Lambda((t, p) => tf.reduce_mean(tf.sqrt(tf.abs(p)), -1)));
        var still = new Maml(root, 0, learnRate: true);
        Assert.Contains("finite", Assert.Throws<JudgeException>(() => still.Evaluate([new(x, y, x, y)])).Message);
    }

    /// <summary>A model that has one number before its first call, and a layer after it.</summary>
    sealed class Late : Model
    {
        readonly Variable factor = tf.Variable(tf.ones(1, tf.float64), name: "factor");
        readonly Dense dense = layers.Dense(1, name: "dense");

        public override Tensor call(Tensor inputs, bool training) => dense.Apply(inputs) * factor;
    }

    /// <summary>Each gradient, in its first element, is that of a difference.</summary>
    static void Differences(Maml maml, IReadOnlyList<MetaTask> tasks)
    {
        var gradients = maml.Evaluate(tasks).Gradients;
        foreach (var (v, g) in maml.Weights.Zip(gradients))
        {
            var values = tf.stop_gradient(v.read_value());
            var bump = tf.reshape(tf.one_hot(0, values.size, dtype: tf.float64), values.shape) * 1e-5;
            v.assign(values + bump);
            var up = maml.Evaluate(tasks).Loss;
            v.assign(values - bump);
            var down = maml.Evaluate(tasks).Loss;
            v.assign(values);
            Assert.Equal((up - down) / 2e-5, tf.reshape(g, -1).ToArray<double>()[0], 1e-6);
        }
    }

    static void Same(string which, Maml maml, double loss, double tolerance)
    {
        var golden = truth.GetProperty(which);
        Assert.Equal(golden.GetProperty("loss").GetDouble(), 2 * loss, tolerance);
        var start = golden.GetProperty("start").Deserialize<double[]>()!;
        foreach (var (expected, found) in start.Zip(maml.Weights[0].read_value().ToArray<double>()))
            Assert.Equal(expected, found, 10 * tolerance);
    }

    /// <summary>Descends until the gradient is small; the mean loss of the tasks after their step.</summary>
    static double Learn(Maml maml)
    {
        var (tasks, optimizer) = (Tasks(), optimizers.SGD(0.4, momentum: 0.8));
        for (var i = 0; i < 300; i++) maml.Step(tasks, optimizer);
        return maml.Evaluate(tasks).Loss;
    }

    /// <summary>Half the mean squared error of a linear model that starts at 0.</summary>
    static Sequential Linear()
    {
        var model = Sequential([Input(3), layers.Dense(1, use_bias: false, kernel_initializer: "zeros")]);
        model.compile(optimizers.SGD(0.1), losses.Lambda((y, p) => tf.reduce_mean(tf.square(y - p), -1) / 2));
        return model;
    }

    static IReadOnlyList<MetaTask> Tasks()
    {
        var drawn = Sinusoids.Draw(truth.GetProperty("tasks").GetInt32(), truth.GetProperty("shots").GetInt32(),
            truth.GetProperty("seed").GetInt32());
        Assert.Equal(truth.GetProperty("sum").GetDouble(), (double)(tf.reduce_sum(drawn.Y) + tf.reduce_sum(drawn.QueryY)), 1e-8);
        return drawn.Tasks;
    }
}
