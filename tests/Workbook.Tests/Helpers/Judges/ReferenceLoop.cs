using System.Text.Json;
using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Golden;
using Xunit;
using Near = Workbook.Tests.Keras.Golden.Numbers;

namespace Workbook.Tests.Helpers.Judges;

/// <summary>
/// One loop of real TensorFlow in float64, from the loops of the Keras tests, or from the files with those that only judges or only
/// transformations run.
/// </summary>
sealed class ReferenceLoop
{
    /// <summary>Relative to max(1, |expected|): two versions of TensorFlow agree to 4.5e-12 in the worst loop, numpy to 4e-15.</summary>
    public const double Tolerance = 1e-9;

    static readonly JsonElement[] runs =
        [.. new[] { "Keras/Data/tf-loops.json", "Helpers/Judges/tf-judges.json", "Helpers/Techniques/tf-transforms.json" }
        .SelectMany(
            f => JsonDocument.Parse(File.ReadAllText(Repository.File("tests/Workbook.Tests/" + f))).RootElement.GetProperty("runs")
                .EnumerateArray())];

    readonly JsonElement run;

    public ReferenceLoop(string id) => run = runs.Single(r => r.GetProperty("id").GetString() == "B/" + id);

    public JsonElement this[string name] => run.GetProperty(name);

    public static void Same(JsonElement expected, Tensor actual, string what = "", double tolerance = Tolerance) =>
        Near.Near(expected, actual, tolerance, tolerance, what);

    public static void Same(JsonElement expected, double actual, string what = "", double tolerance = Tolerance) =>
        Near.Near([expected.Number()], [actual], tolerance, tolerance, what);

    /// <summary>Runs a loop and compares every recorded step.</summary>
    /// <param name="step">One step: the recorded quantities by name, in the reference's spelling; all of them.</param>
    public void Follow(Func<IReadOnlyList<(string Name, Tensor Value)>> step, string counter = "step", double tolerance = Tolerance)
    {
        var recorded = Rows(counter).Select(s => s.GetInt32()).ToList();
        var names = run.GetProperty("trajectory").EnumerateObject().Select(p => p.Name).Where(n => n != counter).Order().ToList();
        for (var k = 1; k <= recorded[^1]; k++)
        {
            var now = step();
            if (recorded.IndexOf(k) is var row && row < 0) continue;
            Assert.Equal(names, now.Select(n => n.Name).Order());
            foreach (var (name, value) in now) Same(Rows(name)[row], value, $"{name} after step {k}", tolerance);
        }
    }

    /// <summary>The loop in which one judge moves all variables, each at its own rate.</summary>
    public void Descend(HyperObjective objective, IReadOnlyDictionary<string, Variable> variables,
        Func<string, Optimizer>? optimizers = null, Func<IReadOnlyList<(string, Tensor)>>? before = null)
    {
        optimizers ??= Optimizers();
        var each = variables.ToDictionary(v => v.Key, v => optimizers(v.Key));
        Follow(() =>
        {
            List<(string, Tensor)> row = [.. before?.Invoke() ?? []];
            var judged = objective.Evaluate();
            foreach (var (gradient, variable) in judged.Gradients.Zip(objective.Variables))
                each[variables.Single(v => v.Value == variable).Key].apply_gradients([(gradient, variable)]);
            return [("loss", tf.constant(judged.Loss, tf.float64)), .. row, .. variables.Select(v => (v.Key, v.Value.value()))];
        });
    }

    Func<string, Optimizer> Optimizers()
    {
        var o = run.GetProperty("optimizer");
        var rate = o.GetProperty("learning_rate");
        return o.GetProperty("class").GetString() switch
        {
            "SGD" => _ => keras.optimizers.SGD(rate.GetDouble()),
            "Adam" => _ => keras.optimizers.Adam(rate.GetDouble(), epsilon: o.TryGetProperty("epsilon", out var e) ? e.GetDouble() : 1e-7),
            _ => name => keras.optimizers.SGD(rate.GetProperty(name).GetDouble()),
        };
    }

    JsonElement[] Rows(string name) => [.. run.GetProperty("trajectory").GetProperty(name).EnumerateArray()];
}
