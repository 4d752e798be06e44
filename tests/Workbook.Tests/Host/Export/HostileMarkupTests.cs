using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Lint;
using Workbook.Host.Lint.Writing;
using Workbook.Host.Programs;
using Xunit;

namespace Workbook.Tests.Host.Export;

/// <summary>
/// Text of nothing but beginnings, each of which could be looked for to the end of the text. What takes the square of the length would take
/// an hour for these; so a test that comes to its end has shown what it is to show.
/// </summary>
public class HostileMarkupTests
{
    static string Many(string part) => string.Concat(Enumerable.Repeat(part, 2_000_000 / part.Length));

    [Theory]
    [InlineData("<img src='")]
    [InlineData("<img ")]
    [InlineData("<img alt=\"")]
    [InlineData("<!-- ")]
    [InlineData("](")]
    [InlineData("<br ")]
    public void Half_tags_do_not_hold_up_a_page_or_a_check(string part)
    {
        var cell = new Cell { Language = "html", Source = Many(part) };
        cell.Outputs.Add(new DisplayOutput(Markup.Bundle(cell)!));
        var document = new NotebookDocument { Cells = { cell } };
        Assert.NotEmpty(Linter.Check(document));
        foreach (var isSanitized in new[] { true, false })
            Assert.NotEmpty(PageOf.Document(document, new PageOptions { IsSanitized = isSanitized }).Page);
        var prose = new Cell { Language = "markdown", Source = cell.Source };
        Assert.InRange(ProseRule.Count(new NotebookDocument { Cells = { prose } }), 0, cell.Source.Length);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("<")]
    [InlineData("<br")]
    [InlineData("\\u00a0<b")]
    public void Half_tags_do_not_hold_up_a_title(string part)
    {
        var figure = JsonNode.Parse($$"""{ "layout": { "title": "a{{Many(part)}}b" } }""")!;
        Assert.NotEmpty(PageOf.Outputs(null, new DisplayOutput(new MimeBundle { [FigureHtml.MimeType] = figure })).Page);
    }

    [Fact]
    public void Equal_cells_do_not_hold_up_the_writing_of_a_notebook()
    {
        var cells = Enumerable.Range(0, 100_000).Select(_ => new Cell { Language = "csharp", Source = "1" });
        var document = new NotebookDocument { Cells = [.. cells] };
        Assert.NotEmpty(IpynbWriter.Write(document));
        Assert.Equal(document.Cells.Count, document.Cells.Select(c => c.Id).Distinct().Count());
    }

    [Fact]
    public void Blanks_do_not_hold_up_the_reading_of_a_program() =>
        Assert.Single(ProgramReader.Read($"#:project {Many(" ")}a{Many(" ")}/\n").Document.Cells);
}
