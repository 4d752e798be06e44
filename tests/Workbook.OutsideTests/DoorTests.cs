using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.OutsideTests;

/// <summary>What somebody can write who has the assemblies and not their internals.</summary>
public class DoorTests
{
    static readonly Tensor x = new[,] { { 1.0 }, { 2.0 }, { 3.0 }, { 4.0 } }, y = new[,] { { 2.0 }, { 4.0 }, { 6.0 }, { 8.0 } };

    [Fact]
    public void No_assembly_shows_its_internals_to_this_one() =>
        Assert.DoesNotContain(
            new[] { typeof(Tensor), typeof(Optimizer), typeof(Recorder) }.SelectMany(t => t.Assembly.GetCustomAttributesData()),
            a => a.AttributeType.Name == "InternalsVisibleToAttribute" && a.ConstructorArguments[0].Value is string name
                && name.StartsWith("Workbook.OutsideTests", StringComparison.Ordinal));

    [Fact]
    public void An_optimizer_of_ones_own_follows_its_rule()
    {
        var w = tf.Variable(new[] { 1.0, 1.0 });
        var optimizer = new Signum(0.1, beta: 0.5);
        // m: 2, −1 (signs +, −); then ½·(1, −½) + ½·(−1.6, 0) = (−0.3, −0.25): both signs are −.
        optimizer.apply_gradients([(tf.constant(new[] { 2.0, -1.0 }), w)]);
        Assert.Equal([0.9, 1.1], w.read_value().ToArray<double>().Select(v => Math.Round(v, 12)));
        optimizer.apply_gradients([(tf.constant(new[] { -1.6, 0.0 }), w)]);
        Assert.Equal([1.0, 1.2], w.read_value().ToArray<double>().Select(v => Math.Round(v, 12)));
        Assert.Equal(2, optimizer.iterations);
        Assert.Equal(["Variable/momentum"], optimizer.variables.Select(v => v.name));
    }

    [Fact]
    public void What_every_optimizer_does_is_done_around_a_rule_of_ones_own()
    {
        var w = tf.Variable(1.0, dtype: tf.float64);
        var optimizer = new Signum(0.1) { weight_decay = 0.5, clipvalue = 1.0 };
        optimizer.apply_gradients([(tf.constant(3.0, tf.float64), w)]);
        // 1 − 1·0.5·0.1, then a step of 0.1.
        Assert.Equal(0.85, (double)w, 12);
        Assert.Equal(0.1, (double)optimizer.variables[0], 12);
    }

    [Fact]
    public void An_optimizer_of_ones_own_trains_a_model()
    {
        var model = Model(out var kernel);
        model.compile(new Signum(optimizers.schedules.ExponentialDecay(0.1, 20, 0.5)), "mse");
        model.fit(x, y, batch_size: 4, epochs: 150, verbose: 0);
        // It oscillates around 2, by less and less.
        Assert.InRange((double)kernel, 1.99, 2.01);
    }

    [Fact]
    public void A_recorder_of_ones_own_sees_the_gradient_of_each_step()
    {
        var model = Model(out _);
        var recorder = new GradientNorms();
        model.compile(optimizers.SGD(0.01), "mse");
        model.fit(x, y, batch_size: 4, epochs: 2, verbose: 0, callbacks: [recorder]);
        // d/dk mean (k·x − 2·x)² = 2·(k − 2)·mean x², with mean x² = 7.5; k goes from 0 to 0.3.
        Assert.Equal([30, 25.5], Assert.Single(recorder.Norms).Value.Select(n => Math.Round(n, 4)));
        Assert.Empty(model.LatestGradients);
    }

    [Fact]
    public void A_judge_of_ones_own_moves_its_variable_while_a_fit_moves_the_weights()
    {
        tf.random.set_seed(1);
        // Scores of ±4 that are right in three cases of four: the likelihood is greatest where 4 / temperature is the log-odds of ¾, log 3,
        // halved by the two scores' distance of 8.
        Tensor scores = new[,] { { 4.0, -4.0 }, { 4.0, -4.0 }, { 4.0, -4.0 }, { 4.0, -4.0 } }, labels = new[] { 0, 0, 0, 1 };
        var temperature = new Positive(1.0, "temperature", tf.float64);
        var judge = new Calibration(temperature, () => scores, labels);
        var recorder = new Recorder([temperature.Raw]);
        var model = Model(out var kernel);
        model.compile(optimizers.SGD(0.01), "mse");
        model.fit(x, y, batch_size: 1, epochs: 100, verbose: 0,
            callbacks: [judge.ToCallback(optimizers.Adam(0.05)), recorder.ToCallback()]);
        Assert.Equal(8 / Math.Log(3), (double)temperature.Value, 3);
        Assert.Equal(2, (double)kernel, 3);
        Assert.Equal(Judge.Validation, recorder.JudgeOf("temperature"));
        Assert.True(temperature.Raw.trainable);
    }

    [Fact]
    public void A_callback_gives_back_what_it_took_also_when_a_fit_fails()
    {
        var callback = new Failing();
        var model = Model(out _);
        model.compile("sgd", "mse");
        Assert.Throws<InvalidOperationException>(() => model.fit(x, y, verbose: 0, callbacks: [callback]));
        Assert.True(callback.Released);
    }

    [Fact]
    public void The_page_on_extending_shows_the_code_that_is_compiled_here()
    {
        var root = Root();
        var blocks = File.ReadAllText(Path.Combine(root, "docs/extend.md")).ReplaceLineEndings("\n").Split("```csharp\n").Skip(1)
            .Select(b => b[..b.IndexOf("```", StringComparison.Ordinal)]);
        Assert.Equal(
            new[] { "Signum", "GradientNorms", "Calibration" }.Select(
                n => File.ReadAllText(Path.Combine(root, $"tests/Workbook.OutsideTests/{n}.cs")).ReplaceLineEndings("\n")), blocks);
    }

    static Model Model(out Variable kernel)
    {
        var dense = layers.Dense(1, use_bias: false, kernel_initializer: "zeros");
        var model = keras.Sequential([keras.Input(1), dense]);
        kernel = Assert.Single(dense.variables);
        return model;
    }

    static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Workbook.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"Workbook.sln was not found above {AppContext.BaseDirectory}.");
    }

    sealed class Failing : Callback
    {
        public bool Released { get; private set; }

        public override void on_train_batch_end(int batch, Dictionary<string, double> logs) =>
            throw new InvalidOperationException("on purpose");

        public override void Release() => Released = true;
    }
}
