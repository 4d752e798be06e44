using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Golden;

/// <summary>Every fit of real TensorFlow in tf-fit.json, in float64 and again in float32.</summary>
public sealed class TensorFlowFitTests : IDisposable
{
    static readonly JsonElement root =
        JsonDocument.Parse(File.ReadAllText(Repository.File("tests/Workbook.Tests/Keras/Data/tf-fit.json"))).RootElement;

    public static TheoryData<string> Runs
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (var run in root.GetProperty("runs").EnumerateArray()) names.Add(run.GetProperty("id").GetString()!);
            return names;
        }
    }

    public void Dispose() => keras.config.set_floatx(tf.float32);

    [Theory]
    [MemberData(nameof(Runs))]
    [Trait("speed", "slow")]
    public void In_float64_every_step_is_TensorFlows(string id)
    {
        var (run, fitted) = Fit(id, tf.float64);
        // TensorFlow's own rounding: Nadam's .96, the .1 of Adagrad and Ftrl, the slope of LeakyReLU and the constants of gelu, log_cosh
        // and
        // BatchNormalization pass through float32 there.
        var text = run.GetProperty("layers").GetRawText() + run.GetProperty("loss").GetRawText();
        var tolerance = id.Contains("Nadam", StringComparison.Ordinal) ? 5e-8
            : id.Contains("Adagrad", StringComparison.Ordinal) || id.Contains("Ftrl", StringComparison.Ordinal)
                || text.Contains("\"leaky_relu\", \"negative_slope", StringComparison.Ordinal)
                    || text.Contains("gelu", StringComparison.Ordinal) || text.Contains("log_cosh", StringComparison.Ordinal)
                        || text.Contains("batch_normalization", StringComparison.Ordinal) ? 1e-8
            : 1e-9;
        fitted.Compare(run, tolerance, everyStep: true);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void In_float32_the_end_is_TensorFlows_within_its_own_rounding(string id)
    {
        var (run, fitted) = Fit(id, tf.float32);
        var largest = run.GetProperty("float32").GetProperty("max_difference").EnumerateObject().Max(p => p.Value.Number());
        // Three times TensorFlow's own distance from its float64 run, and at least 1e-6; Adam's 1 − .999ᵗ is rounded there and not here.
        fitted.Compare(run,
            Math.Max(3 * largest, run.GetProperty("optimizer").GetRawText().Contains("Adam", StringComparison.Ordinal) ? 1e-5 : 1e-6),
                everyStep: false);
    }

    static (JsonElement Run, FittedRun Fitted) Fit(string id, DType dtype)
    {
        var run = root.GetProperty("runs").EnumerateArray().Single(r => r.GetProperty("id").GetString() == id);
        keras.config.set_floatx(dtype);
        return (run, FittedRun.Of(run, dtype));
    }
}
