using Workbook.Host.Display;
using Workbook.Host.Documents;
using Workbook.Host.Lint;
using Xunit;

namespace Workbook.Tests.Host.Lint;

public class InteractiveCompatibilityTests
{
    static Finding[] Find(params string[] cells) =>
        [.. InteractiveCompatibility.Find(
            BoundCell.Of(DibReader.Read(string.Concat(cells.Select(c => $"#!csharp\n\n{c}\n\n"))),
                Path.Combine(Path.GetTempPath(), "x.dib")))];

    public static TheoryData<string> Notebooks =>
        [.. Directory.GetFiles(Repository.File("notebooks"), "*.dib").Select(f => Path.GetFileName(f)!)];

    [Theory]
    [MemberData(nameof(Notebooks))]
    [Trait("speed", "slow")]
    public void Every_notebook_of_the_workbook_compiles_as_the_archived_host_would_compile_it(string name)
    {
        var file = Repository.File($"notebooks/{name}");
        var document = NotebookFile.Read(file);
        var cells = BoundCell.Of(document, file).ToList();
        Assert.Equal(document.Cells.Count(c => c.Language == "csharp"), cells.Count);
        Assert.Empty(InteractiveCompatibility.Find(cells));
    }

    [Fact]
    public void Cells_behind_one_that_is_refused_are_not_looked_at() =>
        Assert.Equal(1, Assert.Single(
            Find("using var stream = new System.IO.MemoryStream();\nstream.Length", "var after = 1;", "after + 1")).Cell);

    [Theory]
    [InlineData("var shown = display(1);\nshown.Update(2);\nshown.DisplayId")]
    [InlineData("1.Display();\n\"<i>\".DisplayAs(\"text/html\");\ndisplay(2, \"text/plain\");\nHTML(\"<b>\")")]
    [InlineData("Javascript(\"alert(1)\");")]
    [InlineData("System.IO.File.Exists(\"x\") && new System.Text.RegularExpressions.Regex(\"a\").IsMatch(\"b\")")]
    [InlineData("var clock = System.Diagnostics.Stopwatch.StartNew();\nawait Task.Delay(1);\nclock.Elapsed")]
    [InlineData("#r \"System.Net.Http\"\nvar client = new System.Net.Http.HttpClient();\nclient")]
    [InlineData("var xs = new List<int> { 1 };", "var first = xs.First();\nrecord Pair(int A, int B);",
        "new Pair(first, 2) with { B = 3 }")]
    [InlineData("Formatter.Register<Version>((v, w) => w.Write(v), HtmlFormatter.MimeType);\nvar name = await "
        + "Kernel.GetInputAsync(\"who?\");\nCSS(\"b\");")]
    [InlineData("using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;\nPocketView v = div(h1(\"a\"), br);\nv")]
    public void What_both_hosts_have_is_no_finding(params string[] cells) => Assert.Empty(Find(cells));

    [Theory]
    [InlineData(1, 3, "'IHtmlContent'", "var text = HTML(\"<i>\").Items;")]
    [InlineData(1, 3, "'Workbook'", "using Workbook.Host.Documents;\nvar a = new MimeBundle();")]
    [InlineData(1, 3, "#r \"System.Net.Http\"", "var client = new System.Net.Http.HttpClient();")]
    [InlineData(2, 7, "#r \"System.Text.Json\"", "var a = 1;", "System.Text.Json.JsonSerializer.Serialize(a)")]
    [InlineData(1, 3, "var", "using var r = new System.IO.StringReader(\"x\");")]
    [InlineData(1, 4, "await", "var t = Task.FromResult(1);\nvar x = await (t);")]
    public void What_only_this_host_has_is_found_with_its_cell_and_line(int cell, int line, string words, params string[] cells)
    {
        var finding = Assert.Single(Find(cells));
        Assert.Equal(("interactive", cell, line), (finding.Rule, finding.Cell, finding.Line));
        Assert.Contains(words, finding.Message);
    }

    [Fact]
    public void A_cell_that_is_wrong_everywhere_is_no_finding_and_declares_nothing() =>
        Assert.Empty(Find("var a = 1;", "int a = \"text\";", "a + 1"));

    [Fact]
    public void From_a_cell_on_whose_references_are_not_known_nothing_is_said() =>
        Assert.Empty(Find("#r \"nuget: A, 1.0.0\"", "new System.Net.Http.HttpClient()"));
}
