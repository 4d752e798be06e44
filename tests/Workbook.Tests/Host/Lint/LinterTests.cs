using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Lint;
using Xunit;

namespace Workbook.Tests.Host.Lint;

public class LinterTests
{
    const string Meta = "#!meta\n\n{\"kernelInfo\":{\"defaultKernelName\":\"csharp\"}}\n\n";

    static (string Rule, int Cell, int Line)[] Check(string text) =>
        [.. Linter.Check(DibReader.Read(text)).Select(f => (f.Rule, f.Cell, f.Line))];

    [Fact]
    public void A_notebook_in_order_gives_no_finding() =>
        Assert.Empty(
            Check($"{Meta}#!markdown\n\n# A\n\n![what it shows](a.png)\n\n#!csharp\n\n//| tags: parameters, raises-exception "
                + "FormatException\n//| alt: x\n#r \"../a.dll\"\nvar x = \"/relative\";"));

    [Theory]
    [InlineData("#!csharp\n\n//| tags: paramters\n1", "tag", 1, 7)]
    [InlineData("#!csharp\n\n1\n#!csharp\n\n//| caption: x\n1", "option", 2, 10)]
    [InlineData("#!csharp\n\n//| alt: x\n//| tolerance: 5%\n1", "tolerance", 1, 8)]
    [InlineData("#!csharp\n\n//| tolerance: 0,01\n1", "tolerance", 1, 7)]
    [InlineData("#!csharp\n\n1;\nvar x = \"/home/me/data.csv\";", "absolute-path", 1, 8)]
    [InlineData("#!csharp\n\nvar x = @\"C:\\data\\a.csv\";", "absolute-path", 1, 7)]
    [InlineData("#!csharp\n\nvar x = \"C:/Users/me/a.csv\";", "absolute-path", 1, 7)]
    [InlineData("#!csharp\n\n#r \"D:/lib/x.dll\"", "absolute-path", 1, 7)]
    [InlineData("#!csharp\n\nvar x = \"/data/x.csv\";", "absolute-path", 1, 7)]
    [InlineData("#!csharp\n\nvar x = \"/srv/x\";", "absolute-path", 1, 7)]
    [InlineData("#!csharp\n\nvar x = \"/books/mine/x.csv\";", "absolute-path", 1, 7)]
    [InlineData("#!csharp\n\nvar x = \"file:///home/me/x.csv\";", "absolute-path", 1, 7)]
    [InlineData("#!csharp\n\nvar x = @\"\\\\server\\share\\x.csv\";", "absolute-path", 1, 7)]
    [InlineData("#!csharp\n\nvar x = \"\\\\\\\\server\\\\share\";", "absolute-path", 1, 7)]
    [InlineData("#!csharp\n\n#r \"\\\\server\\share\\x.dll\"", "absolute-path", 1, 7)]
    [InlineData("#!markdown\n\ntext\n<img src=\"a.png\" width=\"3\">", "alt", 1, 8)]
    [InlineData("#!html\n\n<IMG src='a.png'/>", "alt", 1, 7)]
    [InlineData("#!csharp\n\nnamespace A;\nclass B;", "interactive", 1, 7)]
    [InlineData("#!csharp\n\npublic static class E { public static int P(this int a) => a; }", "interactive", 1, 7)]
    [InlineData("#!csharp\n\n#!frob\n1", "directive", 1, 7)]
    [InlineData("#!markdown\n\ntext\n![](a.png)", "alt", 1, 8)]
    [InlineData("#!markdown\n\nGood $x$\nand bad $\\foo$", "formula", 1, 8)]
    [InlineData("#!csharp\n\nvar price = \"$\\foo$\";\n#!frob", "directive", 1, 8)]
    [InlineData("#!csharp\n\nvar s = @\"\n#!markdown\n\";", "marker", 1, 7)]
    public void What_breaks_elsewhere_is_found_with_its_cell_and_line(string cells, string rule, int cell, int line) =>
        Assert.Equal([(rule, cell, line)], Check(Meta + cells));

    [Theory]
    [InlineData("var x = \"https://example.org/data/x.csv\";")]
    [InlineData("var x = \"/relative\" + \"../data/x.csv\" + \"a/b\";")]
    [InlineData("var x = \"\\\\d+\\\\.\\\\d\" + @\"\\d+\\.\" + \"\\\\alpha\\\\beta\" + \"\\t\";")]
    [InlineData("#!markdown\n<img src=\"a.png\" alt=\"a curve\">")]
    public void What_only_looks_like_it_is_left_alone(string cells) => Assert.Empty(Check($"{Meta}#!csharp\n{cells}"));

    [Theory]
    [InlineData("1", "{}", true)]
    [InlineData("1", """{"title":{"text":"It falls"}}""", false)]
    [InlineData("1", """{"meta":{"alt":"It falls"}}""", false)]
    [InlineData("//| alt: It falls\n1", "{}", false)]
    public void A_stored_figure_without_words_is_found(string source, string layout, bool isFound)
    {
        var figure = new MimeBundle { ["application/vnd.plotly.v1+json"] = JsonNode.Parse($$"""{"data":[],"layout":{{layout}}}""")! };
        var cell = new Cell { Language = "csharp", Source = source, Line = 7, Outputs = { new ResultOutput(figure) } };
        var document = new NotebookDocument { Cells = { cell }, Metadata = { ["kernelInfo"] = new JsonObject() } };
        Assert.Equal(isFound ? [("alt", 1, 7)] : [], Linter.Check(document).Select(f => (f.Rule, f.Cell, f.Line)));
    }

    [Fact]
    public void A_notebook_that_does_not_say_its_language_is_found() => Assert.Equal([("metadata", 0, 1)], Check("#!csharp\n1"));
}
