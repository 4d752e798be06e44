using System.Text;
using Workbook.Helpers;
using Workbook.Host.Documents;
using Workbook.Host.Export.Browser;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>
/// A notebook that another host has run, beside the twin that this host has run: the same checks, tables and charts, cell by cell.
/// </summary>
static class ShownAgain
{
    const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>What a figure's HTML begins with; a table may hold small pictures of its own.</summary>
    const string Figure = "<div id=\"figure-";

    /// <summary>Fails where the notebook shows less than its twin, an error, or a failed check.</summary>
    public static async Task AsInTheTwinAsync(NotebookDocument done, NotebookDocument twin, BrowserTab tab)
    {
        var (ours, theirs) = (Code(twin), Code(done));
        Assert.Equal(ours.Select(c => c.Source), theirs.Select(c => c.Source));
        Assert.Empty(theirs.SelectMany(c => c.Outputs).OfType<ErrorOutput>().Select(e => e.Message));
        Assert.DoesNotContain(theirs.SelectMany(Lines), l => l.StartsWith("✗ ", StringComparison.Ordinal));
        foreach (var (our, their) in ours.Zip(theirs).Where(c => CellOptions.Value(c.First.Source, "tolerance") != "any"))
        {
            Assert.Equal(Checks(our), Checks(their));
            Assert.Equal(Html(our, "<table").Count, Html(their, "<table").Count);
            Assert.Equal(our.Outputs.Count(o => o.Bundle?[Plotly] is not null), Html(their, Figure).Count);
        }

        Assert.NotEmpty(theirs.SelectMany(Checks));
        await DrawAsync([.. theirs.SelectMany(c => Html(c, Figure))], tab);
    }

    static List<Cell> Code(NotebookDocument document) => [.. document.Cells.Where(c => c.Language == "csharp")];

    static string[] Lines(Cell cell) => string.Concat(cell.Outputs.OfType<StreamOutput>().Select(o => o.Text)).Split('\n');

    static IEnumerable<string> Checks(Cell cell) =>
        Lines(cell).Where(l => l.StartsWith("✓ ", StringComparison.Ordinal)).Select(l => l.Split(':')[0]);

    static List<string> Html(Cell cell, string part) =>
        [.. cell.Outputs.Select(o => Languages.Text(o.Bundle?["text/html"])).OfType<string>()
            .Where(h => h.Contains(part, StringComparison.Ordinal))];

    /// <summary>
    /// Draws the figures on one page, where require.js seems to be loaded, as in notebooks. The page gets plotly.js from this computer
    /// instead of the network;
    /// the browser still compares it with the hash that the output names.
    /// </summary>
    static async Task DrawAsync(List<string> figures, BrowserTab tab)
    {
        var page = "";
        using var server = new SmallServer(path => Encoding.UTF8.GetBytes(path == "/plotly.js" ? PlotlyScript.Text : page));
        page =
            "<!DOCTYPE html><meta charset=utf-8><link rel=icon href='data:,'><script>window.define = Object.assign(() => { throw new "
                + "Error('defined'); }, { amd: {} });</script>"
            + string.Concat(figures).Replace(PlotlyScript.Address, server.Address + "/plotly.js", StringComparison.Ordinal);
        await tab.GoAsync(new Uri(server.Address), TestContext.Current.CancellationToken);
        var drawn = await tab.EvaluateAsync("""
            new Promise(done => {
                const boxes = [...document.querySelectorAll("div[id^=figure-][role=img]")];
                const begun = Date.now();
                const look = () => {
                    const drawn = boxes.filter(b => b.querySelector(".main-svg :is(.trace, .contour)"));
                    if (drawn.length === boxes.length || Date.now() - begun > 150000) done([boxes.length, drawn.length, typeof window.define]);
                    else setTimeout(look, 50);
                };
                look();
            })
            """, TestContext.Current.CancellationToken);
        Assert.Equal((figures.Count, figures.Count, "function"), ((int)drawn![0]!, (int)drawn[1]!, (string?)drawn[2]));
        Assert.Empty(tab.Errors);
    }
}
