using System.Text.Json;
using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers;

/// <summary>The doctor's report, what it leaves behind (nothing), and what it says of patients that cannot be examined.</summary>
public sealed class DoctorTests
{
    static readonly Tensor x = tf.random.normal((32, 4), seed: 1), y = tf.reduce_sum(x, axis: 1, keepdims: true) + 0.5;

    static Model Net(Variable v, bool compile = true, params Layer[] more)
    {
        var inputs = keras.Input(4);
        var hidden = inputs.Then(t => t * v);
        foreach (var layer in more) hidden = layer.Apply(hidden);
        var model = keras.Model(inputs, layers.Dense(1).Apply(hidden));
        if (compile) model.compile(optimizers.Adam(0.01), "mse");
        return model;
    }

    static string Bits(IEnumerable<Variable> variables) => string.Join("|", variables.Select(v => $"{v.name}:{v.dtype}:"
        + string.Join(",", v.value().ToArray<double>().Select(BitConverter.DoubleToInt64Bits))));

    [Fact]
    public void A_sound_variable_has_its_row_and_nothing_is_found()
    {
        var report = Doctor.Examine(Net(tf.Variable(1.5f, name: "scale")), x, y);
        var row = Assert.Single(report.Rows);
        Assert.Equal(("scale", Fate.Learned), (row.Name, row.Fate));
        Assert.Equal("Adam(0.01)", row.Mover);
        Assert.Equal(1.5, row.Value[0]);
        Assert.Same(report, report.ThrowIfAny());
    }

    [Fact]
    [Trait("speed", "slow")]
    public void Nothing_of_a_model_is_changed_bit_for_bit()
    {
        double[] Onward(bool examined)
        {
            tf.random.set_seed(3);
            var own = tf.Variable(1.5f, name: "scale");
            var net = Net(own, true, layers.BatchNormalization(), layers.Dropout(0.3, seed: 5));
            net.compile(optimizers.Adam(0.01), "mse", metrics: ["mae"], hyper_optimizer: new SGD(0.01, momentum: 0.9));
            List<double> seen = [.. net.fit(x, y, epochs: 2, batch_size: 8, verbose: 0).history["loss"]];
            if (examined)
            {
                Variable[] all = [.. net.variables, .. net.optimizer!.variables, .. net.hyper_optimizer!.variables];
                var (before, made) = (Bits(all), net.optimizer.iterations);
                Doctor.Examine(net, x, y);
                Assert.Equal(before, Bits([.. net.variables, .. net.optimizer.variables, .. net.hyper_optimizer.variables]));
                Assert.Equal(made, net.optimizer.iterations);
            }
            seen.Add(tf.random.generator.NextUniform());
            var history = net.fit(x, y, epochs: 2, batch_size: 8, verbose: 0).history;
            return [.. seen, .. history["loss"], .. history["mae"], .. own.value().ToArray<double>()];
        }
        Assert.Equal(Onward(examined: false), Onward(examined: true));
    }

    [Fact]
    public void A_model_that_is_not_built_is_built_afterwards_as_if_nobody_had_looked()
    {
        Tensor First(bool examined)
        {
            tf.random.set_seed(4);
            var model = keras.Sequential([layers.Dense(3, kernel_regularizer: regularizers.l2(new Positive(0.1))), layers.Dense(1)]);
            model.compile("sgd", "mse");
            if (examined) Doctor.Examine(model, x, y, options: new() { Checks = ["D1", "D2"] });
            return model.predict(x);
        }
        Assert.Equal(First(false).ToArray<double>(), First(true).ToArray<double>());
    }

    [Fact]
    public void Counters_of_techniques_and_closures_are_as_before()
    {
        var (weights, calls) = (new UncertaintyWeights(2), 0);
        Doctor.Examine(() =>
        {
            calls++;
            return weights.Loss(tf.constant(0f), tf.constant(1f));
        }, [weights.LogVariances], optimizers.SGD(0.1));
        Assert.Equal(0, calls);
        var said = ErrorStream.Of(() =>
        {
            for (var i = 0; i < 9; i++) weights.Loss(tf.constant(0f), tf.constant(1f));
        });
        Assert.Equal("", said);
        Assert.Contains("has been at 0", ErrorStream.Of(() => weights.Loss(tf.constant(0f), tf.constant(1f))), StringComparison.Ordinal);
    }

    [Fact]
    public void It_prints_nothing_and_a_fit_says_afterwards_what_it_would_have_said()
    {
        var strength = tf.Variable(0.01f, name: "strength");
        var model = keras.Sequential([keras.Input(4), layers.Dense(1, kernel_regularizer: regularizers.l2(strength))]);
        model.compile("sgd", "mse");
        Assert.Equal("", ErrorStream.Of(() => Doctor.Examine(model, x, y)));
        Assert.Contains("no lower bound", ErrorStream.Of(() => model.fit(x, y, verbose: 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_not_compiled_is_refused() =>
        Assert.Contains("expected compile", Assert.Throws<ModelException>(() =>
            Doctor.Examine(Net(tf.Variable(1f), compile: false), x, y)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_batch_of_one_row_is_remarked()
    {
        var report = Doctor.Examine(Net(tf.Variable(1.5f, name: "scale")), x[..1], y[..1]);
        Assert.Contains(report.Remarks, r => r.Contains("one row", StringComparison.Ordinal));
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_the_examination()
    {
        var report = Doctor.Examine(Net(tf.Variable(float.NaN, name: "scale")), x, y);
        var found = Assert.Single(report.Findings);
        Assert.Contains("The loss is NaN", found.Cause, StringComparison.Ordinal);
        Assert.Contains("'scale'", found.Cause, StringComparison.Ordinal);
        Assert.Null(Assert.Single(report.Rows).Fate);
        Assert.Throws<DoctorException>(() => report.ThrowIfAny(Certainty.Proof));
    }

    [Fact]
    public void A_model_without_learned_variables_hears_how_to_bring_one_in()
    {
        var model = keras.Sequential([keras.Input(4), layers.Dense(1)]);
        model.compile("sgd", "mse");
        var report = Doctor.Examine(model, x, y);
        Assert.Empty(report.Rows);
        Assert.Contains("new Positive(0.01)", Assert.Single(report.Remarks), StringComparison.Ordinal);
        report.ThrowIfAny();
        Assert.Contains("list of variables is empty", Doctor.Examine(() => tf.constant(1f), []).Remarks[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_random_loss_is_examined_with_the_seed_held_and_that_is_said()
    {
        var report = Doctor.Examine(Net(tf.Variable(1.5f, name: "scale"), true, layers.Dropout(0.5)), x, y);
        Assert.Contains(report.Remarks, r => r.Contains("The seed is held", StringComparison.Ordinal));
        Assert.Equal(Fate.Learned, report["scale"].Fate);
        report.ThrowIfAny();
        var own = new Random(1);
        var v = tf.Variable(1.5f, name: "v");
        var wild = Doctor.Examine(() => tf.square(v - 1) + own.NextDouble(), [v], optimizers.SGD(0.1));
        Assert.Contains(wild.Remarks, r => r.Contains("of its own", StringComparison.Ordinal));
    }

    [Fact]
    public void A_step_that_throws_is_a_refusal()
    {
        var v = tf.Variable(1f, name: "v");
        var report = Doctor.Examine(() => v * (tf.ones(3) + tf.ones(2)), [v], optimizers.SGD(0.1));
        Assert.Equal(Fate.Refused, Assert.Single(report.Findings).Leads);
    }

    [Fact]
    public void A_check_that_would_take_too_long_is_skipped_by_name()
    {
        var report = Doctor.Examine(Net(tf.Variable(1.5f, name: "scale")), x, y, options: new() { Seconds = 0 });
        Assert.Contains(report.Remarks, r =>
            r.StartsWith("D8 (the judge is not monotone) is skipped for 'scale'", StringComparison.Ordinal));
        Assert.Empty(report["scale"].Curves);
    }

    [Fact]
    public void A_report_is_text_html_and_json()
    {
        var report = Doctor.Examine(Net(tf.Variable(1.5f, name: "a<b")), x, y);
        Assert.Contains("a<b", report.ToString(), StringComparison.Ordinal);
        var html = Formatted(report, "text/html");
        Assert.Contains("a&lt;b", html, StringComparison.Ordinal);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        System.Xml.Linq.XElement.Parse(html.Replace("<br>", "<br/>", StringComparison.Ordinal));
        Assert.Equal(report.ToString(), Formatted(report, "text/plain"));
        using var json = JsonDocument.Parse(report.ToJson());
        var row = json.RootElement.GetProperty("rows")[0];
        Assert.Equal("learned", row.GetProperty("fate").GetString());
        Assert.True(row.GetProperty("curves")[0].GetProperty("values").GetArrayLength() > 5);
    }

    static string Formatted(DoctorReport report, string mime)
    {
        var writer = new StringWriter();
        dynamic formatter = new DoctorReportFormatters().CreateTypeFormatters().Cast<MimeFormatter<DoctorReport>>()
            .Single(f => f.MimeType == mime);
        Assert.True((bool)formatter.Format(report, writer));
        return writer.ToString();
    }

    [Fact]
    public void A_variable_that_does_no_work_after_training_is_named_and_one_that_does_is_noted()
    {
        tf.random.set_seed(1);
        double[] Course(string kind)
        {
            var v = tf.Variable(1f, name: "shift");
            var inputs = keras.Input(4);
            var shift = kind == "idle" ? 1e-4 : 1;
            var model = keras.Model(inputs, layers.Dense(1, use_bias: kind == "idle").Apply(inputs).Then(t => t + shift * v));
            model.compile(optimizers.Adam(0.02), "mse");
            var doctor = new DoctorCallback(x, y, options: new() { HeldOut = (x, y), Checks = ["D10"] });
            model.fit(x, y, epochs: 60, verbose: 0, callbacks: [doctor]);
            var found = doctor.Report.Findings.Where(f => f.Cause.Contains("set back")).ToList();
            Assert.Single(found);
            return [(double)found[0].Certainty];
        }
        Assert.Equal((double)Certainty.Note, Course("works")[0]);
        Assert.Equal((double)Certainty.Suspicion, Course("idle")[0]);
    }
}
