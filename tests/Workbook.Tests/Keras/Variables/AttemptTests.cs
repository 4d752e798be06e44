using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Training;
using Xunit;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;

namespace Workbook.Tests.Keras.Variables;

/// <summary>
/// The ways in which one may bring a variable into a model, each with what it does in TensorFlow in its name's place of the article's
/// table.
/// Here each trains, or is reported with a message that names the variable. None is silent.
/// </summary>
public class AttemptTests
{
    public static TheoryData<string> ThatTrain => [.. Attempts.Trained.Keys];

    public static TheoryData<string> ThatCannotTrain => [.. Attempts.Reported.Keys];

    [Theory]
    [MemberData(nameof(ThatTrain))]
    public void A_variable_trains(string attempt)
    {
        tf.random.set_seed(5);
        var v = tf.Variable(0.3, name: "v");
        var model = Attempts.Trained[attempt](v);
        var said = ErrorStream.Anew(() => Fit(model));
        Assert.Contains(v, model.trainable_variables);
        Assert.Contains(v, model.hyper_variables);
        Assert.True(double.IsFinite((double)v), $"v is {(double)v}");
        Assert.NotEqual(0.3f, (float)v);
        Assert.DoesNotContain("does not own", said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ThatCannotTrain))]
    public void A_variable_that_cannot_train_is_named_in_a_warning(string attempt)
    {
        tf.random.set_seed(5);
        var v = tf.Variable(0.3, name: "v");
        var said = ErrorStream.Anew(() => Fit(Attempts.Reported[attempt].Model(v)));
        Assert.Contains(Attempts.Reported[attempt].Words, said, StringComparison.Ordinal);
        Assert.Contains("'v'", said, StringComparison.Ordinal);
        Assert.Equal(0.3f, (float)v);
    }

    [Fact]
    public void The_page_on_variables_lists_exactly_these_rows()
    {
        var listed = File.ReadLines(Repository.File("docs/variables.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .Select(l => l[3..l.IndexOf('`', 3)]);
        Assert.Equal(Attempts.Trained.Keys.Concat(Attempts.Reported.Keys), listed);
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
        var kernel = tf.Variable(tf.ones((3, 1)), name: "a kernel without add_weight");
        var inputs = keras.Input(3);
        var model = keras.Model(inputs, new HasKernel(kernel).Apply(layers.Dense(3, kernel_initializer: "ones").Apply(inputs * v)));
        // Without slopes only decay moves: w −= w·weight_decay·rate.
        model.compile(optimizers.SGD(0.1, weight_decay: 0.5), losses.Lambda((_, p) => 0.0 * p));
        model.train_on_batch(X, Y);
        Assert.Equal(0.3f, (float)v);
        Assert.Equal([v], model.hyper_variables);
        Assert.All(model.layers[0].get_weights()[0].ToArray<float>(), w => Assert.Equal(0.95f, w, 1e-6f));
        Assert.All(kernel.value().ToArray<float>(), w => Assert.Equal(0.95f, w, 1e-6f));
    }

    [Fact]
    public void A_matrix_in_a_field_is_a_weight_and_a_vector_is_brought_in()
    {
        var (matrix, vector) = (tf.Variable(tf.ones((3, 1)), name: "matrix"), tf.Variable(tf.ones(3), name: "vector"));
        var model = keras.Sequential([keras.Input(3), layers.Lambda(t => t * vector), new HasKernel(matrix)]);
        Assert.Equal([vector], model.hyper_variables);
        model.compile(optimizers.SGD(0.0), "mse", hyper_optimizer: optimizers.SGD(0.1));
        model.fit(X, Y, verbose: 0);
        Assert.Equal([1, 1, 1], matrix.value().ToArray<float>());
        Assert.NotEqual([1, 1, 1], vector.value().ToArray<float>());
    }

    [Fact]
    public void A_loss_that_is_not_finite_names_the_step_and_the_first_variable()
    {
        var v = tf.Variable(1.0, name: "exponent");
        var model = Functional(x => layers.Dense(1).Apply(tf.math.pow(x - 0.5, v)));
        model.compile(optimizers.SGD(0.02), "mse");
        var said = ErrorStream.Anew(() => model.fit(X, Y, epochs: 2, verbose: 0));
        Assert.Contains("step", said, StringComparison.Ordinal);
        Assert.Contains("'exponent'", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_not_finite_names_its_part_and_the_first_activation()
    {
        var inputs = keras.Input(3);
        var model = keras.Model(inputs,
            layers.Dense(1, name: "out").Apply(layers.Activation(t => tf.log(t - 5.0), name: "logarithm").Apply(inputs)));
        model.compile(optimizers.SGD(0.02), "mse");
        var said = ErrorStream.Anew(() => model.fit(X, Y, verbose: 0));
        Assert.Contains("in step 1 of its optimizer, through the loss of output 'out'", said, StringComparison.Ordinal);
        Assert.Contains("the output of 'logarithm'", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_penalty_that_is_not_finite_is_named()
    {
        var model = Regularised(regularizers.Lambda(w => tf.log(-tf.reduce_sum(tf.square(w)))));
        var said = ErrorStream.Anew(() => Fit(model));
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
        var model = Attempts.Trained[attempt](v);
        if (model.optimizer is null) model.compile(optimizers.SGD(0.02), "mse");
        var said = ErrorStream.Anew(() => model.train_on_batch(X, model.output_names.Count == 2 ? (Batch)new[] { Y, Y } : Y));
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
        var model = Attempts.Trained[attempt](tf.Variable(0.3, name: "v"));
        Assert.DoesNotContain("no lower bound", ErrorStream.Anew(() => Fit(model)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_kink_far_away_is_no_reason_for_suspicion()
    {
        // |x·v − y| is affine in v here, and bounded below all the same.
        var model = Functional(x => x * tf.Variable(0.3, name: "v"));
        model.compile(optimizers.SGD(0.02), "mae");
        Assert.DoesNotContain("no lower bound", ErrorStream.Anew(() => model.fit(X, 9 * X, verbose: 0)), StringComparison.Ordinal);
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
}
