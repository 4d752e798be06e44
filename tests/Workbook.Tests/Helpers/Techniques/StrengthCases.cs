using System.Text.Json;
using Workbook.Helpers;
using Workbook.Tensors;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Tables with known strengths: strengths.json, made by make_strengths.py with scipy and scikit-learn.</summary>
static class StrengthCases
{
    static readonly JsonElement root = JsonDocument.Parse(
        File.ReadAllText(Repository.File("tests/Workbook.Tests/Helpers/Techniques/Data/strengths.json"))).RootElement;

    public static JsonElement Diabetes => root.GetProperty("diabetes");

    public static IEnumerable<string> Names => root.GetProperty("cases").EnumerateArray().Select(c => c.GetProperty("name").GetString()!);

    public static JsonElement Of(string name) =>
        root.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);

    public static (Tensor X, Tensor Y, Groups One, Groups Two) Table(this JsonElement table)
    {
        double[][] rows = [.. table.GetProperty("X").EnumerateArray().Select(Doubles)];
        var sizes = table.GetProperty("sizes").Numbers();
        return (tf.reshape(tf.constant(rows.SelectMany(r => r).ToArray()), (rows.Length, rows[0].Length)),
            tf.constant(table.GetProperty("y").Numbers()), Groups.One(rows[0].Length),
            Groups.InOrder(("first", (int)sizes[0]), ("second", (int)sizes[1])));
    }

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static double[] Numbers(this JsonElement element) => Doubles(element);

    static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetDouble())];
}
