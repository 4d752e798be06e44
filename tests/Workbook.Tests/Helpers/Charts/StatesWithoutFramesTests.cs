using System.Text.Json.Nodes;
using Workbook.Helpers;
using Workbook.Host.Export;
using Workbook.Host.Export.Browser;
using Workbook.Tests.Host.Export;
using Xunit;
using Figure = Workbook.Helpers.Figure;

namespace Workbook.Tests.Helpers.Charts;

/// <summary>Figures of several states where plotly.js is given data and layout alone, as VS Code's renderer of notebooks does.</summary>
[Trait("speed", "slow")]
public sealed class StatesWithoutFramesTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("workbook-test-");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_slider_moves_by_mouse()
    {
        var tab = await OpenAsync(Slider.Over("rate", [1.0, 3, 10], rate =>
        {
            var plot = new Plot($"It falls at {rate}", "time", "value").Line("decay", [0, 1], [rate, 0]);
            return rate < 10 ? plot : plot.Event("so", 0.5, rate / 2);
        }, at: 3));
        Assert.Equal("It falls at 3|3|true,false|0", await SeenAsync(tab, 3));
        await tab.ClickAsync(".slider-rail-touch-rect", 0.99, Cancellation);
        Assert.Equal("It falls at 10|10|true,true|1", await SeenAsync(tab, 10));
        await tab.ClickAsync(".slider-rail-touch-rect", 0.01, Cancellation);
        Assert.Equal("It falls at 1|1|true,false|0", await SeenAsync(tab, 1));
        Assert.Equal("rate: 1", (string?)await tab.EvaluateAsync("document.querySelector('.slider-label').textContent", Cancellation));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task A_replay_moves_by_mouse_plays_to_its_end_and_pauses()
    {
        double[] steps = [.. Enumerable.Range(0, 41).Select(i => (double)i)];
        var tab = await OpenAsync(new Plot("It falls", "step", "λ").Line("λ", steps, steps.Select(s => 40 - s)).Replay(frames: 20));
        await tab.ClickAsync(".slider-rail-touch-rect", 0.01, Cancellation);
        await WaitAsync(tab, "plot.data[0].x.at(-1) === 2");
        // The page itself pauses: on a busy machine a mouse from outside may come when all is over.
        await tab.EvaluateAsync("""
            window.seen = [];
            document.querySelector(".js-plotly-plot").on("plotly_animatingframe", e => {
                if (seen.push(e.frame.data[0].x.at(-1)) === 3)
                    setTimeout(() => document.querySelector(".updatemenu-button:last-of-type").dispatchEvent(new MouseEvent("click")));
            });
            """, Cancellation);
        await tab.ClickAsync(".updatemenu-button", cancellation: Cancellation);
        await WaitAsync(tab, "seen.length > 2 && !plot._transitionData._animationRaf");
        Assert.True((int)(await tab.EvaluateAsync("seen.length", Cancellation))! < 20);
        await tab.ClickAsync(".updatemenu-button", cancellation: Cancellation);
        await WaitAsync(tab, "seen.at(-1) === 40 && plot.data[0].x.at(-1) === 40");
    }

    async Task<BrowserTab> OpenAsync(Figure figure)
    {
        var path = Path.Combine(folder.FullName, "renderer.html");
        await File.WriteAllTextAsync(path, $$"""
            <!DOCTYPE html><html><head><meta charset="utf-8"><script>{{Assets.PlotlyScript}}</script></head><body><div id="plot"></div>
            <script>
            const { data, layout } = {{figure.ToJson().Replace("<", "\\u003c")}};
            window.drawn = Plotly.newPlot(document.getElementById("plot"), data, layout).then(() => {});
            </script></body></html>
            """, Cancellation);
        var tab = await browser.OpenAsync();
        await tab.SetScreenAsync(1000, 800, dark: false, Cancellation);
        await tab.GoAsync(new Uri(path), Cancellation);
        await tab.EvaluateAsync("window.drawn", Cancellation);
        return tab;
    }

    /// <summary>The title, where the line begins, which traces are seen, and how many notes, once the line begins at a value.</summary>
    static async Task<string?> SeenAsync(BrowserTab tab, double first)
    {
        await WaitAsync(tab, FormattableString.Invariant($"plot._fullData[0].y[0] === {first}"));
        return (string?)await tab.EvaluateAsync("""
            (plot => [plot._fullLayout.title.text.replace(/<.*?>/g, " ").trim(), plot._fullData[0].y[0],
                plot._fullData.map(t => t.visible).join(), plot._fullLayout.annotations.filter(a => a.text === "so").length].join("|"))(
                document.querySelector(".js-plotly-plot"))
            """, Cancellation);
    }

    static Task<JsonNode?> WaitAsync(BrowserTab tab, string condition) => tab.EvaluateAsync($$"""
        new Promise((done, failed) => {
            const plot = document.querySelector(".js-plotly-plot"), end = performance.now() + 150000;
            const look = () => {{condition}} ? done() : performance.now() > end ? failed(new Error("too late"))
                : requestAnimationFrame(look);
            look();
        })
        """, Cancellation);
}
