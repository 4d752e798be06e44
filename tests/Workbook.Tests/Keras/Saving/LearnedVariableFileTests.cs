using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Saving;

/// <summary>What a learned variable becomes in a file, and what comes back: the table of docs/keras-files.md.</summary>
public sealed class LearnedVariableFileTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string Path(string name = "model.keras") => System.IO.Path.Combine(folder, name);

    [Fact]
    public void A_strength_is_a_number_in_the_file_and_a_variable_here_again()
    {
        var strength = tf.Variable(0.25, name: "strength");
        var model = keras.Sequential([keras.Input(3), layers.Dense(2, kernel_regularizer: regularizers.l2(strength))]);
        model.save(Path());
        Assert.Contains("\"l2\": 0.25", Config());
        var again = models.load_model(Path());
        Assert.Equal(["strength"], again.hyper_variables.Select(v => v.name));
        Assert.Equal(0.25, (double)again.hyper_variables[0].value());
        Assert.Equal((double)model.losses.Single(), (double)again.losses.Single(), 1e-6);
    }

    static (Model Model, Func<float[]> Weights) Learning(Optimizer optimizer, Optimizer? hyper)
    {
        var strength = tf.Variable(0.25, name: "strength");
        var model = keras.Sequential([keras.Input(3), layers.Rescaling(tf.Variable(1.5, name: "scale")),
            layers.Dense(1, kernel_regularizer: regularizers.l2(Hyperparameter.Of(() => tf.exp(strength))))]);
        model.compile(optimizer, "mse", hyper_optimizer: hyper);
        return (model, () => [.. model.variables.SelectMany(v => v.value().ToArray<float>())]);
    }

    static void Train(Model model) =>
        model.fit(Variables.Attempts.X, Variables.Attempts.Y, epochs: 3, batch_size: 8, shuffle: false, verbose: 0);

    public static TheoryData<string, string?> Movers => new()
    {
        { "adam", null }, { "nadam", null }, { "rmsprop", "adam" }, { "adam", "adam" }, { "sgd", "nadam" },
    };

    [Theory]
    [MemberData(nameof(Movers))]
    public void Training_goes_on_where_it_ended_for_learned_numbers_too(string optimizer, string? hyper)
    {
        var (first, weights) = Learning(optimizer, hyper is null ? null : (Optimizer)hyper);
        Train(first);
        first.save_weights(Path("model.weights.h5"));
        var (second, again) = Learning(optimizer, hyper is null ? null : (Optimizer)hyper);
        second.load_weights(Path("model.weights.h5"));
        Train(first);
        Train(second);
        Same(weights(), again());
    }

    /// <summary>Keras writes a rate as float32, which may turn a last digit.</summary>
    static void Same(float[] expected, float[] received)
    {
        Assert.Equal(expected.Length, received.Length);
        foreach (var (e, r) in expected.Zip(received)) Assert.Equal(e, r, 1e-6f);
    }

    [Fact]
    public void A_whole_model_goes_on_where_it_ended_for_learned_numbers_too()
    {
        var strength = tf.Variable(0.25, name: "strength");
        var first = keras.Sequential([keras.Input(3), layers.Rescaling(tf.Variable(1.5, name: "scale")),
            layers.Dense(1, kernel_regularizer: regularizers.l2(strength))]);
        first.compile("adam", "mse");
        Train(first);
        first.save(Path());
        var second = models.load_model(Path());
        Train(first);
        Train(second);
        float[] Weights(Model model) => [.. model.variables.OrderBy(v => v.name, StringComparer.Ordinal)
            .SelectMany(v => v.value().ToArray<float>())];
        Same(Weights(first), Weights(second));
    }

    [Fact]
    public void A_rate_a_slope_and_an_epsilon_too()
    {
        Variable rate = tf.Variable(0.25, name: "rate"), slope = tf.Variable(0.125, name: "slope"),
            scale = tf.Variable(tf.constant(new[] { 1f, 2, 4 }), name: "scale");
        var model = keras.Sequential([keras.Input(3), layers.Rescaling(scale), layers.LeakyReLU(slope), layers.Dropout(rate)]);
        model.save(Path());
        var again = models.load_model(Path());
        Assert.Equal(["rate", "scale", "slope"], again.hyper_variables.Select(v => v.name).Order());
        var x = tf.constant(new[,] { { 1f, -2, 3 } });
        Assert.Equal(model.Apply(x).ToArray<float>(), again.Apply(x).ToArray<float>());
        Assert.False(File.Exists(Path("workbook_layers.py")));
    }

    [Fact]
    public void A_variable_between_layers_becomes_a_layer_that_trains_and_a_page_for_Python_stands_beside()
    {
        var (power, weight) = (tf.Variable(1.5, name: "power"), tf.Variable(tf.constant(new[] { 0.5f, 2 }), name: "weight"));
        var x = keras.Input(2, name: "x");
        var model = keras.Model(x, layers.Dense(1).Apply(1.0 - weight * tf.pow(tf.abs(x), power)));
        model.save(Path());
        Assert.True(File.Exists(Path("workbook_layers.py")));
        var again = models.load_model(Path());
        var data = tf.constant(new[,] { { 1f, -2 }, { 0.5f, 3 } });
        Assert.Equal(model.Apply(data).ToArray<float>(), again.Apply(data).ToArray<float>());
        Assert.Equal(2, again.layers.OfType<LearnedOperation>().Count());
        Assert.Equal([1.5, 0.5, 2], again.layers.OfType<LearnedOperation>().SelectMany(l => l.value!.value().ToArray<double>()));
        again.compile("sgd", "mse");
        again.train_on_batch(data, tf.ones((2, 1)));
        Assert.NotEqual(1.5, (double)again.layers.OfType<LearnedOperation>().First().value!.value());
        again.save(Path("again.keras"));
        Assert.Equal(again.Apply(data).ToArray<float>(), models.load_model(Path("again.keras")).Apply(data).ToArray<float>());
    }

    [Fact]
    public void A_function_of_variables_is_written_as_its_number_now()
    {
        var raw = tf.Variable(0.0, name: "raw");
        var x = keras.Input(2);
        keras.Model(x, x * KerasOperand.Of(() => tf.exp(raw))).save(Path());
        Assert.DoesNotContain("LearnedOperation", Config());
        Assert.Equal(3f, models.load_model(Path()).Apply(tf.constant(new[,] { { 3f, 4 } })).ToArray<float>()[0]);
    }

    [Fact]
    public void A_variable_at_two_places_is_said()
    {
        var v = tf.Variable(2.0, name: "both");
        var x = keras.Input(2);
        Assert.Contains("'both' stands at several places", ErrorStream.Of(() => keras.Model(x, x * v + v).save(Path())));
    }

    [Fact]
    public void Code_between_layers_is_refused_and_the_old_file_stays()
    {
        File.WriteAllText(Path(), "old");
        var v = tf.Variable(2.0, name: "v");
        var x = keras.Input(2);
        Assert.Contains("'then'", Assert.Throws<ModelException>(() => keras.Model(x, x.Then(t => t * v)).save(Path())).Message);
        Assert.Contains("function", Assert.Throws<ModelException>(
            () => keras.Sequential([keras.Input(2), layers.Dense(1, activation: t => t * v)]).save(Path())).Message);
        Assert.Contains("Lambda", Assert.Throws<ModelException>(
            () => keras.Sequential([keras.Input(2), layers.Lambda(t => t)]).save(Path())).Message);
        Assert.Equal("old", File.ReadAllText(Path()));
    }

    [Fact]
    public void Weights_alone_keep_every_variable()
    {
        Model Make(double first)
        {
            var (rate, strength) = (tf.Variable(first, name: "rate"), tf.Variable(first / 2, name: "strength"));
            return keras.Sequential([keras.Input(3), layers.Dense(2, kernel_regularizer: regularizers.l2(strength)), layers.Dropout(rate)]);
        }
        var (model, other) = (Make(0.5), Make(0.25));
        model.save_weights(Path("a.weights.h5"));
        other.load_weights(Path("a.weights.h5"));
        Assert.Equal(model.variables.SelectMany(v => v.value().ToArray<double>()), other.variables.SelectMany(v =>
            v.value().ToArray<double>()));
    }

    [Fact]
    public void A_model_of_ones_own_saves_its_weights_and_says_that_its_code_stays_here()
    {
        var (model, other) = (new Two(), new Two());
        var x = tf.ones((2, 3));
        model.Apply(x);
        other.Apply(x);
        model.save_weights(Path("own.weights.h5"));
        other.load_weights(Path("own.weights.h5"));
        Assert.Equal(model.Apply(x).ToArray<float>(), other.Apply(x).ToArray<float>());
        Assert.Contains("save_weights", Assert.Throws<ModelException>(() => model.save(Path())).Message);
    }

    [Fact]
    public void A_checkpoint_takes_its_format_from_the_name()
    {
        foreach (var name in new[] { "best.keras", "best.weights.h5", "best.npz" })
        {
            var model = keras.Sequential([keras.Input(2), layers.Dense(1)]);
            model.compile("adam", "mse");
            model.fit(tf.ones((4, 2)), tf.ones((4, 1)), epochs: 2, verbose: 0, callbacks: [callbacks.ModelCheckpoint(Path(name))]);
            Assert.True(File.Exists(Path(name)));
            if (!name.EndsWith(".keras")) continue;
            var again = models.load_model(Path(name));
            Assert.Equal(2, again.optimizer!.iterations);
            Assert.Equal(model.train_on_batch(tf.ones((4, 2)), tf.ones((4, 1)))["loss"], again.train_on_batch(tf.ones((4, 2)),
                tf.ones((4, 1)))["loss"], 1e-6);
        }
        Assert.Contains(".keras", Assert.Throws<ArgumentException>(() => callbacks.ModelCheckpoint(Path("best.h5"))).Message);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("adam")]
    [InlineData("amsgrad")]
    [InlineData("adamw")]
    [InlineData("rmsprop")]
    [InlineData("centered")]
    [InlineData("adagrad")]
    [InlineData("adadelta")]
    [InlineData("adamax")]
    [InlineData("nadam")]
    [InlineData("lion")]
    [InlineData("ftrl")]
    [InlineData("average")]
    [InlineData("accumulate")]
    [InlineData("schedule")]
    public void Training_goes_on_from_a_file_as_if_nothing_had_been(string name)
    {
        var model = keras.Sequential([keras.Input(3), layers.Dense(4, activation: "tanh"), layers.Dense(1)]);
        model.compile(Optimizers(name), "mse", metrics: ["mae"]);
        var (x, y) = (tf.random.normal((8, 3), seed: 1), tf.random.normal((8, 1), seed: 2));
        for (var i = 0; i < 3; i++) model.train_on_batch(x, y);
        model.save(Path());
        var again = models.load_model(Path());
        for (var i = 0; i < 4; i++) Assert.Equal(model.train_on_batch(x, y)["loss"], again.train_on_batch(x, y)["loss"], 1e-5);
    }

    internal static Optimizer Optimizers(string name) => name switch
    {
        "momentum" => optimizers.SGD(0.05, momentum: 0.9, nesterov: true, clipnorm: 1),
        "amsgrad" => optimizers.Adam(0.01, amsgrad: true),
        "centered" => optimizers.RMSprop(0.01, momentum: 0.5, centered: true),
        "average" => optimizers.Adam(0.01, use_ema: true, ema_momentum: 0.9),
        "accumulate" => optimizers.Adam(0.01, gradient_accumulation_steps: 2),
        "schedule" => optimizers.SGD(optimizers.schedules.ExponentialDecay(0.1, 2, 0.5)),
        _ => name,
    };

    string Config() => KerasArchive.Read(Path()).Config;

    sealed class Two : Model
    {
        readonly Dense zebra = layers.Dense(4, activation: "relu"), alpha = layers.Dense(2);

        public override Tensor call(Tensor inputs, bool training) => alpha.Apply(zebra.Apply(inputs));
    }
}
