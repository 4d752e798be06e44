using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Training;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Variables;

/// <summary>
/// The ways in which one may bring a variable into a model, each with what it does in TensorFlow in its name's place of the article's table.
/// Here each trains, or is reported with a message that names the variable. None is silent.
/// </summary>
/// <remarks>
/// Rows that C# itself refuses to compile: <c>r.l2 = v</c> (no such property), <c>model.v = v</c> on a functional model (no such field; it is
/// adopted anyway), <c>class_weight: {0: v}</c> (numbers only). <c>l2((double)v)</c> says by its cast that it takes today's number.
/// </remarks>
[Collection("error stream")]
public class AttemptTests
{
    static readonly Dictionary<string, Func<Variable, Model>> trained = new()
    {
        ["l2(v)"] = v => Regularised(regularizers.l2(v)),
        ["l1(v)"] = v => Regularised(regularizers.l1(v)),
        ["l1_l2(v, v)"] = v => Regularised(regularizers.l1_l2(v, v)),
        ["OrthogonalRegularizer(v)"] = v => Regularised(regularizers.OrthogonalRegularizer(v)),
        ["l2(() => tf.exp(v))"] = v => Regularised(regularizers.l2(() => tf.exp(v))),
        ["a function as regularizer, v owned by nobody"] = v => Regularised(regularizers.Lambda(w => v * tf.reduce_sum(tf.square(w)))),
        ["a class of one's own as regularizer, v in a field"] = v => Regularised(new OwnPenalty(v)),
        ["a class derived from Dense, v in a field, in a function as regularizer"] = v => Functional(x => new DenseWithStrength(v).Apply(x)),
        ["add_loss(v * mean(x²)) in a layer, v in a field"] = v => Functional(x => layers.Dense(1).Apply(new AddsLoss(v).Apply(x))),
        ["activity_regularizer: l2(v)"] = v => Functional(x => layers.Dense(1, activity_regularizer: regularizers.l2(v)).Apply(x)),
        ["tf.math.pow(x, v)"] = v => Functional(x => layers.Dense(1).Apply(tf.math.pow(x, v))),
        ["tf.pow(v, x)"] = v => Functional(x => layers.Dense(1).Apply(tf.pow(v, x))),
        ["x * v"] = v => Functional(x => layers.Dense(1).Apply(x * v)),
        ["v * x"] = v => Functional(x => layers.Dense(1).Apply(v * x)),
        ["v - x"] = v => Functional(x => layers.Dense(1).Apply(v - x)),
        ["x / v"] = v => Functional(x => layers.Dense(1).Apply(x / v)),
        ["x.Then(t => t * v)"] = v => Functional(x => layers.Dense(1).Apply(x.Then(t => t * v))),
        ["Lambda(t => t * v)"] = v => Functional(x => layers.Dense(1).Apply(layers.Lambda(t => t * v).Apply(x))),
        ["Lambda(t => t * v) in a Sequential"] = v => keras.Sequential([layers.Lambda(t => t * v), layers.Dense(1)]),
        ["a layer with v in a field"] = v => Functional(x => layers.Dense(1).Apply(new Scales(v).Apply(x))),
        ["a layer with v in a list"] = v => Functional(x => layers.Dense(1).Apply(new ScalesByList(v).Apply(x))),
        ["a layer with v in nested dictionaries"] = v => Functional(x => layers.Dense(1).Apply(new ScalesByDictionary(v).Apply(x))),
        ["a layer with v in a tuple"] = v => Functional(x => layers.Dense(1).Apply(new ScalesByTuple(v).Apply(x))),
        ["a layer with v in a module"] = v => Functional(x => layers.Dense(1).Apply(new ScalesByModule(v).Apply(x))),
        ["a layer that finds v when it is first called"] = v => Functional(x => layers.Dense(1).Apply(new ScalesLater(v).Apply(x))),
        ["a model with v in a field"] = v => new OwnModel { V = v },
        ["a model with v in a list"] = v => new OwnModel { List = [v] },
        ["a model with v in a dictionary"] = v => new OwnModel { Named = new() { ["v"] = v } },
        ["loss_weights: [v, 1.0]"] = v => TwoOutputs(v, [v, 1.0]),
        ["loss_weights: {a: v, b: 1.0}"] = v => TwoOutputs(v, new Dictionary<string, Hyperparameter> { ["a"] = v, ["b"] = 1.0 }),
        ["loss_weights: v, one output"] = v => Compiled(Linear(), "mse", v),
        ["loss_weights: [v], one output"] = v => Compiled(Linear(), "mse", [v]),
        ["a loss function that reads v, a field of the model"] = v => Compiled(new OwnModel { V = v }, losses.Lambda((y, p) => v * tf.square(y - p))),
        ["a class of one's own as loss, v in a field"] = v => Compiled(Linear(), new OwnLoss(v)),
        ["Huber(delta: v)"] = v => Compiled(Linear(), losses.Huber(delta: v)),
        ["BinaryCrossentropy(label_smoothing: v)"] = v => Compiled(Sigmoid(), losses.BinaryCrossentropy(label_smoothing: v)),
        ["BinaryFocalCrossentropy(gamma: v)"] = v => Compiled(Sigmoid(), losses.BinaryFocalCrossentropy(gamma: v)),
        ["Dropout(v)"] = v => Functional(x => layers.Dense(1).Apply(layers.Dropout(v).Apply(x))),
        ["GaussianNoise(v)"] = v => Functional(x => layers.Dense(1).Apply(layers.GaussianNoise(v).Apply(x))),
        ["Rescaling(v)"] = v => Functional(x => layers.Dense(1).Apply(layers.Rescaling(v).Apply(x))),
        ["Rescaling(1, offset: v)"] = v => Functional(x => layers.Dense(1).Apply(layers.Rescaling(1, v).Apply(x))),
        ["LeakyReLU(v)"] = v => Functional(x => layers.Dense(1).Apply(layers.LeakyReLU(v).Apply(x - 0.5))),
        ["ReLU(negative_slope: v)"] = v => Functional(x => layers.Dense(1).Apply(layers.ReLU(negative_slope: v).Apply(x - 0.5))),
        ["ELU(v)"] = v => Functional(x => layers.Dense(1).Apply(layers.ELU(v).Apply(x - 0.5))),
        ["Dense(activation: t => tf.nn.relu(t) * v)"] = v => Functional(x => layers.Dense(1).Apply(layers.Dense(4, activation: t => tf.nn.relu(t) * v).Apply(x))),
        ["BatchNormalization(epsilon: v)"] = v => Functional(x => layers.Dense(1).Apply(layers.BatchNormalization(epsilon: v).Apply(x))),
        ["LayerNormalization(epsilon: v)"] = v => Functional(x => layers.Dense(1).Apply(layers.LayerNormalization(epsilon: v).Apply(x))),
    };

    static readonly Dictionary<string, (Func<Variable, Model> Model, string Words)> reported = new()
    {
        ["a layer with v in a plain object"] = (v => Hidden(new ScalesByObject(v)), "does not own it"),
        ["a layer that makes a variable in every call"] = (v => Hidden(new MakesAnew()), "does not own it"),
        ["a loss function that reads v, owned by nobody"] = (v => Compiled(Linear(), losses.Lambda((y, p) => v * tf.square(y - p))), "does not own it"),
        ["SGD(learning_rate: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(v)), "no gradient of a loss reaches it"),
        ["SGD(clipnorm: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(0.02, clipnorm: v)), "no gradient of a loss reaches it"),
        ["SGD(momentum: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(0.02, momentum: v)), "no gradient of a loss reaches it"),
        ["SGD(weight_decay: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(0.02, weight_decay: v)), "no gradient of a loss reaches it"),
        ["kernel_initializer: Constant(v)"] = (v => Functional(x => layers.Dense(1, kernel_initializer: initializers.Constant(v)).Apply(x)), "takes the value that the variable"),
        ["kernel_constraint: MaxNorm(v)"] = (v => Functional(x => layers.Dense(1, kernel_constraint: constraints.MaxNorm(v)).Apply(x)), "Gradients do not exist"),
        ["BatchNormalization(momentum: v)"] = (v => Functional(x => layers.Dense(1).Apply(layers.BatchNormalization(momentum: v).Apply(x))), "Gradients do not exist"),
    };

    public static TheoryData<string> Trained => [.. trained.Keys];

    public static TheoryData<string> Reported => [.. reported.Keys];

    [Theory]
    [MemberData(nameof(Trained))]
    public void A_variable_trains(string attempt)
    {
        tf.random.set_seed(5);
        var v = tf.Variable(0.3, name: "v");
        var model = trained[attempt](v);
        var said = BadInputTests.Spoken(() => Fit(model));
        Assert.Contains(v, model.trainable_variables);
        Assert.Contains(v, model.hyper_variables);
        Assert.True(double.IsFinite((double)v), $"v is {(double)v}");
        Assert.NotEqual(0.3f, (float)v);
        Assert.DoesNotContain("does not own", said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Reported))]
    public void A_variable_that_cannot_train_is_named_in_a_warning(string attempt)
    {
        tf.random.set_seed(5);
        var v = tf.Variable(0.3, name: "v");
        var said = BadInputTests.Spoken(() => Fit(reported[attempt].Model(v)));
        Assert.Contains(reported[attempt].Words, said, StringComparison.Ordinal);
        Assert.Contains("'v'", said, StringComparison.Ordinal);
        Assert.Equal(0.3f, (float)v);
    }

    [Fact]
    public void The_page_on_variables_lists_exactly_these_rows()
    {
        var listed = File.ReadLines(Repository.File("docs/variables.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l[3..l.IndexOf('`', 3)]);
        Assert.Equal(trained.Keys.Concat(reported.Keys), listed);
    }

    [Fact]
    public void A_variable_attached_after_the_first_fit_trains_in_the_second()
    {
        var v = tf.Variable(0.3, name: "v");
        var model = new OwnModel();
        Fit(model);
        model.V = v;
        Fit(model, compile: false);
        Assert.NotEqual(0.3f, (float)v);
    }

    [Fact]
    public void A_variable_attached_in_the_middle_of_a_fit_trains_from_the_next_epoch()
    {
        var v = tf.Variable(0.3, name: "v");
        var model = new OwnModel();
        model.compile(optimizers.SGD(0.02), "mse");
        model.fit(X, Y, epochs: 3, verbose: 0, callbacks: [callbacks.LambdaCallback(on_epoch_end: (_, _) => model.V = v)]);
        Assert.NotEqual(0.3f, (float)v);
    }

    [Fact]
    public void A_loop_of_ones_own_trains_every_variable_it_names()
    {
        foreach (var own in new[] { true, false })
        {
            var v = tf.Variable(0.3, name: "v");
            var model = new OwnModel { V = own ? v : null };
            model.Apply(X);
            var optimizer = optimizers.SGD(0.02);
            for (var step = 0; step < 5; step++)
            {
                using var tape = tf.GradientTape();
                var loss = tf.reduce_mean(tf.square(model.Apply(X) * v - Y));
                List<Variable> variables = own ? [.. model.trainable_variables] : [.. tape.watched_variables()];
                optimizer.apply_gradients(tape.gradient(loss, variables).Zip(variables));
            }
            Assert.NotEqual(0.3f, (float)v);
        }
    }

    [Fact]
    public void An_optimizer_that_was_used_in_a_fit_takes_a_new_variable_in_a_loop()
    {
        var v = tf.Variable(0.3, name: "v");
        var model = Linear();
        Fit(model);
        List<Variable> variables = [.. model.trainable_variables, v];
        using var tape = tf.GradientTape();
        var loss = tf.reduce_mean(tf.square(model.Apply(X) * v - Y));
        model.optimizer!.apply_gradients(tape.gradient(loss, variables).Zip(variables));
        Assert.NotEqual(0.3f, (float)v);
    }

    [Fact]
    public void Freezing_a_variable_is_one_line()
    {
        var v = tf.Variable(0.3, name: "v");
        var model = Regularised(regularizers.l2(v));
        v.trainable = false;
        Fit(model);
        Assert.Equal(0.3f, (float)v);
    }

    [Fact]
    public void An_optimizer_of_their_own_moves_the_variables_that_somebody_brought_in()
    {
        var v = tf.Variable(0.3, name: "v");
        var model = Functional(x => layers.Dense(1, kernel_initializer: "ones").Apply(x * v));
        model.compile(optimizers.SGD(0.0), "mse", hyper_optimizer: optimizers.SGD(0.02));
        var before = model.get_layer(model.layers[0].name).get_weights()[0].ToArray<float>();
        model.fit(X, Y, verbose: 0);
        Assert.Equal(before, model.layers[0].get_weights()[0].ToArray<float>());
        Assert.NotEqual(0.3f, (float)v);
    }

    [Fact]
    public void Weight_decay_leaves_the_variables_that_somebody_brought_in_alone()
    {
        var v = tf.Variable(0.3, name: "v");
        var model = Regularised(regularizers.l2(v));
        model.compile(optimizers.SGD(0.0, weight_decay: 0.5), "mse");
        model.fit(X, Y, verbose: 0);
        Assert.Equal(0.3f, (float)v);
    }

    [Fact]
    public void A_loss_that_is_not_finite_names_the_step_and_the_first_variable()
    {
        var v = tf.Variable(1.0, name: "exponent");
        var model = Functional(x => layers.Dense(1).Apply(tf.math.pow(x - 0.5, v)));
        model.compile(optimizers.SGD(0.02), "mse");
        var said = BadInputTests.Spoken(() => model.fit(X, Y, epochs: 2, verbose: 0));
        Assert.Contains("step", said, StringComparison.Ordinal);
        Assert.Contains("'exponent'", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_not_finite_names_its_part_and_the_first_activation()
    {
        var inputs = keras.Input(3);
        var model = keras.Model(inputs, layers.Dense(1, name: "out").Apply(layers.Activation(t => tf.log(t - 5.0), name: "logarithm").Apply(inputs)));
        model.compile(optimizers.SGD(0.02), "mse");
        var said = BadInputTests.Spoken(() => model.fit(X, Y, verbose: 0));
        Assert.Contains("in step 1 of this epoch, through the loss of output 'out'", said, StringComparison.Ordinal);
        Assert.Contains("the output of 'logarithm'", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_penalty_that_is_not_finite_is_named()
    {
        var model = Regularised(regularizers.Lambda(w => tf.log(-tf.reduce_sum(tf.square(w)))));
        var said = BadInputTests.Spoken(() => Fit(model));
        Assert.Contains("through the penalty on", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("l2(v)", "a proof")]
    [InlineData("loss_weights: [v, 1.0]", "a proof")]
    [InlineData("loss_weights: v, one output", "a proof")]
    [InlineData("a class of one's own as regularizer, v in a field", "a suspicion")]
    [InlineData("BinaryCrossentropy(label_smoothing: v)", "a suspicion")]
    public void A_loss_without_a_lower_bound_in_a_variable_names_it_on_the_first_step(string attempt, string kind)
    {
        var v = tf.Variable(0.3, name: "v");
        var model = trained[attempt](v);
        if (model.optimizer is null) model.compile(optimizers.SGD(0.02), "mse");
        var said = BadInputTests.Spoken(() => model.train_on_batch(X, model.output_names.Count == 2 ? (Batch)new[] { Y, Y } : Y));
        Assert.Contains($"no lower bound in the variable 'v' ({kind}", said, StringComparison.Ordinal);
        Assert.DoesNotContain("left its range", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("l2(() => tf.exp(v))")]
    [InlineData("x * v")]
    [InlineData("LeakyReLU(v)")]
    [InlineData("Huber(delta: v)")]
    public void A_loss_with_a_lower_bound_or_of_unknown_shape_is_not_suspected(string attempt)
    {
        var model = trained[attempt](tf.Variable(0.3, name: "v"));
        Assert.DoesNotContain("no lower bound", BadInputTests.Spoken(() => Fit(model)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_kink_far_away_is_no_reason_for_suspicion()
    {
        // |x·v − y| is affine in v here, and bounded below all the same.
        var model = Functional(x => x * tf.Variable(0.3, name: "v"));
        model.compile(optimizers.SGD(0.02), "mae");
        Assert.DoesNotContain("no lower bound", BadInputTests.Spoken(() => model.fit(X, 9 * X, verbose: 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_of_two_owners_moves_once_by_the_sum_of_its_gradients()
    {
        var v = tf.Variable(0.3, name: "v");
        var model = Functional(x => new Scales(v).Apply(new Scales(v).Apply(x)));
        Assert.Equal([v], model.trainable_variables);
        model.compile(optimizers.SGD(0.5), "mse");
        model.train_on_batch(tf.ones((4, 3)), tf.zeros((4, 3)));
        // d/dv (v²)² = 4v³ = .108.
        Assert.Equal(0.3 - 0.5 * 0.108, (double)v, 1e-6);
    }

    static readonly Tensor X = tf.random.uniform((32, 3), 0.1, 1, seed: 1);
    static readonly Tensor Y = tf.cast(tf.reduce_sum(X, 1, keepdims: true) > 1.6, tf.float32);

    static void Fit(Model model, bool compile = true)
    {
        if (compile && model.optimizer is null) model.compile(optimizers.SGD(0.02), "mse");
        model.fit(X, model.output_names.Count == 2 ? (Batch)new[] { Y, Y } : Y, epochs: 3, batch_size: 16, shuffle: false, verbose: 0);
    }

    static Model Functional(Func<KerasTensor, KerasTensor> between)
    {
        var inputs = keras.Input(3);
        return keras.Model(inputs, between(inputs));
    }

    static Model Linear() => Functional(x => layers.Dense(1).Apply(x));

    static Model Sigmoid() => Functional(x => layers.Dense(1, activation: "sigmoid").Apply(x));

    static Model Regularised(Regularizer regularizer) => Functional(x => layers.Dense(1).Apply(layers.Dense(4, kernel_regularizer: regularizer).Apply(x)));

    static Model Compiled(Model model, Loss loss, WeightsPerOutput? loss_weights = null, Optimizer? optimizer = null)
    {
        model.compile(optimizer ?? optimizers.SGD(0.02), loss, loss_weights);
        return model;
    }

    static Model TwoOutputs(Variable v, WeightsPerOutput weights)
    {
        var inputs = keras.Input(3);
        var model = keras.Model(inputs, [layers.Dense(1, name: "a").Apply(inputs), layers.Dense(1, name: "b").Apply(inputs)]);
        model.compile(optimizers.SGD(0.02), loss: ["mse", "mae"], loss_weights: weights);
        return model;
    }

    /// <summary>A subclassed model, which does not adopt what its layers read in secret.</summary>
    static Model Hidden(Layer layer) => new Wraps(layer);

    sealed class Wraps(Layer first) : Model
    {
        readonly Layer first = first, last = layers.Dense(1);

        public override Tensor call(Tensor inputs, bool training) => last.Apply(first.Apply(inputs));
    }

    sealed class OwnPenalty(Variable v) : Regularizer
    {
        public override Tensor Apply(Tensor x) => v * tf.reduce_sum(tf.square(x));
    }

    sealed class OwnLoss(Variable v) : Loss
    {
        public override Tensor call(Tensor y_true, Tensor y_pred) => v * keras.losses.mean_squared_error(y_true, y_pred);
    }

    sealed class DenseWithStrength(Variable v) : Dense(1, kernel_regularizer: regularizers.Lambda(w => v * tf.reduce_sum(tf.square(w))))
    {
        public readonly Variable strength = v;
    }

    sealed class AddsLoss(Variable v) : Layer
    {
        public override Tensor call(Tensor inputs, bool training)
        {
            add_loss(v * tf.reduce_mean(tf.square(inputs)));
            return inputs;
        }
    }

    sealed class Scales(Variable v) : Layer
    {
        public override Tensor call(Tensor inputs, bool training) => inputs * v;
    }

    sealed class ScalesByList(Variable v) : Layer
    {
        readonly List<Variable> list = [v];

        public override Tensor call(Tensor inputs, bool training) => inputs * list[0];
    }

    sealed class ScalesByDictionary(Variable v) : Layer
    {
        readonly Dictionary<string, Dictionary<string, Variable>> named = new() { ["a"] = new() { ["b"] = v } };

        public override Tensor call(Tensor inputs, bool training) => inputs * named["a"]["b"];
    }

    sealed class ScalesByTuple(Variable v) : Layer
    {
        readonly (Variable V, int One) pair = (v, 1);

        public override Tensor call(Tensor inputs, bool training) => inputs * pair.V;
    }

    sealed class ScalesByModule(Variable v) : Layer
    {
        readonly Holder holder = new(v);

        public override Tensor call(Tensor inputs, bool training) => inputs * holder.V;

        sealed class Holder(Variable v) : Module
        {
            public Variable V { get; } = v;
        }
    }

    sealed class ScalesLater(Variable v) : Layer
    {
        readonly Func<Variable> find = () => v;
        Variable? found;

        public override Tensor call(Tensor inputs, bool training) => inputs * (found ??= find());
    }

    sealed class ScalesByObject(Variable v) : Layer
    {
        readonly Plain plain = new() { V = v };

        public override Tensor call(Tensor inputs, bool training) => inputs * plain.V;

        sealed class Plain
        {
            public required Variable V { get; init; }
        }
    }

    sealed class MakesAnew : Layer
    {
        public override Tensor call(Tensor inputs, bool training) => inputs * tf.Variable(0.3, name: "v");
    }

    sealed class OwnModel : Model
    {
        readonly Dense dense = layers.Dense(1);

        public Variable? V;

        public List<Variable>? List { get; init; }

        public Dictionary<string, Variable>? Named { get; init; }

        public override Tensor call(Tensor inputs, bool training) =>
            dense.Apply(inputs) * ((V ?? List?[0] ?? Named?["v"]) is { } v ? v.value() : 1.0);
    }
}
