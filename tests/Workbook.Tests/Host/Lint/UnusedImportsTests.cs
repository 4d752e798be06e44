using Workbook.Host.Documents;
using Workbook.Host.Lint;
using Xunit;

namespace Workbook.Tests.Host.Lint;

public class UnusedImportsTests
{
    static (int Cell, int Line)[] Find(params string[] cells)
    {
        var document = DibReader.Read(string.Concat(cells.Select(c => $"#!csharp\n\n{c}\n\n")));
        return [.. UnusedImports.Find(document, [.. BoundCell.Of(document, Path.Combine(Path.GetTempPath(), "x.dib"))])
            .Select(f => (f.Cell, f.Line))];
    }

    [Fact]
    public void An_import_that_no_cell_needs_is_found_with_its_line() =>
        Assert.Equal([(1, 4)], Find("using System.IO;\nusing System.Globalization;\nvar a = 1;", "File.Exists(\"x\")"));

    [Theory]
    [InlineData("using System.Globalization;", "CultureInfo.InvariantCulture")]
    [InlineData("using static System.Math;", "Sqrt(4)")]
    [InlineData("using System.Collections.Immutable;", "new[] { 1 }.ToImmutableArray()")]
    [InlineData("using System.Diagnostics;", "var clock = new Stopwatch();")]
    [InlineData("using System.Text.Json;", "JsonSerializer.Serialize(1)")]
    public void An_import_that_a_later_cell_needs_is_not(string import, string cell) => Assert.Empty(Find(import, cell));

    [Theory]
    [InlineData("#r \"nuget: A, 1.0.0\"\nusing System.Globalization;")]
    [InlineData("#r \"missing.dll\"\nusing System.Globalization;")]
    [InlineData("using System.Globalization;\nUnknown.Call();")]
    public void Where_names_cannot_be_bound_there_is_nothing_to_say(string cell) => Assert.Empty(Find(cell));
}
