using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Export.Browser;
using Xunit;

namespace Workbook.Tests.Host.Export;

[Trait("speed", "slow")]
public class PicturesTests
{
    [Fact]
    public async Task A_figure_becomes_a_png_of_its_size_and_one_browser_makes_them_all()
    {
        BrowserFixture.Require();
        await using var pictures = Pictures.Find()!;
        var png = await pictures.PngAsync(JsonNode.Parse(SampleNotebook.Line)!, 300, 200, TestContext.Current.CancellationToken);
        Assert.Equal((300, 200), SizeOf(png));

        var document = SampleNotebook.Create();
        Assert.Equal(3, await pictures.AddToAsync(document, TestContext.Current.CancellationToken));
        var bundle = document.Cells.SelectMany(c => c.Outputs).OfType<DisplayOutput>().First().Data;
        Assert.Equal(["application/vnd.plotly.v1+json", "image/png", "text/plain"], bundle.Items.Select(i => i.Key));
        Assert.Equal((900, 506), SizeOf(Convert.FromBase64String(bundle["image/png"]!.GetValue<string>())));
        Assert.Equal(0, await pictures.AddToAsync(document, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_figure_that_plotly_cannot_draw_is_an_error_that_says_why()
    {
        BrowserFixture.Require();
        await using var pictures = Pictures.Find()!;
        var error =
            await Assert.ThrowsAsync<BrowserException>(
                () => pictures.PngAsync(JsonNode.Parse("""{"data":[],"layout":{"width":"wide"}}""")!,
                    cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("The page's script failed", error.Message);
    }

    [Fact]
    public async Task The_browser_fetches_nothing_that_a_figure_names_and_one_that_fails_leaves_the_others_their_pictures()
    {
        BrowserFixture.Require();
        using var server = new SmallServer(_ => []);
        var image =
            "{\"data\":[],\"layout\":{\"images\":[{\"source\":\"SERVER/beacon.png\",\"x\":0,\"y\":1,\"sizex\":1,\"sizey\":1}]}}".Replace("SERVER", server.Address);
        string[] figures = [image, """{"data":[{"type":"scattergeo","lat":[1],"lon":[2]}],"layout":{}}""",
            """{"data":[],"layout":{"width":"wide"}}""", SampleNotebook.Line];
        var document = new NotebookDocument();
        foreach (var figure in figures)
            document.Cells.Add(
                new Cell
                {
                    Language = "csharp",
                    Source = "f",
                    Outputs = { new DisplayOutput(new MimeBundle { [FigureHtml.MimeType] = JsonNode.Parse(figure)! }) }
                });
        await using var pictures = Pictures.Find()!;
        var failed = new List<int>();
        await pictures.AddToAsync(document, TestContext.Current.CancellationToken, (cell, _) => failed.Add(cell));
        Assert.Empty(server.Asked);
        Assert.Contains(3, failed);
        Assert.DoesNotContain(4, failed);
        Assert.NotNull(document.Cells[3].Outputs[0].Bundle!["image/png"]);
    }

    [Fact]
    public async Task A_program_that_is_no_browser_is_an_error_with_what_it_said()
    {
        Assert.SkipUnless(File.Exists("/bin/ls"), "There is no /bin/ls to stand for a program that is no browser.");
        var error = await Assert.ThrowsAsync<BrowserException>(() => Chromium.StartAsync("/bin/ls", TestContext.Current.CancellationToken));
        Assert.Contains("/bin/ls ended before it was ready", error.Message);
    }

    // Width and height stand in a PNG's first chunk, behind its signature and the chunk's head.
    static (int, int) SizeOf(byte[] png) =>
        (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
}
