using System.Text.Json;
using Xunit;

namespace Workbook.Tests.Keras.Golden;

/// <summary>The cases of keras-golden.json: numbers that Keras' own tests assert, and numbers that the real Keras gave.</summary>
static class KerasCases
{
    static readonly JsonElement root =
        JsonDocument.Parse(File.ReadAllText(Repository.File("tests/Workbook.Tests/Keras/Data/keras-golden.json"))).RootElement;

    /// <summary>The names of a section's cases, for a theory.</summary>
    /// <param name="section">For example "keras_unit_tests/losses".</param>
    public static TheoryData<string> Names(string section)
    {
        var names = new TheoryData<string>();
        foreach (var (c, i) in Section(section).EnumerateArray().Select((c, i) => (c, i))) names.Add($"{i} {Title(c)}");
        return names;
    }

    /// <summary>One case by its name in the theory.</summary>
    public static JsonElement Case(string section, string name) => Section(section)[int.Parse(name.Split(' ')[0])];

    static JsonElement Section(string section) => section.Split('/').Aggregate(root, (e, key) => e.GetProperty(key));

    static string Title(JsonElement c)
    {
        var first = c.EnumerateObject().First();
        var config = c.TryGetProperty("config", out var k) ? " " + k.GetRawText() : "";
        return $"{first.Value.GetString()}{config}{(c.TryGetProperty("test", out var t) ? " " + t.GetString() : "")}";
    }
}
