using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Recording;

public class RecorderTests
{
    readonly Variable strength = tf.Variable(1.0, name: "λ", dtype: tf.float64);
    readonly Variable weights = tf.Variable(new[] { 3.0, 4.0 }, name: "w");

    [Fact]
    public void Values_gradients_and_losses_of_each_step_are_kept()
    {
        var recorder = new Recorder([strength, weights]);
        recorder.Record(0, [tf.constant(0.5), tf.constant(new[] { 1.0, 2.0 })], ("loss", 9));
        strength.assign(0.25);
        recorder.Record(1, [null, tf.constant(new[] { 1.0, 2.0 })], ("loss", 8));
        Assert.Equal(["λ", "w[0]", "w[1]", "∂λ", "∂w[0]", "∂w[1]", "loss"], recorder.Names);
        Assert.Equal([0, 1], recorder.Steps);
        Assert.Equal([1, 0.25], recorder["λ"]);
        Assert.Equal([4, 4], recorder["w[1]"]);
        Assert.Equal([0.5, double.NaN], recorder["∂λ"]);
        Assert.Equal([9, 8], recorder["loss"]);
    }

    [Fact]
    public void In_a_notebook_it_is_a_table_of_ten_steps()
    {
        var recorder = new Recorder([strength]);
        for (var step = 0; step <= 99; step++) recorder.Record(step);
        var lines = recorder.ToString().Split('\n');
        Assert.Equal(12, lines.Length);
        Assert.Equal(["step  λ", "99    1"], [lines[0], lines[^1]]);
        Assert.StartsWith("<table><thead><tr><th>step</th><th>λ</th></tr>", Display.Shown.As("text/html", recorder));
        Assert.Equal(recorder.ToString(), Display.Shown.As("text/plain", recorder));
    }

    [Fact]
    public void A_large_variable_is_recorded_by_its_length()
    {
        var recorder = new Recorder([tf.Variable(tf.ones(100), name: "kernel")]);
        recorder.Record(0);
        Assert.Equal([10], recorder["‖kernel‖"]);
    }

    [Fact]
    public void Memory_stays_bounded_and_the_kept_steps_are_evenly_spread()
    {
        var recorder = new Recorder([strength], capacity: 64);
        for (var step = 0; step <= 10_000; step++)
        {
            strength.assign(step);
            recorder.Record(step);
        }
        var steps = recorder.Steps;
        Assert.InRange(steps.Length, 32, 65);
        Assert.Equal((0, 10_000), (steps[0], steps[^1]));
        Assert.Equal(steps, recorder["λ"]);
        Assert.All(steps.SkipLast(1), (s, i) => Assert.Equal(i * recorder.Stride, s));
    }

    [Fact]
    public void The_first_step_with_a_condition_is_found()
    {
        var recorder = new Recorder([strength]);
        foreach (var step in Enumerable.Range(0, 50))
        {
            strength.assign(1 - step / 38.5);
            recorder.Record(step);
        }
        Assert.Equal(39, recorder.First("λ", v => v < 0));
        Assert.Null(recorder.First("λ", v => v < -9));
    }

    [Fact]
    public void The_figure_shows_the_variables_with_their_judge()
    {
        var recorder = new Recorder([strength], Judge.Budget);
        recorder.Record(0, null, ("loss", 1));
        strength.assign(2);
        recorder.Record(10, null, ("loss", 0));
        var figure = recorder.ToFigure("λ rises", "λ").Truth("secular root", y: 2);
        Assert.Contains("λ: from 1 at 0 to 2 at 10.", figure.Alt);
        Assert.Contains("The judge is the constraint.", figure.Alt);
        Assert.Contains("loss: from 1 at 0 to 0 at 10.", recorder.ToFigure("t", "loss", ["loss"]).Alt);
    }

    [Fact]
    public void The_table_spreads_its_rows_over_the_steps()
    {
        var recorder = new Recorder([strength]);
        for (var step = 0; step <= 100; step++) recorder.Record(step);
        Assert.Equal(["0", "25", "50", "75", "100"], recorder.ToTable(5).Rows.Select(r => r[0]));
        Assert.Equal(["step", "λ"], recorder.ToTable().Columns);
    }

    [Fact]
    public void The_csv_file_reads_back_exactly()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var recorder = new Recorder([strength]);
        strength.assign(1.0 / 3);
        recorder.Record(0, null, ("loss, \"mean\"", 1e-300));
        recorder.ToCsv(path);
        var csv = Csv.Read(path);
        File.Delete(path);
        Assert.Equal(["step", "λ", "loss, \"mean\"", "judge of λ"], csv.Columns);
        Assert.Equal(["Train"], csv.Text("judge of λ"));
        Assert.Equal([1.0 / 3], csv.Numbers("λ"));
        Assert.Equal([1e-300], csv.Numbers("loss, \"mean\""));
    }

    [Fact]
    public void A_fit_is_recorded_step_by_step_through_a_callback()
    {
        var l2 = tf.Variable(0.01, name: "l2");
        var inputs = keras.Input(2);
        var model = keras.Model(inputs, keras.layers.Dense(1, kernel_regularizer: keras.regularizers.l2(l2)).Apply(inputs));
        model.compile(optimizer: "adam", loss: "mse");
        var recorder = new Recorder(model.hyper_variables);
        model.fit(tf.ones((6, 2)), tf.ones((6, 1)), batch_size: 2, epochs: 2, verbose: 0, callbacks: [recorder.ToCallback()]);
        Assert.Equal([1, 2, 3, 4, 5, 6], recorder.Steps);
        // The first step of Adam is its learning rate, 0.001.
        Assert.Equal(0.009, recorder["l2"][0], 1e-6);
        Assert.Equal((double)l2, recorder["l2"][^1]);
        Assert.All(recorder["loss"], loss => Assert.True(double.IsFinite(loss)));
    }

    [Fact]
    public void A_fit_records_the_gradient_that_moved_each_variable()
    {
        var v = tf.Variable(0.5, name: "v");
        var inputs = keras.Input(1);
        var model = keras.Model(inputs, inputs * v);
        model.compile(keras.optimizers.SGD(0.1), "mse");
        var recorder = new Recorder([v]);
        model.fit(tf.ones((4, 1)), tf.ones((4, 1)), batch_size: 4, epochs: 2, verbose: 0, callbacks: [recorder.ToCallback()]);
        // d/dv (v − 1)² = 2(v − 1): −1, then v = .6 and −.8; float32.
        Assert.Equal([-1, -0.8], recorder["∂v"], (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([0.6, 0.68], recorder["v"], (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_domain_variable_is_recorded_in_natural_units_under_its_own_name()
    {
        var rate = new Positive(0.25, "rate");
        var recorder = new Recorder([rate.Raw, new Simplex(new[] { 0.75, 0.25 }, "share").Raw]);
        recorder.Record(0);
        Assert.Equal(["rate", "share[0]", "share[1]"], recorder.Names);
        Assert.Equal(0.25, recorder["rate"][0], 1e-7);
        Assert.Equal(0.75, recorder["share[0]"][0], 1e-12);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void Each_variable_has_the_judge_that_moves_it()
    {
        var price = new Multiplier(dtype: tf.float64);
        var recorder = new Recorder([price.Value, strength, weights]);
        var judge = new UnrolledObjective(new(() => tf.reduce_sum(tf.square(weights)) * (1 + strength), [weights]),
            () => tf.reduce_sum(weights), [strength], 0.1);
        var judged = judge.Step(keras.optimizers.SGD(0.1));
        recorder.Record(1, [null, judged.Gradients[0], null], ("validation", judged.Loss));
        Assert.Equal([Judge.Budget, Judge.Validation, Judge.Train, Judge.Validation],
            new[] { "multiplier", "λ", "w[0]", "∂λ" }.Select(recorder.JudgeOf));
        // One step of .1 of 2·(1 + λ)·w: d/dλ Σw' = −.1 · 2 · Σw = −1.4.
        Assert.Equal(-1.4, recorder["∂λ"][0], 1e-12);
        Assert.EndsWith("Judged by the training loss: w[0], w[1]. Judged by other data: λ. Judged by a constraint: multiplier.",
            recorder.ToFigure("t", "y").Alt);
    }

    [Fact]
    public void A_judge_and_a_record_attach_to_a_fit_in_one_line_each()
    {
        var l2 = new Positive(0.5, "l2");
        var inputs = keras.Input(1);
        var layer = keras.layers.Dense(1, use_bias: false, kernel_initializer: "ones", kernel_regularizer: keras.regularizers.l2(l2));
        var model = keras.Model(inputs, layer.Apply(inputs));
        Tensor x = tf.ones((4, 1)), y = 2 * tf.ones((4, 1));
        model.compile(keras.optimizers.SGD(0.1), "mse");
        var training = new TrainingProblem(() => model.compute_loss(x, y, [model.Apply(x)], null), [layer.kernel!]);
        var judge = new UnrolledObjective(training, () => tf.reduce_mean(tf.square(model.Apply(x) - y)), [l2.Raw], 0.1);
        var recorder = new Recorder(judge.Variables);
        model.fit(x, y, epochs: 30, verbose: 0, callbacks: [judge.ToCallback(keras.optimizers.SGD(0.5)), recorder.ToCallback()]);
        // The validation data want no penalty, so the judge takes it away, and says by which gradient.
        Assert.True(recorder["l2"][^1] < recorder["l2"][0]);
        Assert.All(recorder["∂l2"], g => Assert.True(g > 0));
        Assert.Equal(Judge.Validation, recorder.JudgeOf("l2"));
        Assert.Equal(Judge.Validation, recorder.JudgeOf("judge loss"));
        Assert.Equal(30, recorder["judge loss"].Distinct().Count());

        // The judge has gone: the training loss moves the strength, and the record says by which gradient.
        var last = recorder["∂l2"][^1];
        model.fit(x, y, epochs: 2, verbose: 0, callbacks: [recorder.ToCallback()]);
        Assert.Equal(Enumerable.Range(1, 32).Select(s => (double)s), recorder.Steps);
        Assert.DoesNotContain(last, recorder["∂l2"][^2..]);
        Assert.Equal([Judge.Validation, Judge.Train, Judge.Train], recorder.JudgesOf("l2")[^3..]);
        Assert.Equal(Judge.Train, recorder.JudgeOf("∂l2"));
        Assert.Equal([double.NaN, double.NaN], recorder["judge loss"][^2..]);
    }

    [Fact]
    public void A_judge_that_begins_to_speak_later_has_a_loss_from_then_on()
    {
        var l2 = new Positive(0.5, "l2");
        var model = keras.Sequential([keras.Input(1), keras.layers.Dense(1, kernel_regularizer: keras.regularizers.l2(l2))]);
        model.compile(keras.optimizers.SGD(0.1), "mse");
        var judge = new TrainingObjective(() => tf.square(l2.Value), [l2.Raw]);
        var recorder = new Recorder(judge.Variables);
        model.fit(tf.ones((4, 1)), tf.ones((4, 1)), epochs: 3, verbose: 0,
            callbacks: [judge.ToCallback(keras.optimizers.SGD(0.0), every: 2), recorder.ToCallback()]);
        Assert.Equal([double.NaN, 0.25, 0.25], recorder["judge loss"],
            (a, b) => double.IsNaN(a) ? double.IsNaN(b) : Math.Abs(a - b) < 1e-6);
        Assert.Equal(recorder.Names.Count + 1, recorder.ToTable().Rows[0].Count);
    }

    [Fact]
    public void A_train_step_of_ones_own_without_a_loss_in_its_logs_is_recorded_as_far_as_it_is_known()
    {
        var model = new Silent();
        model.compile(keras.optimizers.SGD(0.1), "mse");
        var recorder = new Recorder([model.V]);
        model.fit(tf.ones((4, 1)), tf.ones((4, 1)), verbose: 0, callbacks: [recorder.ToCallback()]);
        Assert.Equal([0.25], recorder["v"]);
        Assert.Equal([double.NaN, double.NaN], [recorder["∂v"][0], recorder["loss"][0]]);
    }

    sealed class Silent : Model
    {
        public Variable V { get; } = tf.Variable(0.5, name: "v");

        public override Logs train_step(Batch x, Batch? y, Batch? sample_weight)
        {
            V.assign(V * 0.5);
            return [];
        }
    }

    [Fact]
    public void TensorBoard_gets_values_gradients_and_losses_of_every_kept_step()
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var recorder = new Recorder([strength]);
        foreach (var step in Enumerable.Range(1, 3)) recorder.Record(step, [tf.constant(0.5)], ("loss", 1.0 / step));
        recorder.ToTensorBoard(folder);
        var scalars = EventScalars.Read(folder);
        Directory.Delete(folder, recursive: true);
        Assert.Equal([1, 2, 3], scalars.Where(s => s.Tag == "learned/λ").Select(s => s.Step));
        Assert.Equal([0.5f, 0.5f, 0.5f], scalars.Where(s => s.Tag == "gradient/λ").Select(s => s.Value));
        Assert.Equal([1f, 1f / 2, 1f / 3], scalars.Where(s => s.Tag == "loss/loss").Select(s => s.Value));
    }

    [Fact]
    public void Recording_does_not_disturb_an_open_tape()
    {
        var recorder = new Recorder([strength]);
        using var tape = tf.GradientTape();
        var loss = strength * strength;
        recorder.Record(0);
        Assert.Equal(2, tape.gradient(loss, strength).Item<double>());
    }

    [Fact]
    public void What_does_not_fit_the_first_step_is_refused()
    {
        var recorder = new Recorder([strength]);
        recorder.Record(0, null, ("loss", 1));
        Assert.Contains("expected the series of the first step (λ, loss)",
            Assert.Throws<ArgumentException>(() => recorder.Record(1)).Message);
        Assert.Contains("expected 1 gradients",
            Assert.Throws<ArgumentException>(() => recorder.Record(1, [null, null], ("loss", 1))).Message);
        Assert.Contains("expected one of λ, loss", Assert.Throws<KeyNotFoundException>(() => recorder["w"]).Message);
        Assert.Contains("different names",
            Assert.Throws<ArgumentException>(() => new Recorder([tf.Variable(1.0), tf.Variable(2.0)])).Message);
    }
}
