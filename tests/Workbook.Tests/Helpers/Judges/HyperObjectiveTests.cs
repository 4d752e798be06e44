using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Judges;

public sealed class HyperObjectiveTests : IDisposable
{
    static readonly Tensor X = ReferenceData.X[..60], Y = tf.expand_dims(ReferenceData.Y[..60], 1), ValidationX = ReferenceData.X[60..120],
        ValidationY = tf.expand_dims(ReferenceData.Y[60..120], 1);

    public HyperObjectiveTests() => keras.config.set_floatx(tf.float64);

    public void Dispose() => keras.config.set_floatx(tf.float32);

    /// <summary>The judges know nothing of the model: here a network of Keras with two learned strengths and a learned rate.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void The_unrolled_gradient_of_a_network_is_the_difference_quotient(int steps)
    {
        var (model, strengths, training) = Network();
        var rate = new Positive(0.05, "rate", tf.float64);
        var start = model.get_weights();
        Variable[] learned = [.. strengths.Select(s => s.Raw), rate.Raw];
        var judge = new UnrolledObjective(training, () => Validation(model), learned, rate, steps, restart: true);
        var gradients = judge.Evaluate().Gradients;
        for (var i = 0; i < learned.Length; i++)
        {
            double At(double delta)
            {
                model.set_weights(start);
                learned[i].assign_add(delta);
                for (var t = 0; t < steps; t++) keras.optimizers.SGD((double)rate.Value).minimize(training.Loss, training.Weights);
                var loss = (double)Validation(model);
                learned[i].assign_add(-delta);
                return loss;
            }
            // Central differences with h = 1e-4 of a smooth loss of order 1: h² and 1e-16 / h.
            var quotient = (At(1e-4) - At(-1e-4)) / 2e-4;
            Assert.Equal(quotient, (double)gradients[i], 1e-7);
            // One step from the start does feel every variable, else the test would show nothing.
            Assert.True(Math.Abs(quotient) > 1e-6, $"{learned[i].name}: {quotient}");
        }
    }

    [Fact]
    public void The_implicit_gradient_of_a_network_is_the_difference_quotient_of_retrained_losses()
    {
        var (model, strengths, training) = Network();
        var judge = new ImplicitObjective(training, () => Validation(model), [strengths[0].Raw], new ExactSolver(), Train, tolerance: 1e-8);
        var judged = judge.Evaluate();
        Assert.InRange(judged.InnerGradientNorm!.Value, 0, 1e-8);
        double At(double delta)
        {
            strengths[0].Raw.assign_add(delta);
            Train();
            var loss = (double)Validation(model);
            strengths[0].Raw.assign_add(-delta);
            return loss;
        }
        var quotient = (At(1e-3) - At(-1e-3)) / 2e-3;
        // h² = 1e-6, and training to 1e-8 divided by the curvature (at least the strengths) and h.
        Assert.Equal(quotient, (double)judged.Gradients[0], 1e-5);
        Assert.True(Math.Abs(quotient) > 1e-4, $"{quotient}");

        void Train() => training.Minimize(keras.optimizers.SGD(0.2, momentum: 0.9), tolerance: 1e-8, maxSteps: 20_000);
    }

    [Fact]
    public void In_a_fit_the_judge_alone_moves_its_variables_and_leaves_the_weights_to_the_fit()
    {
        var (model, strengths, training) = Network();
        model.compile(keras.optimizers.SGD(0.05), "mse");
        var weights = model.get_weights();
        Variable[] learned = [.. strengths.Select(s => s.Raw)];
        model.fit(X, Y, batch_size: 60, epochs: 1, shuffle: false, verbose: 0, callbacks: [Silent(learned)]);
        var expected = training.Weights.Select(w => w.value().ToArray<double>()).ToList();
        model.set_weights(weights);
        model.compile(keras.optimizers.SGD(0.05), "mse");
        var before = Array.ConvertAll(learned, v => (double)v);
        var judge = new UnrolledObjective(training, () => Validation(model), learned, 0.05);
        model.fit(X, Y, batch_size: 60, epochs: 1, shuffle: false, verbose: 0, callbacks: [judge.ToCallback(keras.optimizers.SGD(1.0))]);
        Assert.Equal(expected, training.Weights.Select(w => w.value().ToArray<double>()));
        Assert.All(learned, v => Assert.True(v.trainable));
        // The judge alone moved the strengths: by its gradient at the fit's weights and the strengths from before.
        var after = Array.ConvertAll(learned, v => (double)v);
        for (var i = 0; i < learned.Length; i++) learned[i].assign(before[i]);
        Assert.Equal(judge.Evaluate().Gradients.Select(g => (double)g), before.Zip(after, (b, a) => b - a),
            (g, m) => g != 0 && Math.Abs(g - m) < 1e-14);

        static Callback Silent(Variable[] variables) => keras.callbacks.LambdaCallback(
            on_train_begin: _ => Array.ForEach(variables, v => v.trainable = false),
                on_train_end: _ => Array.ForEach(variables, v => v.trainable = true));
    }

    [Fact]
    public void The_example_of_the_page_on_judges_runs()
    {
        var strength = new Positive(0.01, "strength", tf.float64);
        var model = keras.Sequential([keras.Input(10), keras.layers.Dense(1, kernel_regularizer: keras.regularizers.l2(strength))]);
        model.compile("sgd", "mse");
        var training = new TrainingProblem(() => model.compute_loss(X, Y, [model.Apply(X)], null),
            model.trainable_variables.Except(model.hyper_variables));
        var judge = new UnrolledObjective(training, () => Validation(model), [strength.Raw], rate: 0.1);
        var record = new Recorder(judge.Variables);
        model.fit(X, Y, verbose: 0, callbacks: [judge.ToCallback(keras.optimizers.Adam(0.01)), record.ToCallback()]);
        Assert.Equal(["strength", "∂strength", "loss", "judge loss"], record.Names);
        // Two batches; the first step of Adam is its rate, by the logarithm of the strength: less its epsilon, 1e-7 of a gradient of 6e-5.
        Assert.Equal(0.01, Math.Abs(Math.Log(record["strength"][0] / 0.01)), 1e-4);
        Assert.Equal(2, record.Steps.Length);
    }

    [Fact]
    public void A_step_moves_a_variable_that_a_fit_must_not_move()
    {
        var v = ReferenceData.Var(1.0, "v");
        v.trainable = false;
        new TrainingObjective(() => v * v, [v]).Step(keras.optimizers.SGD(0.25));
        Assert.Equal(0.5, (double)v);
        Assert.False(v.trainable);
    }

    [Fact]
    public void Two_judges_that_move_one_variable_in_turn_are_refused_and_one_after_the_other_are_not()
    {
        var v = ReferenceData.Var(1.0, "v");
        TrainingObjective first = new(() => v * v, [v]), second = new(() => v, [v]);
        var sgd = keras.optimizers.SGD(0.1);
        first.Step(sgd);
        first.Step(sgd);
        second.Step(sgd);
        second.Step(sgd);
        Assert.Contains("only judge that moves 'v'", Assert.Throws<JudgeException>(() => first.Step(sgd)).Message);
    }

    [Fact]
    public void A_variable_among_the_weights_and_the_learned_ones_has_two_owners_and_is_refused()
    {
        var v = ReferenceData.Var(1.0, "v");
        Assert.Contains("'v' twice",
            Assert.Throws<ArgumentException>(() => new UnrolledObjective(new(() => v * v, [v]), () => v * v, [v], 0.1)).Message);
        Assert.Contains("at least one learned variable",
            Assert.Throws<ArgumentException>(() => new TrainingObjective(() => v * v, [])).Message);
        Assert.Contains("at least one weight", Assert.Throws<ArgumentException>(() => new TrainingProblem(() => v * v, [])).Message);
    }

    [Fact]
    public void A_judge_without_data_is_refused()
    {
        Variable w = ReferenceData.Var(1.0, "w"), s = ReferenceData.Var(0.1, "s");
        var training = new TrainingProblem(() => tf.square(w - 1.0) + s * w * w, [w]);
        var empty = new UnrolledObjective(training, () => tf.reduce_mean(w * ReferenceData.Zeros(0)), [s], 0.1);
        Assert.Contains("the validation set is empty", Assert.Throws<JudgeException>(empty.Evaluate).Message,
            StringComparison.OrdinalIgnoreCase);
        var constant = tf.stop_gradient(w * w);
        Assert.Contains("depends on the weights ('w')",
            Assert.Throws<JudgeException>(new UnrolledObjective(training, () => constant, [s], 0.1).Evaluate).Message);
        Assert.Contains("no loss reads 's'", Assert.Throws<JudgeException>(new TrainingObjective(() => w * w, [s]).Evaluate).Message);
        Assert.Contains("the data are empty",
            Assert.Throws<JudgeException>(new TrainingObjective(() => tf.reduce_mean(s * ReferenceData.Zeros(0)), [s]).Evaluate).Message,
                StringComparison.OrdinalIgnoreCase);
        Tensor x = tf.ones((3, 2)), none = tf.zeros((0, 2));
        Assert.Contains("at least two targets", Assert.Throws<JudgeException>(() => new EvidenceStrength(none, tf.zeros(0))).Message);
        Assert.Contains("at least two targets", Assert.Throws<JudgeException>(() => new EvidenceStrength(x, tf.ones(3))).Message);
        Assert.Contains("a row for each of the 2 targets",
            Assert.Throws<JudgeException>(new EvidenceStrength(x, tf.constant(new[] { 1.0, 2.0 })).Evaluate).Message);
        var model = Network().Model;
        Assert.Contains("Received: 0 and 0",
            Assert.Throws<JudgeException>(() => new ValidationStrength(model, X, Y, X[..0], Y[..0])).Message);
    }

    [Fact]
    public void A_variable_that_no_loss_reads_is_refused_by_every_judge()
    {
        Variable w = ReferenceData.Var(1.0, "w"), s = ReferenceData.Var(0.1, "s"), idle = ReferenceData.Var(0.1, "idle");
        var training = new TrainingProblem(() => tf.square(w - 1.0) + s * w * w, [w]);
        Tensor Other() => w * w;
        foreach (var judge in new HyperObjective[]
        {
            new UnrolledObjective(training, Other, [s, idle], 0.1),
            new ImplicitObjective(training, Other, [s, idle], new ExactSolver(), tolerance: 9),
            new TrainingObjective(training.Loss, [s, idle]),
        }) Assert.Contains("no loss reads 'idle'", Assert.Throws<JudgeException>(judge.Evaluate).Message);
        // One that only the rate reads is learned through the rate, and one that only the other loss reads directly.
        Assert.NotEqual(0,
            (double)new UnrolledObjective(training, Other, [idle], Hyperparameter.Of(() => tf.exp(idle))).Evaluate().Gradients[0]);
        Assert.Equal(1, (double)new UnrolledObjective(training, () => w * w + idle, [idle], 0.1).Evaluate().Gradients[0]);
    }

    [Fact]
    public void An_inner_problem_that_has_not_converged_is_refused_with_its_gradient_norm()
    {
        Variable w = ReferenceData.Var(3.0, "w"), s = ReferenceData.Var(0.1, "s");
        var training = new TrainingProblem(() => tf.square(w - 1.0) + s * w * w, [w]);
        // At w = 3: 2·2 + 2·0.1·3 = 4.6.
        Assert.Contains("Received: 4.6", Assert.Throws<JudgeException>(new ImplicitObjective(training, () => w * w, [s]).Evaluate).Message);
        Assert.Contains("after 2 steps",
            Assert.Throws<JudgeException>(() => training.Minimize(keras.optimizers.SGD(0.01), maxSteps: 2)).Message);
        Assert.Contains("not converged", Assert.Throws<JudgeException>(() => training.Minimize(keras.optimizers.SGD(10.0))).Message);
    }

    static Tensor Validation(Model model) => tf.reduce_mean(tf.square(model.Apply(ValidationX) - ValidationY));

    static (Model Model, Positive[] Strengths, TrainingProblem Training) Network()
    {
        tf.random.set_seed(3);
        Positive[] strengths = [new(0.02, "first", tf.float64), new(0.01, "second", tf.float64)];
        var inputs = keras.Input(10);
        var hidden =
            keras.layers.Dense(3, activation: "tanh", kernel_regularizer: keras.regularizers.l2(strengths[0]),
                bias_regularizer: keras.regularizers.l2(0.01)).Apply(inputs);
        var model = keras.Model(inputs,
            keras.layers.Dense(1, kernel_regularizer: keras.regularizers.l2(strengths[1]), bias_regularizer: keras.regularizers.l2(0.01))
                .Apply(hidden));
        model.compile(keras.optimizers.SGD(0.05), "mse");
        var weights = model.trainable_variables.Except(model.hyper_variables);
        return (model, strengths, new(() => model.compute_loss(X, Y, [model.Apply(X, training: true)], null), weights));
    }
}
