using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Training;
using Xunit;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;

namespace Workbook.Tests.Keras.Variables;

/// <summary>
/// A frozen layer stands still, however a model reaches it, and whenever it was frozen. Keras 3 sets trainable of its variables, and its
/// Lambda owns nothing.
/// </summary>
public class FrozenLayerTests
{
    static readonly Dictionary<string, Func<Model, Func<KerasTensor, KerasTensor>>> ways = new()
    {
        ["Apply(i)"] = g => i => g.Apply(i),
        ["Apply(i, training: false)"] = g => i => g.Apply(i, training: false),
        ["Then"] = g => i => i.Then(t => g.Apply(t, training: false)),
        ["Lambda"] = g => layers.Lambda(t => g.Apply(t)).Apply,
        ["activation"] = g => layers.Dense(4, activation: t => t + g.Apply(t[.., ..3])[.., ..1]).Apply,
        ["regularizer that reads a kernel (L2-SP)"] = g =>
            layers.Dense(3,
                kernel_regularizer: regularizers.Lambda(w => 0.1 * tf.reduce_sum(tf.square(w - ((Dense)g.layers[0]).kernel!)))).Apply,
        ["regularizer that calls it"] = g =>
            layers.Dense(4, kernel_regularizer: regularizers.Lambda(w => tf.reduce_mean(tf.square(g.Apply(tf.transpose(w)))))).Apply,
        ["strength that is a function of its kernel"] = g =>
            layers.Dense(4, kernel_regularizer: regularizers.l2(() => tf.reduce_mean(tf.square(((Dense)g.layers[0]).kernel!)))).Apply,
        ["KerasOperand.Of"] = g => i => i * KerasOperand.Of(() => tf.reduce_mean(((Dense)g.layers[0]).kernel!)),
        ["a kernel beside a symbolic value"] = g => i => i * ((Dense)g.layers[0]).kernel![0, 0],
        ["the kernel itself in a function"] = g => i => i.Then(t => tf.matmul(t, ((Dense)g.layers[0]).kernel!)),
        ["a layer with it in a field"] = g => new Holds(g).Apply,
        ["a layer with it in a plain object"] = g => new Hides(g).Apply,
        ["Then in another thread"] = g => i => i.Then(t => Task.Run(() => g.Apply(t)).Result),
    };

    public static TheoryData<string, bool> Ways => [.. from way in ways.Keys from early in new[] { true, false } select (way, early)];

    public static TheoryData<string, bool> OpenWays =>
        [.. from way in ways.Keys where way != "a kernel beside a symbolic value" from early in new[] { true, false } select (way, early)];

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_frozen_layer_stands_still(string way, bool early)
    {
        tf.random.set_seed(3);
        var g = Base();
        if (early) g.trainable = false;
        var model = Functional(x => layers.Dense(1).Apply(ways[way](g)(x)));
        g.trainable = false;
        var before = g.get_weights();
        Fit(model);
        Assert.Equal(before.Select(w => w.ToArray<float>()), g.get_weights().Select(w => w.ToArray<float>()));
        Assert.DoesNotContain(model.trainable_variables, g.variables.Contains);
    }

    [Theory]
    [MemberData(nameof(OpenWays))]
    public void The_same_layer_trains_when_it_is_not_frozen_or_no_more(string way, bool early)
    {
        tf.random.set_seed(3);
        var g = Base();
        g.trainable = !early;
        var model = Functional(x => layers.Dense(1).Apply(ways[way](g)(x)));
        g.trainable = true;
        var before = g.get_weights();
        Fit(model);
        // A layer that hides it in a plain object does not own it; in a functional model the graph adopts what it reads.
        Assert.NotEqual(before.Select(w => w.ToArray<float>()), g.get_weights().Select(w => w.ToArray<float>()));
    }

    [Fact]
    public void A_model_of_a_frozen_base_and_a_head_has_two_trainable_variables_as_in_Keras()
    {
        var g = Base();
        g.trainable = false;
        Assert.Equal(2, Functional(x => layers.Dense(1).Apply(g.Apply(x, training: false))).trainable_variables.Count);
        Assert.Equal(2, Functional(x => layers.Dense(1).Apply(x.Then(t => g.Apply(t, training: false)))).trainable_variables.Count);
    }

    [Fact]
    public void Training_that_was_asked_for_between_layers_is_kept_in_a_fit_and_in_a_prediction()
    {
        List<bool> seen = [];
        var layer = layers.Lambda((t, training) =>
        {
            seen.Add(training);
            return t;
        });
        var model = Functional(x => layers.Dense(1).Apply(layer.Apply(x, training: false)));
        Fit(model);
        Assert.DoesNotContain(true, seen);
        seen.Clear();
        Functional(x => layer.Apply(x, training: true)).predict(X);
        Assert.DoesNotContain(false, seen);
    }

    [Fact]
    public void A_tape_does_not_watch_a_frozen_layer_unless_it_is_told_to()
    {
        var (g, head) = (Base(), layers.Dense(1));
        g.trainable = false;
        head.Apply(g.Apply(X));
        using (var tape = tf.GradientTape())
        {
            var loss = tf.reduce_mean(head.Apply(g.Apply(X)));
            Assert.Equal(head.variables, tape.watched_variables());
        }
        using var told = tf.GradientTape();
        told.watch(g.variables);
        Assert.All(told.gradient(tf.reduce_mean(head.Apply(g.Apply(X))), g.variables), Assert.NotNull);
    }

    [Fact]
    public void Freezing_sets_the_variables_and_thawing_leaves_statistics_alone()
    {
        var norm = layers.BatchNormalization();
        norm.Apply(X);
        norm.trainable = false;
        Assert.DoesNotContain(norm.variables, v => v.trainable);
        norm.trainable = true;
        Assert.Equal(2, norm.variables.Count(v => v.trainable));
        Assert.Equal(2, norm.trainable_variables.Count);
    }

    [Fact]
    public void A_weight_made_while_its_layer_is_frozen_is_frozen()
    {
        var dense = layers.Dense(2);
        dense.trainable = false;
        dense.Apply(X);
        Assert.False(dense.kernel!.trainable);
        dense.trainable = true;
        Assert.True(dense.kernel!.trainable);
    }

    [Fact]
    public void A_gradient_passes_a_frozen_layer_to_what_lies_before_it()
    {
        var g = Base();
        g.trainable = false;
        var first = layers.Dense(3, kernel_initializer: "ones");
        var model = Functional(x => layers.Dense(1).Apply(first.Apply(x).Then(t => g.Apply(t))));
        var before = first.get_weights()[0].ToArray<float>();
        Fit(model);
        Assert.NotEqual(before, first.get_weights()[0].ToArray<float>());
    }

    [Fact]
    public void A_frozen_teacher_in_a_loss_is_no_cause_for_alarm()
    {
        foreach (var freeze in new[] { "the teacher", "its variables" })
        {
            var teacher = Base();
            if (freeze == "the teacher") teacher.trainable = false;
            else
                foreach (var v in teacher.variables) v.trainable = false;
            var before = teacher.get_weights();
            var model = Linear();
            model.compile(optimizers.SGD(0.02),
                losses.Lambda((y, p) => tf.square(p - teacher.Apply(X[..p.shape[0]])[.., ..1]) + tf.square(p - y)));
            Assert.Equal("", ErrorStream.Anew(() => Fit(model)));
            Assert.Equal(before.Select(w => w.ToArray<float>()), teacher.get_weights().Select(w => w.ToArray<float>()));
        }
    }

    [Fact]
    public void A_number_in_a_frozen_layer_and_in_an_open_one_trains_in_the_open_one()
    {
        var v = tf.Variable(0.3, name: "v");
        var (frozen, open) = (new Scales(v), new Scales(v));
        var model = Functional(x => layers.Dense(1).Apply(open.Apply(frozen.Apply(x))));
        frozen.trainable = false;
        Assert.Contains(v, model.trainable_variables);
        open.trainable = false;
        Assert.DoesNotContain(v, model.trainable_variables);
    }

    /// <summary>Two layers that make weights, and one with a number.</summary>
    static Model Base()
    {
        var model = keras.Sequential(
            [keras.Input(3), layers.Dense(3, activation: "tanh"), layers.BatchNormalization(),
                layers.LeakyReLU(tf.Variable(0.5, name: "slope")), layers.Dense(3)]);
        return model;
    }

    sealed class Holds(Model g) : Layer
    {
        public override Tensor call(Tensor inputs, bool training) => g.Apply(inputs);
    }

    sealed class Hides(Model g) : Layer
    {
        readonly Func<Tensor, Tensor> call1 = t => g.Apply(t);

        public override Tensor call(Tensor inputs, bool training) => call1(inputs);
    }
}
