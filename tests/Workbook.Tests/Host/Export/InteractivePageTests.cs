using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Export.Browser;
using Xunit;

namespace Workbook.Tests.Host.Export;

/// <summary>What a page does when a reader acts. Screenshots are kept in artifacts/pages.</summary>
[Trait("speed", "slow")]
public sealed class InteractivePageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IDisposable
{
    const string Where = ".wb-prediction[data-id='where-1']", When = ".wb-prediction[data-id='when-2']", Fold = "#waits-1";

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("workbook-asking-");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_prediction_opens_what_follows_compares_with_the_readers_answer_and_is_kept()
    {
        var tab = await OpenAsync();
        Assert.Equal("false,none", await Text(tab, $"{Is(Fold)}.open + ',' + getComputedStyle({Is(".contents [data-waits]")}).display"));
        await tab.ClickAsync($"{Where} li:nth-child(1) button", cancellation: Cancellation);
        Assert.Equal("false", await Text(tab, $"{Is(Fold)}.open"));
        await tab.ClickAsync($"{When} input", cancellation: Cancellation);
        await tab.TypeAsync("soon", Cancellation);
        await tab.PressAsync("Enter", 13, Cancellation);
        Assert.Equal("Expected a number, such as 0.3.", await Text(tab, $"{Is($"{When} .state")}.textContent"));
        await tab.EvaluateAsync($"{Is($"{When} input")}.value = ''", Cancellation);
        await tab.TypeAsync("42,5", Cancellation);
        await tab.PressAsync("Enter", 13, Cancellation);
        Assert.Equal("true,list-item",
            await Text(tab, $"{Is(Fold)}.open + ',' + getComputedStyle({Is(".contents [data-waits]")}).display"));
        Assert.Equal("You said a; it is b. A surprise is worth remembering.", await Said(tab, "where-1"));
        Assert.Equal("You said 42,5; it is 39. You were right.", await Said(tab, "when-2"));
        Assert.Contains("1 of 2 right.", await Text(tab, $"{Is(".score")}.textContent"));
        await PageChecks.KeepAsync(tab, "asking-answered-1280-light.png");

        await tab.GoAsync(Page("asking"), Cancellation);
        Assert.Equal("true", await Text(tab, $"{Is(Fold)}.open"));
        Assert.Equal("You said a; it is b. A surprise is worth remembering.", await Said(tab, "where-1"));
        await tab.GoAsync(Page("another"), Cancellation);
        Assert.Equal("false", await Text(tab, $"{Is(Fold)}.open"));

        await tab.GoAsync(Page("asking"), Cancellation);
        await tab.ClickAsync($"{Where} .state button", cancellation: Cancellation);
        Assert.Equal("false", await Text(tab, $"{Is(Fold)}.open"));
        Assert.Contains("1 of 1 right; 1 not made yet.", await Text(tab, $"{Is(".score")}.textContent"));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task A_label_leaves_the_curve_and_an_arrow_between_two_points_stays()
    {
        var tab = await OpenAsync();
        var moved = await Text(tab, """
            (async () => {
                const div = document.createElement("div");
                document.querySelector("main").append(div);
                await Plotly.newPlot(div, [{ x: [0, 1, 2], y: [0, 1, 2], mode: "lines+markers" }], { height: 400, annotations: [
                    { text: "", x: 2, y: 2, axref: "x", ayref: "y", ax: 0, ay: 0 },
                    { text: "a word on the curve", x: 1, y: 1, showarrow: false },
                ] });
                await workbook.settle(div);
                const [arrow, label] = div.layout.annotations;
                return [arrow.ax, arrow.ay, Math.hypot(label.xshift ?? 0, label.yshift ?? 0) > 0].join();
            })()
            """);
        Assert.Equal("0,0,true", moved);
    }

    [Theory]
    [InlineData("x2", "y2", true)]
    [InlineData("x", "y", false)]
    public async Task A_line_changes_its_colour_for_a_picture_only_where_it_lies_on_it(string x, string y, bool stays)
    {
        var tab = await OpenAsync();
        var colour = await Text(tab, $$"""
            (() => {
                const figure = { layout: {}, data: [
                    { type: "heatmap", xaxis: "{{x}}", yaxis: "{{y}}", colorscale: [[0, "#f0f0f0"], [1, "#222222"]] },
                    { type: "scatter", line: { color: "#c14600" } }] };
                workbook.paint(figure, { paper: "rgb(255, 255, 255)", ink: "rgb(34, 34, 34)", isDark: false });
                return figure.data[1].line.color;
            })()
            """);
        Assert.Equal(stays, colour == "#c14600");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Nobody_is_told_that_he_said_what_the_author_wrote()
    {
        var tab = await OpenAsync();
        await tab.EvaluateAsync(PageChecks.OpenFolds, Cancellation);
        var seen = await Text(tab, "document.querySelector('main').innerText");
        Assert.DoesNotContain("You said", seen);
        Assert.DoesNotContain("Your answer: a", seen);
        Assert.Contains("It is b: Down.", seen);
        Assert.Contains("You have made none of the 2 on this page.", seen);
    }

    [Fact]
    public async Task A_choice_can_be_made_by_keyboard_and_is_marked()
    {
        var tab = await OpenAsync();
        await tab.EvaluateAsync($"{Is($"{Where} button")}.focus()", Cancellation);
        await tab.PressAsync("Tab", 9, Cancellation);
        await tab.PressAsync("Enter", 13, Cancellation);
        const string pressed = $"[...document.querySelectorAll(\"{Where} li button\")].map(b => b.ariaPressed).join()";
        Assert.Equal("false,true", await Text(tab, pressed));
        Assert.Contains("You said b.", await Text(tab, $"{Is($"{Where} [role=status]")}.textContent"));
    }

    [Fact]
    public async Task A_link_into_a_fold_opens_it()
    {
        var tab = await OpenAsync();
        await tab.EvaluateAsync("new Promise(done => { addEventListener('hashchange', () => setTimeout(done)); location.hash = '#it-falls-through-zero'; })", Cancellation);
        Assert.Equal("true", await Text(tab, $"{Is(Fold)}.open"));
    }

    [Fact]
    public async Task Everything_opens_for_paper_and_closes_again()
    {
        var tab = await OpenAsync();
        const string count = "document.querySelectorAll('main details:not([open])').length";
        var closed = await Text(tab, count);
        await tab.EvaluateAsync("dispatchEvent(new Event('beforeprint')); window.figuresDrawn", Cancellation);
        Assert.Equal("0", await Text(tab, count));
        await tab.EvaluateAsync("dispatchEvent(new Event('afterprint'))", Cancellation);
        Assert.Equal(closed, await Text(tab, count));
        Assert.NotEqual("0", closed);
    }

    [Fact]
    public async Task A_slider_is_moved_by_keyboard_and_by_mouse_and_says_its_state()
    {
        var tab = await OpenAsync();
        const string look = """
            (async () => {
                await window.figuresDrawn;
                const plot = document.querySelector(".drawing"), input = document.querySelector(".slide input");
                return [input.value, input.ariaValueText ?? input.getAttribute("aria-valuetext"), plot.data[0].y[2], plot.closest("figure").querySelector("figcaption").textContent,
                    document.querySelector(".slide output").textContent, plot.querySelectorAll(".slider-container").length].join(" | ");
            })()
            """;
        Assert.Equal("1 | 2. A line from 0 to 4. | 4 | Twice as steep | 2 | 0", await Text(tab, look));
        await tab.EvaluateAsync("document.querySelector('.slide input').focus({ preventScroll: true })", Cancellation);
        await tab.PressAsync("ArrowRight", 39, Cancellation);
        Assert.Equal("2 | 4. A line from 0 to 8. | 8 | Steep | 4 | 0", await Text(tab, look));
        await tab.ClickAsync(".slide input", 0.02, Cancellation);
        Assert.Equal("0 | 1. A line from 0 to 2. | 2 | Slow | 1 | 0", await Text(tab, look));
        Assert.Equal("slope", await Text(tab, "document.querySelector('.slide label').innerText.trim()"));
        await tab.SetScreenAsync(390, 844, dark: true, Cancellation);
        Assert.Equal("0 | 1. A line from 0 to 2. | 2 | Slow | 1 | 0",
            await Text(tab, $"new Promise(done => setTimeout(done, 50)).then(() => {look})"));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task A_slider_of_frames_with_names_is_moved_too()
    {
        var file = Path.Combine(folder.FullName, "named.html");
        HtmlPage.Write(new() { Cells = { Figure(InteractiveSample.NamedSlider) } }, file);
        var tab = await OpenAsync();
        await tab.GoAsync(new Uri(file), Cancellation);
        await tab.EvaluateAsync("document.querySelector('.slide input').focus({ preventScroll: true })", Cancellation);
        await tab.PressAsync("ArrowRight", 39, Cancellation);
        Assert.Equal("4,8", await Text(tab, "(async () => { await window.figuresDrawn; return [document.querySelector('.slide output').textContent, "
            + "document.querySelector('.drawing').data[0].y[2]].join(); })()"));
    }

    [Fact]
    public async Task A_slider_plays_to_its_end_and_stops()
    {
        var tab = await OpenAsync();
        await tab.ClickAsync(".slide button", cancellation: Cancellation);
        await tab.EvaluateAsync("""
            new Promise(done => {
                const look = () => document.querySelector(".slide input").value === "2" && document.querySelector(".slide button").textContent === "Play" ? done() : requestAnimationFrame(look);
                look();
            })
            """, Cancellation);
        Assert.Equal("8", await Text(tab, "document.querySelector('.drawing').data[0].y[2]"));
    }

    [Fact]
    public async Task A_copy_of_a_cell_is_its_whole_code_in_its_order()
    {
        var tab = await OpenAsync();
        await tab.EvaluateAsync("navigator.clipboard.writeText = async text => { window.copied = text; }", Cancellation);
        await tab.EvaluateAsync(PageChecks.OpenFolds, Cancellation);
        await tab.ClickAsync("#cell-5 .copy", cancellation: Cancellation);
        Assert.Equal("Run();\nCheck.Equal(\"a\", 1, 1);\n\nforeach (var x in xs)\n    Check.Less(\"b\", x, 2);\n"
            + "where.Reveal(\"b\", \"The loss wants it.\")", await Text(tab, "window.copied"));
        Assert.Equal("Copied", await Text(tab, $"{Is("#cell-5 .copy")}.textContent"));
    }

    [Fact]
    public async Task The_theme_follows_the_system_until_the_reader_chooses_and_figures_follow_it()
    {
        var tab = await OpenAsync(dark: true);
        const string dark = "rgb(21, 24, 28),dark", light = "rgb(253, 253, 252),light";
        async Task<string?> LookAsync() => await Text(tab, """
            (async () => {
                await window.figuresDrawn;
                const ink = document.querySelector(".drawing")._fullLayout.font.color, [red] = ink.match(/\d+/g).map(Number);
                return [getComputedStyle(document.body).backgroundColor, red > 127 ? "dark" : "light"].join();
            })()
            """);
        Assert.Equal(dark, await LookAsync());
        await tab.ClickAsync(".theme", cancellation: Cancellation);
        Assert.Equal(light, await LookAsync());
        // A browser keeps what it is told to when it finds the time; the next page may have begun by then.
        for (var tries = 0; tries < 50; tries++)
        {
            await tab.GoAsync(Page("asking"), Cancellation);
            if (await LookAsync() == light) break;
        }

        Assert.Equal(light, await LookAsync());
        await tab.ClickAsync(".theme", cancellation: Cancellation);
        Assert.Equal(dark, await LookAsync());
        await tab.ClickAsync(".theme", cancellation: Cancellation);
        Assert.Equal("◐ System", await Text(tab, $"{Is(".theme")}.textContent"));
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task A_page_that_asks_fits_the_screen_and_can_be_read(int width, bool dark)
    {
        var tab = await OpenAsync(width, dark);
        Assert.Empty((await tab.EvaluateAsync(PageChecks.Script, Cancellation))!.AsArray().Select(c => c!.ToString()));
        await tab.EvaluateAsync(PageChecks.OpenFolds, Cancellation);
        Assert.Empty((await tab.EvaluateAsync(PageChecks.Script, Cancellation))!.AsArray().Select(c => c!.ToString()));
        await PageChecks.KeepAsync(tab, $"asking-{width}-{(dark ? "dark" : "light")}.png");
        Assert.Empty(tab.Errors);
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Contours_stand_out_labels_keep_off_curves_and_a_line_of_keys_fits(int width, bool dark)
    {
        var file = Path.Combine(folder.FullName, "contours.html");
        var document = new NotebookDocument { Cells = { new() { Language = "markdown", Source = "# Contours" } } };
        foreach (var figure in (string[])[InteractiveSample.Contours(filled: true), InteractiveSample.Contours(filled: false)])
            document.Cells.Add(Figure(figure));
        HtmlPage.Write(document, file);
        var tab = await OpenAsync(width, dark);
        await tab.GoAsync(new Uri(file), Cancellation);
        Assert.Empty((await tab.EvaluateAsync(PageChecks.Script, Cancellation))!.AsArray().Select(c => c!.ToString()));
        await PageChecks.KeepAsync(tab, $"contours-{width}-{(dark ? "dark" : "light")}.png");
    }

    [Fact]
    public async Task Code_of_a_hundred_columns_needs_no_scrolling_on_a_screen_of_1280()
    {
        var document = InteractiveSample.Create();
        document.Cells.Add(new() { Language = "csharp", Source = "// " + new string('x', 97) });
        var file = Path.Combine(folder.FullName, "wide.html");
        HtmlPage.Write(document, file);
        var tab = await OpenAsync();
        await tab.GoAsync(new Uri(file), Cancellation);
        Assert.Equal("true",
            await Text(tab, "(pre => pre.scrollWidth <= pre.clientWidth)([...document.querySelectorAll('main pre.code')].pop())"));
    }

    static Cell Figure(string json) => new()
    {
        Language = "csharp",
        Source = "x",
        Outputs = { new DisplayOutput(new MimeBundle { [FigureHtml.MimeType] = JsonNode.Parse(json) }) },
    };

    async Task<BrowserTab> OpenAsync(int width = 1280, bool dark = false)
    {
        var tab = await browser.OpenAsync();
        await tab.SetScreenAsync(width, width == 390 ? 844 : 800, dark, Cancellation);
        await tab.GoAsync(Page("asking"), Cancellation);
        // What another test has left goes when the browser finds the time.
        do
        {
            await tab.EvaluateAsync("localStorage.clear()", Cancellation);
            await tab.GoAsync(Page("asking"), Cancellation);
        }
        while (await Text(tab, "localStorage.length") != "0");
        return tab;
    }

    Uri Page(string name)
    {
        var file = Path.Combine(folder.FullName, $"{name}.html");
        if (!File.Exists(file)) HtmlPage.Write(InteractiveSample.Create(), file);
        return new Uri(file);
    }

    static string Is(string selector) => $"document.querySelector(\"{selector}\")";

    static Task<string?> Said(BrowserTab tab, string id) =>
        Text(tab, $"(line => line.checkVisibility() ? line.textContent : 'hidden')({Is($".wb-reveal[data-for='{id}'] .wb-said")})");

    static async Task<string?> Text(BrowserTab tab, string expression) => (await tab.EvaluateAsync(expression, Cancellation)) switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        var node => node.ToJsonString(),
    };
}
