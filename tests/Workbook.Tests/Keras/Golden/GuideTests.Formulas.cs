using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Golden;

/// <summary>What make_guides.py makes by formulas, and what it keeps of the weights.</summary>
public sealed partial class GuideTests
{
    static Tensor Made(Shape shape, Func<int, double> of) =>
        Tensor.FromSpan<double>([.. Enumerable.Range(0, shape.Size).Select(of)], shape);

    static Tensor Wave(Shape shape, double first = 0) => Made(shape, i => Math.Sin(first + 0.37 * i));

    static Tensor Pictures(Shape shape, double first = 0) => 0.5 + 0.5 * Wave(shape, first);

    static Tensor Texts(int rows, int length, int words) => Made((rows, length), i => (7919 * i + 13) % words);

    static Tensor Column(int rows, Func<int, bool> of) => Made((rows, 1), i => of(i) ? 1 : 0);

    static void Fill(params Layer[] parts)
    {
        var k = 0;
        foreach (var w in parts.SelectMany(p => p.weights).Where(w => w.shape.Rank >= 2))
        {
            var (number, root) = (k++, Math.Sqrt(w.shape.Size / w.shape[^1]));
            w.assign(Made(w.shape, i => 1.2 * Math.Sin(1 + number + 1.3 * i) / root));
        }
    }

    static JsonElement Guide(string name) => guides.EnumerateArray().Single(g => g.GetProperty("guide").GetString() == name);

    static void Same(string name, History history, params Layer[] parts) => Same(name, history.history, parts);

    static void Same(string name, IReadOnlyDictionary<string, List<double>> history, params Layer[] parts)
    {
        var guide = Guide(name);
        var expected = guide.GetProperty("history").EnumerateObject().ToDictionary(h => h.Name, h => h.Value);
        Assert.Equal(expected.Keys.Order(), history.Keys.Order());
        foreach (var (key, values) in expected) Numbers.Near(values.Flat(), history[key], Near, Near, key);
        var weights = parts.SelectMany(p => p.weights).ToList();
        Assert.Equal(guide.GetProperty("after").GetArrayLength(), weights.Count);
        foreach (var (kept, weight) in guide.GetProperty("after").EnumerateArray().Zip(weights))
        {
            var w = weight.value().ToArray<double>();
            Numbers.Near(kept.Flat(), [w.Select((x, i) => x * Math.Sin(1 + i)).Sum(), w.Sum(x => x * x)], Near, Near, weight.name);
        }
    }
}
