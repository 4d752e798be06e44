using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Export.Browser;
using Workbook.Host.Run;
using Xunit;

namespace Workbook.Tests.Host.Export;

/// <summary>The sample page as a reader sees it. Screenshots are kept in artifacts/pages.</summary>
[Trait("speed", "slow")]
public sealed class PageInBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IDisposable
{
    const int TabKey = 9;

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("workbook-pages-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task A_page_is_drawn_fits_the_screen_and_can_be_read(int width, bool dark)
    {
        var tab = await OpenAsync(width, dark, SamplePage());
        var complaints = await tab.EvaluateAsync(PageChecks.Script, TestContext.Current.CancellationToken);
        await PageChecks.KeepAsync(tab, $"sample-{width}-{(dark ? "dark" : "light")}.png");
        Assert.Empty(complaints!.AsArray().Select(c => c!.ToString()));
        Assert.Empty(tab.Errors);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task An_index_fits_the_screen_and_can_be_read(int width)
    {
        var picture = await (await browser.OpenAsync()).PictureAsync(TestContext.Current.CancellationToken);
        var tab = await OpenAsync(width, dark: false, SampleBook(picture));
        var complaints = await tab.EvaluateAsync(PageChecks.Script, TestContext.Current.CancellationToken);
        await PageChecks.KeepAsync(tab, $"index-{width}.png");
        Assert.Empty(complaints!.AsArray().Select(c => c!.ToString()));
        Assert.Empty(tab.Errors);
    }

    [Theory]
    [InlineData("document.querySelector('h1').style.color = '#bbb'", "Contrast")]
    [InlineData("document.querySelector('h1').style.width = '2000px'", "The page is")]
    [InlineData("document.querySelector('h2').style.marginTop = '-80px'", "One over the other")]
    [InlineData("Plotly.purge(document.querySelector('.drawing'))", "Not drawn")]
    [InlineData("Plotly.relayout(document.querySelector('.drawing'), { annotations: [{ x: 0, y: 0, text: 'epoch', xref: 'paper', yref: "
        + "'paper', showarrow: false }, { x: 0, y: 0, text: 'epoch', xref: 'paper', yref: 'paper', showarrow: false }] })",
            "Text over text")]
    [InlineData("Plotly.relayout(document.querySelector('.drawing'), { 'annotations[0]': { x: 2, y: 0.3, text: 'on the curve', showarrow: "
        + "false } })", "A label on a curve")]
    [InlineData("Plotly.restyle(document.querySelector('.drawing'), { 'line.color': '#ddd' })", "Contrast 1")]
    [InlineData("document.querySelector('h2').outerHTML = '<h4>x</h4>'", "A heading of level 4 follows")]
    public async Task The_checks_see_what_they_are_for(string harm, string complaint)
    {
        var tab = await OpenAsync(1280, dark: false, ShortPage());
        await tab.EvaluateAsync($"(async () => {{ await window.figuresDrawn; await ({harm}); }})()", TestContext.Current.CancellationToken);
        var complaints = await tab.EvaluateAsync(PageChecks.Script, TestContext.Current.CancellationToken);
        Assert.Contains(complaints!.AsArray(), c => c!.ToString().StartsWith(complaint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_tab_key_goes_through_everything_that_acts_in_the_order_of_the_page_and_shows_where_it_is()
    {
        var tab = await OpenAsync(390, dark: false, ShortPage());
        var stops = new List<JsonNode>();
        while (stops.Count < 100)
        {
            await tab.PressAsync("Tab", TabKey, TestContext.Current.CancellationToken);
            var stop = await tab.EvaluateAsync("""
                (() => {
                    const e = document.activeElement;
                    window.actors ??= [...document.querySelectorAll("a[href], summary, button, [tabindex='0']")].filter(x => x.checkVisibility());
                    const style = getComputedStyle(e);
                    return { at: window.actors.indexOf(e), of: window.actors.length, tag: e.tagName, text: e.textContent.slice(0, 30), seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 };
                })()
                """, TestContext.Current.CancellationToken);
            if ((string)stop!["tag"]! == "BODY") break;
            stops.Add(stop);
        }
        Assert.Equal(Enumerable.Range(0, (int)stops[0]["of"]!), stops.Select(s => (int)s["at"]!));
        Assert.Equal("Skip to the content", (string)stops[0]["text"]!);
        Assert.All(stops, s => Assert.True((bool)s["seen"]!, s.ToString()));
        Assert.Contains(stops, s => (string)s["tag"]! == "SUMMARY");
        Assert.Contains(stops, s => (string)s["tag"]! == "PRE");
    }

    [Fact]
    public async Task Figures_follow_the_reader_from_light_to_dark_and_from_wide_to_narrow()
    {
        var tab = await OpenAsync(1280, dark: false, ShortPage());
        const string look =
            "(async () => { await window.figuresDrawn; const p = document.querySelector('.drawing'); return { ink: "
                + "p._fullLayout.font.color, legend: p._fullLayout.legend.orientation, width: p._fullLayout.width }; })()";
        var before = await tab.EvaluateAsync(look, TestContext.Current.CancellationToken);
        await tab.SetScreenAsync(390, 844, dark: true, TestContext.Current.CancellationToken);
        var after =
            await tab.EvaluateAsync(
                $"new Promise(done => {{ const look = async () => {{ const l = await {look}; l.legend === 'h' && l.width < 400 && l.ink "
                    + $"!== '{before!["ink"]}' ? done(l) : requestAnimationFrame(look); }}; look(); }})",
                        TestContext.Current.CancellationToken);
        Assert.Equal("v", (string)before["legend"]!);
        Assert.Equal("h", (string)after!["legend"]!);
    }

    [Fact]
    public async Task A_finger_finds_no_bar_of_modes_on_the_labels_of_a_figure_and_moves_the_page()
    {
        var tab = await OpenAsync(1280, dark: false, ShortPage());
        await tab.SetScreenAsync(1280, 844, dark: false, TestContext.Current.CancellationToken, touch: true);
        var look = await tab.EvaluateAsync(
            "new Promise(done => { const look = async () => { await window.figuresDrawn; const p = document.querySelector('.drawing'); "
                + "p._context.displayModeBar === false ? done({ bars: document.querySelectorAll('.modebar-btn').length, drag: "
                + "p._fullLayout.dragmode }) : requestAnimationFrame(look); }; look(); })", TestContext.Current.CancellationToken);
        Assert.Equal(0, (int)look!["bars"]!);
        Assert.False((bool)look["drag"]!);
    }

    [Fact]
    public async Task Nothing_of_a_notebooks_data_runs_and_what_looks_like_a_figure_stops_no_figure()
    {
        const string text = "AAAA\" onerror=\"hacked=1\"><script>hacked=1</script><img src=x onerror=hacked=1>";
        var document = SampleNotebook.CreateShort();
        var figure = JsonNode.Parse(SampleNotebook.Line)!;
        figure["layout"]!["title"] = $"{text}<a href=\"javascript:hacked=1\">t</a>";
        string[] types = ["image/png", "image/jpeg", "image/svg+xml", "text/plain", "text/latex", "application/json"];
        document.Cells.Insert(1, new Cell
        {
            Language = "csharp",
            Source = $"// {text}",
            Outputs =
            {
                new DisplayOutput(
                    new MimeBundle
                        { ["text/html"] = "<div class=\"figure\"></div><figure class=\"figure\"></figure><script>trusted = 1</script>" }),
                new StreamOutput($"stderr{text}", text), new ErrorOutput(text, text, [text]),
                new DisplayOutput(new MimeBundle { [FigureHtml.MimeType] = figure, ["image/png"] = text }),
            },
        });
        document.Cells[1].Outputs.AddRange(types.Select(t => new DisplayOutput(new MimeBundle { [t] = text })));
        document.Cells.Add(
            new Cell { Language = "markdown", Source = $"`{text}` $\\text{{{text}}}$ [x](javascript:hacked=1)\n\n```\n{text}\n```" });
        var tab = await OpenAsync(1280, dark: false, Page(document));
        var seen = await tab.EvaluateAsync("""
            (async () => {
                await window.figuresDrawn;
                for (const link of document.querySelectorAll("main a")) link.dispatchEvent(new MouseEvent("click"));
                return { hacked: typeof hacked, trusted: typeof trusted, drawn: document.querySelectorAll(".drawing .main-svg").length > 0 };
            })()
            """, TestContext.Current.CancellationToken);
        Assert.Equal(("undefined", "number", true), ((string)seen!["hacked"]!, (string)seen["trusted"]!, (bool)seen["drawn"]!));
    }

    [Fact]
    public async Task A_figure_that_cannot_be_drawn_says_so_and_the_others_are_drawn()
    {
        var document = SampleNotebook.CreateShort();
        var broken = new MimeBundle
        { [FigureHtml.MimeType] = JsonNode.Parse("""{"data":[],"layout":{"xaxis":7,"width":"wide","grid":3,"annotations":5}}""")! };
        document.Cells.Insert(1, new Cell { Language = "csharp", Source = "x", Outputs = { new DisplayOutput(broken) } });
        var tab = await OpenAsync(1280, dark: false, Page(document));
        var seen =
            await tab.EvaluateAsync(
                "(async () => { await window.figuresDrawn; return [...document.querySelectorAll('.drawing')].map(d => "
                    + "d.querySelector('.trace') ? 'drawn' : d.textContent); })()", TestContext.Current.CancellationToken);
        Assert.Contains("drawn", seen!.AsArray().Select(s => (string)s!));
    }

    async Task<BrowserTab> OpenAsync(int width, bool dark, string file)
    {
        var tab = await browser.OpenAsync();
        await tab.SetScreenAsync(width, width == 390 ? 844 : 800, dark, TestContext.Current.CancellationToken);
        await tab.GoAsync(new Uri(file), TestContext.Current.CancellationToken);
        return tab;
    }

    string SamplePage() => Page(SampleNotebook.Create());

    string ShortPage() => Page(SampleNotebook.CreateShort());

    string Page(NotebookDocument document)
    {
        var file = Path.Combine(folder.FullName, "sample.html");
        HtmlPage.Write(document, file);
        return file;
    }

    string SampleBook(byte[] picture)
    {
        var chapter = SampleNotebook.Create();
        chapter.Cells.SelectMany(c => c.Outputs).OfType<DisplayOutput>().First().Data["image/png"] = Convert.ToBase64String(picture);
        new Book { Title = "Workbook", Introduction = "How can new variables optimize a TensorFlow model? Each notebook answers a part." }
            .Write([new BookChapter("01-strength", chapter), new BookChapter("02-price", SampleNotebook.Create()),
                new BookChapter("03-other", SampleNotebook.Create())], folder.FullName);
        return Path.Combine(folder.FullName, "index.html");
    }
}
