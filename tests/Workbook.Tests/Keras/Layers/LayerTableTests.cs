using System.Text.Json;
using System.Text.RegularExpressions;
using Workbook.Keras;
using Xunit;

namespace Workbook.Tests.Keras.Layers;

/// <summary>The table of docs/keras.md names every layer of Keras 3.15, on the side where it belongs; Golden/make_layer_names.py made the
/// list.</summary>
public partial class LayerTableTests
{
    static readonly string[] Known = [.. JsonDocument.Parse(File.ReadAllText(
        Repository.File("tests/Workbook.Tests/Keras/Data/keras-layer-names.json"))).RootElement.GetProperty("layers").EnumerateArray()
        .Select(n => n.GetString()!)];

    [Fact]
    public void The_table_of_all_layers_is_complete_and_each_stands_on_its_side()
    {
        var rows = File.ReadLines(Repository.File("docs/keras.md"))
            .SkipWhile(l => !l.StartsWith("| | here | not here", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(l => l.StartsWith('|')).Select(l => l.Split('|')).ToList();
        string[] Named(int column) => [.. rows.SelectMany(r => Word().Matches(Code().Replace(r[column], "")).Select(m => m.Value))
            .Where(Known.Contains)];
        string[] here = [.. Named(2).Order(StringComparer.Ordinal)], not = [.. Named(3).Order(StringComparer.Ordinal)];
        string[] made = [.. KerasKind.Layers.Names.Concat(["Lambda", "InputLayer"]).Where(Known.Contains).Order(StringComparer.Ordinal)];
        Assert.Equal(made, here);
        Assert.Equal([.. Known.Except(made).Order(StringComparer.Ordinal)], not);
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();
}
