using System.Text.Json;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Periods, knots and flat directions: shapes.json, made by make_shapes.py.</summary>
static class ShapeCases
{
    static readonly JsonElement all = JsonDocument.Parse(
        File.ReadAllText(Repository.File("tests/Workbook.Tests/Helpers/Techniques/shapes.json"))).RootElement;

    public static TheoryData<string> Names(string kind) =>
        [.. all.GetProperty(kind).EnumerateArray().Select(c => c.GetProperty("name").GetString()!)];

    public static JsonElement Of(string kind, string name) =>
        all.GetProperty(kind).EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);

    public static double[] Numbers(this JsonElement shape, string what) => shape.GetProperty(what).Deserialize<double[]>()!;

    public static Tensor Vector(this JsonElement shape, string what) => tf.constant(shape.Numbers(what));
}
