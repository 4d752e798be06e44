using Workbook.Host.Documents;
using Workbook.Host.Export.Folds;
using Workbook.Tests.Host.Export;
using Xunit;

namespace Workbook.Tests.Host.Export.Folds;

public class CheckCellsTests
{
    const string Alone = "var gap = 1.5;\nforeach (var x in xs)\n{\n    var y = 2 * x;\n    Check.Less(\"y\", y, gap);\n}";

    [Theory]
    [InlineData(Alone, "", true)]
    [InlineData("Check.True(\"a\", true);", "", true)]
    [InlineData(Alone, "Console.WriteLine(gap);", false)]
    [InlineData(Alone, "var gap = 2;\nConsole.WriteLine(gap);", true)]
    [InlineData("var gap = 1.5;\nConsole.WriteLine(gap);\nCheck.True(\"a\", true);", "", false)]
    [InlineData("Check.Table()", "", false)]
    [InlineData("var gap = 1.5;", "", false)]
    [InlineData("}{ Check.True(\"a\", true);", "", false)]
    public void A_cell_that_does_nothing_but_check_and_that_no_later_cell_needs_is_one(string code, string later, bool expected) =>
        Assert.Equal(expected, CheckCells.Of(Notebook(code, later)).Contains(1));

    [Fact]
    public void All_code_of_such_a_cell_is_in_the_fold_of_its_checks()
    {
        Assert.Equal(0, Visible(Notebook(Alone, "")));
        Assert.Equal(2, Visible(Notebook(Alone, "Console.WriteLine(gap);")));

        // How often the name stands above the fold: in its declaration, and in the loop.
        static int Visible(NotebookDocument notebook)
        {
            var page = PageOf.Document(notebook).Page;
            int At(string id) => page.IndexOf($"id=\"{id}\"", StringComparison.Ordinal);
            var cell = page[At("cell-1")..At("cell-2")];
            Assert.Contains("<summary>✓ 1 check</summary>", cell);
            Assert.Contains("gap", cell);
            return cell[..cell.IndexOf("<details", StringComparison.Ordinal)].Split("gap").Length - 1;
        }
    }

    static NotebookDocument Notebook(string code, string later) => new()
    {
        Cells =
        [
            new() { Language = "csharp", Source = code, Outputs = { new StreamOutput("stdout", "✓ y: 1 < 1.5\n") } },
            new() { Language = "csharp", Source = later.Length == 0 ? "xs" : later },
        ],
    };
}
