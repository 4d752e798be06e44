using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Training;
using Xunit;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;

namespace Workbook.Tests.Keras.Variables;

/// <summary>Guards speak where a variable would be silent, for each model, variable and fit, and not where nothing is wrong.</summary>
public class GuardTests
{
    const string Keeps = "keeps its value of that moment";

    [Fact]
    public void A_strength_computed_from_a_variable_is_named_when_training_reads_it()
    {
        var p = new Positive(0.1, "strength");
        var said = ErrorStream.Anew(() => Fit(Regularised(regularizers.l2(p.Value))));
        Assert.Contains("l2: expected", said, StringComparison.Ordinal);
        Assert.Contains("'strength/raw' and " + Keeps, said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_weight_a_rate_and_a_factor_computed_from_a_variable_are_named()
    {
        var v = tf.Variable(0.3, name: "v");
        Assert.Contains(Keeps,
            ErrorStream.Anew(() => Fit(Compiled(Functional(x => layers.Dense(1).Apply(x)), "mse", loss_weights: [tf.exp(-v)]))),
                StringComparison.Ordinal);
        Assert.Contains(Keeps, ErrorStream.Anew(() => Functional(x => x * tf.exp(v))), StringComparison.Ordinal);
        Assert.Contains(Keeps, ErrorStream.Anew(() => Linear().compile(optimizers.SGD(tf.exp(v)), "mse")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_that_is_meant_a_function_and_a_value_under_a_tape_are_not_named()
    {
        var v = tf.Variable(0.3, name: "v");
        var said = ErrorStream.Anew(() =>
        {
            Fit(Regularised(regularizers.l2(tf.stop_gradient(tf.exp(v)))));
            Fit(Regularised(regularizers.l2((double)v)));
            Fit(Regularised(regularizers.l2(() => tf.exp(v))));
            using var tape = tf.GradientTape();
            tf.reduce_sum(activations.leaky_relu(X, tf.exp(v)));
        });
        Assert.DoesNotContain(Keeps, said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_domain_variable_beside_a_symbolic_value_is_read_anew_and_trains()
    {
        var p = new Positive(0.3, "p");
        var model = Functional(x => layers.Dense(1).Apply(x * p));
        Fit(model);
        Assert.Contains(p.Raw, model.hyper_variables);
        Assert.NotEqual(0.3, (double)p.Value, 1e-4);
    }

    [Fact]
    public void A_second_model_and_variable_of_the_same_names_are_warned_of_too()
    {
        static void Run()
        {
            var v = tf.Variable(0.3, name: "strength");
            var model = keras.Sequential([layers.Dense(1, kernel_regularizer: regularizers.l2(v))], name: "net");
            Fit(model);
        }
        var said = ErrorStream.Anew(() =>
        {
            Run();
            Run();
        });
        Assert.Equal(2, said.Split('\n').Count(l => l.Contains("no lower bound", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_second_optimizer_and_a_second_fit_that_is_not_finite_are_warned_of_too()
    {
        var said = ErrorStream.Anew(() =>
        {
            for (var k = 0; k < 2; k++) Linear().compile(optimizers.SGD(tf.Variable(0.1, name: "rate")), "mse");
            var model = Functional(x => layers.Dense(1).Apply(tf.log(x - 100.0)));
            Fit(model);
            Fit(model, compile: false);
        });
        Assert.Equal(2, said.Split('\n').Count(l => l.Contains("read anew for every update", StringComparison.Ordinal)));
        Assert.Equal(2, said.Split('\n').Count(l => l.Contains("the loss is NaN", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("-v²", true)]
    [InlineData("-exp(v)", true)]
    [InlineData("-log(v)", false)]
    [InlineData("cos(v)", false)]
    [InlineData("v⁴ - v²", false)]
    public void A_loss_that_falls_ever_faster_is_suspected_and_no_other_that_bends_down(string term, bool named)
    {
        var model = Functional(x => layers.Dense(1).Apply(new Charging(v => term switch
        {
            "-v²" => -v * v,
            "-exp(v)" => -tf.exp(v),
            "-log(v)" => -tf.math.log(v),
            "cos(v)" => tf.cos(v),
            _ => v * v * v * v - v * v,
        }).Apply(x)));
        model.compile(optimizers.SGD(0.02), "mse");
        var said = ErrorStream.Anew(() => model.fit(X, Y, verbose: 0));
        Assert.Equal(named, said.Contains("no lower bound in the variable 'v' (a suspicion: it falls ever", StringComparison.Ordinal));
    }

    [Fact]
    public void A_variable_that_begins_to_train_after_the_first_fit_is_looked_at_in_the_second()
    {
        var v = tf.Variable(0.3, name: "v");
        v.trainable = false;
        var model = Regularised(regularizers.l2(v));
        Assert.DoesNotContain("no lower bound", ErrorStream.Anew(() => Fit(model)), StringComparison.Ordinal);
        v.trainable = true;
        Assert.Contains("no lower bound in the variable 'v'", ErrorStream.Anew(() => Fit(model, compile: false)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_frozen_variable_given_to_an_optimizer_is_said_to_be_frozen()
    {
        var (a, b) = (tf.Variable(1.0, name: "a"), tf.Variable(1.0, name: "b", trainable: false));
        var said = ErrorStream.Anew(() => optimizers.SGD(0.1).apply_gradients([(tf.constant(1.0), a), (null, b)]));
        Assert.Contains("'b' have trainable: false", said, StringComparison.Ordinal);
        Assert.DoesNotContain("does not depend", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bounded_regularizer_of_ones_own_is_not_called_unbounded()
    {
        var model = Regularised(new Floored(tf.Variable(0.3, name: "v")));
        Assert.DoesNotContain("no lower bound", ErrorStream.Anew(() => Fit(model)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_train_step_of_ones_own_is_told_of_a_loss_that_is_not_finite()
    {
        var model = new OwnStep();
        model.compile(optimizers.SGD(0.1), "mse");
        var said = ErrorStream.Anew(() => model.fit(X, Y, verbose: 0));
        Assert.Single(said.Split('\n'), l => l.Contains("its own train_step gives is NaN", StringComparison.Ordinal));
    }

    [Fact]
    public void A_judge_gives_its_variables_back_when_a_callback_throws()
    {
        var p = new Positive(0.1, "s");
        var model = Regularised(regularizers.l2(p));
        model.compile(optimizers.SGD(0.02), "mse");
        Callback judge = new ValidationStrength(model, X, Y, X, Y).ToCallback(optimizers.SGD(0.01), every: 1000);
        Assert.Throws<OperationCanceledException>(() => model.fit(X, Y, verbose: 0, callbacks:
            [judge, callbacks.LambdaCallback(on_epoch_end: (_, _) => throw new OperationCanceledException())]));
        Assert.True(p.Raw.trainable);
        Assert.Contains(p.Raw, model.trainable_variables);
    }

    [Fact]
    public void A_strength_shared_by_a_frozen_and_a_training_layer_trains()
    {
        var v = tf.Variable(0.3, name: "v");
        var shared = regularizers.l2(v);
        var (a, b) = (layers.Dense(4, kernel_regularizer: shared), layers.Dense(1, kernel_regularizer: shared));
        var model = Functional(x => b.Apply(a.Apply(x)));
        a.trainable = false;
        Assert.Contains(v, model.trainable_variables);
        Assert.Equal(3, model.trainable_variables.Count);
        b.trainable = false;
        Assert.Empty(model.trainable_variables);
    }

    [Fact]
    public void Variables_without_a_gradient_do_not_stop_a_fit_with_an_optimizer_of_their_own()
    {
        var v = tf.Variable(0.3, name: "v");
        var model = Functional(x => layers.Dense(1).Apply(layers.BatchNormalization(momentum: v).Apply(x)));
        model.compile(optimizers.SGD(0.02), "mse", hyper_optimizer: optimizers.SGD(0.02));
        Assert.Contains("'v'", ErrorStream.Anew(() => Fit(model)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_term_that_is_not_finite_names_its_layer()
    {
        var layer = new AddsLogarithm { V = tf.Variable(-1.0, name: "v") };
        Assert.Contains($"the term that layer '{layer.name}' adds",
            ErrorStream.Anew(() => Fit(Functional(x => layers.Dense(1).Apply(layer.Apply(x))))), StringComparison.Ordinal);
    }

    sealed class AddsLogarithm : Layer
    {
        public required Variable V { get; init; }

        public override Tensor call(Tensor inputs, bool training)
        {
            add_loss(tf.log(V));
            return inputs;
        }
    }

    sealed class Floored(Hyperparameter strength) : Regularizer
    {
        readonly Hyperparameter strength = strength;

        public override Tensor Apply(Tensor x) => tf.maximum(strength.value(), 0.1) * tf.reduce_sum(tf.square(x));
    }

    sealed class OwnStep : Model
    {
        public override Logs train_step(Batch x, Batch? y, Batch? sample_weight) => new() { ["loss"] = double.NaN };
    }

    sealed class Charging(Func<Variable, Tensor> term) : Layer
    {
        readonly Variable v = tf.Variable(0.3, name: "v");

        public override Tensor call(Tensor inputs, bool training)
        {
            add_loss(term(v));
            return inputs;
        }
    }
}
