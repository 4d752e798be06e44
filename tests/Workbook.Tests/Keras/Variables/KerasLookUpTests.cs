using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;
using static Workbook.Tests.Keras.Variables.KerasLookUp;

namespace Workbook.Tests.Keras.Variables;

/// <summary>The 67 ways in which one may bring a variable into a Keras model, by what one writes in Python.</summary>
public class KerasLookUpTests
{
    static readonly Dictionary<string, KerasLookUp> rows = new()
    {
        ["`l2(v)`"] = RunsAway("`regularizers.l2(v)`", "l2(v)"),
        ["`l2(np.float32(v))`"] = Freezes("`regularizers.l2((float)v)`", v => Regularised(regularizers.l2((float)v))),
        ["`l2(float(v))`"] = Freezes("`regularizers.l2((double)v)`", v => Regularised(regularizers.l2((double)v))),
        ["`r = l2(0.01); r.l2 = v`"] = Refused("r.l2 = v;", "CS1061", before: "var r = regularizers.l2(0.01);"),
        ["callable `lambda w: v*sum(w²)`, v owned by nobody"] = RunsAway("`regularizers.Lambda(w => v * tf.reduce_sum(tf.square(w)))`",
            "a function as regularizer, v owned by nobody"),
        ["the same, then `model.v = v`"] = Refused("model.v = v;", "CS1061",
            before: "var x = keras.Input(3); var model = keras.Model(x, layers.Dense(1).Apply(x));"),
        ["`Regularizer` subclass with `self.v = v`"] = RunsAway("`class Penalty(Variable v) : Regularizer`",
            "a class of one's own as regularizer, v in a field"),
        ["`Dense` subclass with `self.lam = v` and a callable regularizer"] = RunsAway("`class Mine(Variable v) : Dense(…)`, v in a field",
            "a class derived from Dense, v in a field, in a function as regularizer"),
        ["`Dense` subclass, `lam = add_weight(...)`"] = RunsAway("`lam = add_weight(…)` in `build`, `add_loss` in `call`", v =>
        {
            var layer = new DenseThatMakesItsStrength((double)v);
            Fit(Functional(x => layer.Apply(x)));
            return layer.Strength!;
        }),
        ["`self.add_loss(v·mean(x²))` in a layer with `self.v = v`"] = RunsAway("`add_loss(v * tf.reduce_mean(tf.square(x)))`",
            "add_loss(v * mean(x²)) in a layer, v in a field"),

        ["`tf.math.pow(x, v)`"] = Trains("`tf.math.pow(x, v)`", "tf.math.pow(x, v)"),
        ["`x ** v`"] = Trains("`tf.pow(x, v)`", "tf.math.pow(x, v)"),
        ["`v ** x`"] = Trains("`tf.pow(v, x)`", "tf.pow(v, x)"),
        ["`keras.ops.power(x, v)`"] = Trains("`tf.math.pow(x, v)`", "tf.math.pow(x, v)"),
        ["`x * v`"] = Trains("`x * v`", "x * v"),
        ["`v * x`"] = Trains("`v * x`", "v * x"),
        ["`v - x`"] = Trains("`v - x`", "v - x"),
        ["`x / v`"] = Trains("`x / v`", "x / v"),
        ["`x * v`, then `model.v = v` before compile"] = Trains("`x * v`, and no more: the model adopts v", "x * v"),
        ["`x * v`, then `model.v = v` after compile, before fit"] = Trains("`x * v`, compiled", v =>
        {
            var model = Functional(x => layers.Dense(1).Apply(x * v));
            model.compile(optimizers.SGD(0.02), "mse");
            Assert.Contains(v, model.trainable_variables);
            Fit(model);
            return v;
        }),
        ["`x * v`, one fit, then `model.v = v`, second fit"] = Trains("a model's field, assigned between two fits", v =>
        {
            var model = new OwnModel();
            Fit(model);
            model.V = v;
            Fit(model, compile: false);
            return v;
        }),
        ["`Lambda(lambda t: t * v)`"] = Trains("`layers.Lambda(t => t * v)`", "Lambda(t => t * v)"),
        ["`Lambda(...)`, then `model.v = v`"] = Trains("`layers.Lambda(t => t * v)`, and no more", "Lambda(t => t * v)"),
        ["custom layer, `self.v = v` in `__init__`"] = Trains("`class Scales(Variable v) : Layer`", "a layer with v in a field"),
        ["custom layer, `self.vs = [v]`"] = Trains("a field `List<Variable>`", "a layer with v in a list"),
        ["custom layer, `self.d = {\"a\": {\"b\": v}}`"] = Trains("a field `Dictionary<string, Dictionary<string, Variable>>`",
            "a layer with v in nested dictionaries"),
        ["custom layer, `self.t = (v, 1)`"] = Trains("a field `(Variable, int)`", "a layer with v in a tuple"),
        ["custom layer, v inside a plain Python object"] = Stays("a field of a class that is no Module",
            "a layer with v in a plain object"),
        ["custom layer, v inside a `tf.Module`"] = Trains("a field of a class that is a Module", "a layer with v in a module"),
        ["custom layer, `add_weight`"] = Trains("`v = add_weight(…)`", v =>
        {
            var layer = new ScalesByWeight((double)v);
            Fit(Functional(x => layers.Dense(1).Apply(layer.Apply(x))));
            return layer.Scale!;
        }),
        ["custom layer, `self.v = keras.Variable(v)`"] = Trains("`v = tf.Variable(…)` in the constructor", "a layer with v in a field"),
        ["custom layer that creates `tf.Variable` inside `call`"] = Stays("`tf.Variable(…)` in call",
            "a layer that makes a variable in every call"),

        ["`self.v = v` on a subclassed Model, fit"] = Trains("`class Mine : Model`, v in a field", "a model with v in a field"),
        ["`self.vs = [v]`, fit"] = Trains("`class Mine : Model`, a field `List<Variable>`", "a model with v in a list"),
        ["`self.vd = {\"v\": v}`, fit"] = Trains("`class Mine : Model`, a field `Dictionary<string, Variable>`",
            "a model with v in a dictionary"),
        ["`self.v = v`, own loop over `model.trainable_variables`"] = Trains("a loop over `model.trainable_variables`",
            v => Loop(v, new OwnModel { V = v }, (model, _) => [.. model.trainable_variables])),
        ["own loop over `model.trainable_variables + [v]` (v owned by nobody)"] = Trains("a loop over `[.. model.trainable_variables, v]`",
            v => Loop(v, new OwnModel(), (model, _) => [.. model.trainable_variables, v])),
        ["own loop, `tape.gradient(loss, [v])`, `v.assign_sub(lr*g)`"] = Trains("`v.assign_sub(rate * tape.gradient(loss, v))`", v =>
        {
            using var tape = tf.GradientTape();
            var loss = tf.reduce_mean(tf.square(X * v - Y));
            v.assign_sub(0.02 * tape.gradient(loss, v)!);
            return v;
        }),
        ["own `tf.function` loop over `tape.watched_variables()`"] = Trains("a loop over `tape.watched_variables()`",
            v => Loop(v, new OwnModel(), (_, tape) => [.. tape.watched_variables()])),
        ["`self.v = self.add_weight(...)` on a subclassed Model"] = Trains("`v = tf.Variable(…)` in a field of the model",
            "a model with v in a field"),
        ["`Sequential([...])`, then `model.v = v`, v in a `Lambda`"] = Trains("`keras.Sequential([layers.Lambda(t => t * v), …])`",
            "Lambda(t => t * v) in a Sequential"),
        ["`layer.v = v` on a layer that is already built, v in its regularizer"] = RunsAway("a layer's field, assigned after it was built",
            v =>
        {
            var layer = new DenseWithLateStrength();
            var model = Functional(x => layer.Apply(x));
            layer.Strength = v;
            Fit(model);
            return v;
        }),
        ["one fit, then own loop with the same optimizer over `model.trainable_variables + [v]`"] = Trains("the same loop", v =>
        {
            var model = Linear();
            Fit(model);
            return Loop(v, model, (model, _) => [.. model.trainable_variables, v], model.optimizer);
        }),

        ["`loss_weights=[v, 1.0]`, owned by nobody"] = RunsAway("`loss_weights: [v, 1.0]`", "loss_weights: [v, 1.0]"),
        ["`loss_weights=[v, 1.0]`, `model.v = v`"] = RunsAway("`loss_weights: [v, 1.0]`, and no more: the model adopts v",
            "loss_weights: [v, 1.0]"),
        ["`loss_weights={\"a\": v, \"b\": 1.0}`, `model.v = v`"] = RunsAway("`loss_weights:` with a dictionary",
            "loss_weights: {a: v, b: 1.0}"),
        ["`loss_weights=v` (one output)"] = RunsAway("`loss_weights: v`", "loss_weights: v, one output"),
        ["`loss_weights=[v]` (one output), `model.v = v`"] = RunsAway("`loss_weights: [v]`", "loss_weights: [v], one output"),
        ["loss function closing over v, owned by nobody"] = Stays("`losses.Lambda((y, p) => v * …)`",
            "a loss function that reads v, owned by nobody"),
        ["loss function closing over v, `model.v = v`"] = RunsAway("`losses.Lambda((y, p) => v * …)`, v in a field of the model", v =>
        {
            Fit(Compiled(new OwnsForItsLoss(v), losses.Lambda((y, p) => v * tf.square(y - p))));
            return v;
        }),
        ["`Loss` subclass with `self.v = v`, `model.v = v`"] = RunsAway("`class Mine(Variable v) : Loss`",
            "a class of one's own as loss, v in a field"),
        ["`Huber(delta=v)`, `model.v = v`"] = Leaves("`losses.Huber(delta: v)`",
            v => Compiled(Functional(x => layers.Dense(1).Apply(10 * x)), losses.Huber(delta: v), optimizer: optimizers.SGD(0.5))),
        ["`BinaryCrossentropy(label_smoothing=v)`, `model.v = v`"] = RunsAway("`losses.BinaryCrossentropy(label_smoothing: v)`",
            "BinaryCrossentropy(label_smoothing: v)"),
        ["`SGD(learning_rate=v)`, `model.v = v`"] = Stays("`optimizers.SGD(v)`", "SGD(learning_rate: v)"),
        ["`SGD(clipnorm=v)`, `model.v = v`"] = Stays("`optimizers.SGD(clipnorm: v)`", "SGD(clipnorm: v)"),
        ["`fit(class_weight={0: v, 1: 1.0})`, `model.v = v`"] = Refused(
            "var class_weight = new Dictionary<int, double> { [0] = v, [1] = 1.0 };", "CS0266"),

        ["`Dropout(v)`, `model.v = v`"] = Trains("`layers.Dropout(v)`", "Dropout(v)"),
        ["`GaussianNoise(v)`, `model.v = v`"] = Trains("`layers.GaussianNoise(v)`", "GaussianNoise(v)"),
        ["`Rescaling(v)`, `model.v = v`"] = Trains("`layers.Rescaling(v)`", "Rescaling(v)"),
        ["`LeakyReLU(v)` (slope), `model.v = v`"] = Trains("`layers.LeakyReLU(v)`", "LeakyReLU(v)"),
        ["`ELU(v)`, `model.v = v`"] = Trains("`layers.ELU(v)`", "ELU(v)"),
        ["`Dense(activation=lambda t: relu(t)*v)`, owned by nobody"] = Trains("`layers.Dense(4, activation: t => tf.nn.relu(t) * v)`",
            "Dense(activation: t => tf.nn.relu(t) * v)"),
        ["`Dense(activation=lambda t: relu(t)*v)`, `model.v = v`"] = Trains("the same, and no more: the layer owns v",
            "Dense(activation: t => tf.nn.relu(t) * v)"),
        ["`kernel_initializer=Constant(v)`"] = Stays("`kernel_initializer: initializers.Constant(v)`", "kernel_initializer: Constant(v)"),
        ["`kernel_constraint=MaxNorm(v)`, `model.v = v`"] = Stays("`kernel_constraint: constraints.MaxNorm(v)`",
            "kernel_constraint: MaxNorm(v)"),
        ["`BatchNormalization(epsilon=v)`, `model.v = v`"] = Trains("`layers.BatchNormalization(epsilon: v)`",
            "BatchNormalization(epsilon: v)"),
        ["`Rescaling(v)`, nothing else"] = Trains("`layers.Rescaling(v)`", "Rescaling(v)"),
    };

    public static TheoryData<string> Attempted => [.. rows.Keys];

    [Theory]
    [MemberData(nameof(Attempted))]
    [Trait("speed", "slow")]
    public void What_one_tried_in_Keras_trains_or_is_reported_or_does_not_compile(string attempt) => rows[attempt].Check();

    [Fact]
    public void The_look_up_for_Keras_users_has_these_rows_and_says_what_comes_of_each()
    {
        var page = File.ReadLines(Repository.File("docs/variables-in-keras.md"))
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal) && l.Count(c => c == '|') >= 6)
            .Select(l => l.Split('|')).Where(c => c[1].Trim() != "what one tried").ToList();
        Assert.Equal(67, rows.Count);
        Assert.Equal(rows.Select(r => (r.Key, $"{r.Value.Here}: {r.Value.Verdict}")),
            page.Select(c => (c[1].Trim(), c[^2].Trim())));
    }

    static Variable Loop(Variable v, Model model, Func<Model, GradientTape, List<Variable>> variables, Optimizer? optimizer = null)
    {
        optimizer ??= optimizers.SGD(0.02);
        for (var step = 0; step < 5; step++)
        {
            using var tape = tf.GradientTape();
            var loss = tf.reduce_mean(tf.square(model.Apply(X) * v - Y));
            var moved = variables(model, tape);
            optimizer.apply_gradients(tape.gradient(loss, moved).Zip(moved));
        }
        return v;
    }
}
