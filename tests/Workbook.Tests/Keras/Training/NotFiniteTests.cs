using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;

namespace Workbook.Tests.Keras.Training;

/// <summary>A loss is measured before its update: what the update breaks is looked at too.</summary>
public class NotFiniteTests
{
    /// <summary>√ of a variance of 0 has an infinite slope, and 0 · ∞ is NaN.</summary>
    static Model Spread()
    {
        var model = keras.Sequential([keras.Input(1), layers.Dense(1, kernel_initializer: "zeros", name: "out")]);
        model.compile("sgd", (t, p) => tf.square(tf.math.reduce_std(p) - tf.math.reduce_std(t)));
        return model;
    }

    /// <summary>A bump whose width becomes NaN in the first step, and whose outputs a where keeps finite.</summary>
    static Model Bump()
    {
        var s = tf.Variable(0.0, name: "s");
        var model = Functional(
            x => layers.Dense(1).Apply(x)
                .Then(t => t + tf.where(tf.abs(s) >= 0.0, tf.sqrt(tf.abs(s)) * tf.stop_gradient(t), tf.zeros_like(t))));
        model.compile("sgd", "mse");
        return model;
    }

    [Fact]
    public void Weights_that_the_last_step_of_a_fit_breaks_are_named()
    {
        var said = ErrorStream.Anew(() => Spread().fit(X[.., ..1], X[.., ..1], epochs: 1, verbose: 0));
        Assert.Contains("after epoch 1 the variable 'out/kernel', 'out/bias' is not finite", said, StringComparison.Ordinal);
        Assert.Contains("The gradient of 'out/kernel' in the last step is not finite", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_whose_NaN_never_reaches_the_loss_is_named_once()
    {
        var said = ErrorStream.Anew(() =>
        {
            var history = Bump().fit(X, Y, epochs: 5, verbose: 0);
            Assert.All(history.history["loss"], l => Assert.True(double.IsFinite(l)));
        });
        Assert.Single(said.Split('\n'), l => l.Contains("the variable 's' is not finite", StringComparison.Ordinal));
    }

    [Fact]
    public void A_step_on_a_batch_that_breaks_a_variable_says_so_at_once()
    {
        var said = BadInputTests.Spoken(() =>
        {
            var model = Spread();
            for (var i = 0; i < 3; i++) model.train_on_batch(X[.., ..1], X[.., ..1]);
        });
        Assert.Single(said.Split('\n'), l => l.Contains("Model", StringComparison.Ordinal));
        Assert.Contains("after a step the variable 'out/kernel', 'out/bias' is not finite", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_no_optimizer_moves_and_no_loss_sees_is_named_too()
    {
        var model = Functional(x => layers.Dense(1).Apply(new Counts().Apply(x)));
        model.compile("sgd", "mse");
        var said = BadInputTests.Spoken(() => model.fit(X, Y, verbose: 0));
        Assert.Contains("the variable 'counts/log' is not finite", said, StringComparison.Ordinal);
    }

    sealed class Counts() : Layer("counts")
    {
        Variable? log;

        public override void build(Shape input_shape) => log = add_weight(initializer: "zeros", name: "log", trainable: false);

        public override Tensor call(Tensor inputs, bool training)
        {
            if (training) log!.assign(tf.math.log(log - 1.0));
            return inputs;
        }
    }

    [Fact]
    public void TerminateOnNaN_stops_at_the_update_that_breaks_a_variable()
    {
        var batches = 0;
        var history = Bump()
            .fit(X, Y, batch_size: 8, epochs: 5, verbose: 0,
                callbacks: [callbacks.TerminateOnNaN(), callbacks.LambdaCallback(on_train_batch_end: (_, _) => batches++)]);
        Assert.Equal(1, batches);
        Assert.Single(history.history["loss"]);
    }

    [Fact]
    public void A_fit_whose_variables_stay_finite_says_nothing() =>
        Assert.Equal("", ErrorStream.Anew(() => Train(Linear())));

    static void Train(Model model)
    {
        model.compile("sgd", "mse");
        model.fit(X, Y, epochs: 2, verbose: 0, callbacks: [callbacks.TerminateOnNaN()]);
    }

    [Fact]
    public void One_element_of_a_vector_that_has_no_lower_bound_is_named_alone()
    {
        // Uncertainty weights: exp(−s)·L + s has a minimum where L is positive, and falls for ever where L is 0.
        var s = tf.Variable(tf.zeros(2), name: "s");
        var model = keras.Sequential([keras.Input(3), layers.Dense(1), new Uncertain(s)]);
        model.compile(optimizers.SGD(0.01), losses.Lambda((y, p) => 0.0 * p));
        var said = ErrorStream.Anew(() => model.fit(X, Y, epochs: 1, verbose: 0));
        Assert.Contains("no lower bound in element 1 of the variable 's' (a suspicion", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vector_with_bounds_in_all_elements_is_not_suspected()
    {
        var s = tf.Variable(new[] { 0.5f, -0.5f }, name: "s");
        var model = keras.Sequential([keras.Input(3), layers.Dense(1), new Bounded(s)]);
        model.compile(optimizers.SGD(0.01), "mse");
        Assert.DoesNotContain("no lower bound", ErrorStream.Anew(() => model.fit(X, Y, epochs: 1, verbose: 0)),
            StringComparison.Ordinal);
    }

    sealed class Uncertain(Variable s) : Layer
    {
        public override Tensor call(Tensor inputs, bool training)
        {
            var losses = tf.stack([tf.reduce_mean(tf.square(inputs)), 0.0 * tf.reduce_mean(inputs)]);
            add_loss(tf.reduce_sum(tf.exp(-s) * losses + s));
            return inputs;
        }
    }

    sealed class Bounded(Variable s) : Layer
    {
        public override Tensor call(Tensor inputs, bool training)
        {
            add_loss(tf.reduce_sum(tf.square(s)));
            return inputs;
        }
    }
}
