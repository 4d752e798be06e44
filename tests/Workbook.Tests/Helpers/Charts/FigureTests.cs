using System.Text.Json.Nodes;
using DynamicObj;
using Plotly.NET;
using Workbook.Helpers;
using Workbook.Tests.Helpers.Display;
using Workbook.Tests.Host.Export;
using Xunit;
using Figure = Workbook.Helpers.Figure;

namespace Workbook.Tests.Helpers.Charts;

public sealed class FigureTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    static Plot Plot => new Plot("</script> & <b>λ</b>", "step", "λ").Line("naive", [0, 1, 2], [1, double.NaN, -0.25]);

    static Figure Foreign => Figure.Of("Points", "Two points.", () =>
    {
        var trace = new Trace("scatter");
        trace.SetProperty("y", new[] { 3.0, 4.0 });
        return GenericChart.ofTraceObject(true, trace);
    });

    /// <summary>Plotly.NET's own way needs a module that .NET Interactive cannot load; both must say the same.</summary>
    [Fact]
    public void The_json_of_a_figure_is_that_of_Plotly_NET() =>
        Assert.All(new[] { Plot, Foreign }, f => Assert.Equal(GenericChart.toJson(f.ToChart()), f.ToJson()));

    /// <summary>With it, plotly.js forgets the height and takes that of its box, which in JupyterLab is as high as a line.</summary>
    [Fact]
    public void A_figure_does_not_say_that_it_is_responsive() => Assert.Null(JsonNode.Parse(Plot.ToJson())!["config"]!["responsive"]);

    [Fact]
    public void NET_Interactive_prefers_html_for_it_cannot_send_the_json_of_plotly()
    {
        Assert.Equal(["text/html", "text/plain"], Shown.Preferred(Plot));
        Assert.Equal(["text/html", "text/plain"],
            FigureFormatters.For(isDotNetInteractive: true).Cast<MimeFormatter<Figure>>().Select(f => f.MimeType));
        Assert.Equal(["application/vnd.plotly.v1+json", "text/plain"],
            FigureFormatters.For(isDotNetInteractive: false).Cast<MimeFormatter<Figure>>().Select(f => f.MimeType));
    }

    [Fact]
    [Trait("speed", "slow")]
    public async Task A_page_that_was_saved_draws_the_chart_at_its_height_without_a_network()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("workbook-test-").FullName, "chart.html");
        Plot.SaveHtml(path);
        var tab = await browser.OpenAsync();
        await tab.GoAsync(new Uri(path), TestContext.Current.CancellationToken);
        var seen = await tab.EvaluateAsync("""
            (() => {
                const plot = document.querySelector(".js-plotly-plot");
                return [document.title, document.querySelectorAll(".main-svg .trace").length, plot.clientHeight, plot.getAttribute("aria-label"), document.scripts.length];
            })()
            """, TestContext.Current.CancellationToken);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        Assert.Equal(Plot.Title, (string?)seen![0]);
        Assert.Equal([1, 420], seen.AsArray().Skip(1).Take(2).Select(n => (int)n!));
        Assert.Equal(Plot.Alt, (string?)seen[3]);
        Assert.Equal(2, (int)seen[4]!);
    }

    [Fact]
    [Trait("speed", "slow")]
    public async Task A_slider_on_a_saved_page_moves_by_the_keyboard_between_states_of_the_same_ranges()
    {
        var token = TestContext.Current.CancellationToken;
        var path = Path.Combine(Directory.CreateTempSubdirectory("workbook-test-").FullName, "chart.html");
        static Plot Falling(double rate) =>
            new Plot($"It falls at {rate}", "time", "value").Line("decay", [0, 1], [rate, 0]).Event("so", 1, rate / 2);
        Slider.Over("rate", [1.0, 3, 10], Falling, at: 3).SaveHtml(path);
        var tab = await browser.OpenAsync();
        await tab.GoAsync(new Uri(path), token);
        const string seen = """
            (async () => {
                const plot = document.querySelector(".js-plotly-plot"), range = document.querySelector("input[type=range]");
                const title = () => plot._fullLayout.title.text.replace(/<.*?>/g, " ").trim(), value = range.getAttribute("aria-valuetext");
                for (let i = 0; i < 2000 && !title().endsWith(` ${value}`); i++) await new Promise(done => setTimeout(done, 50));
                return [title(), plot._fullData[0].y[0], plot._fullLayout.yaxis.range.join(), plot._fullLayout.annotations[0].y,
                    value, plot.getAttribute("aria-label").slice(0, 15),
                    document.querySelector("output").textContent, plot.querySelectorAll(".slider-container").length];
            })()
            """;
        var first = await tab.EvaluateAsync(seen, token);
        await tab.EvaluateAsync("document.querySelector('input[type=range]').focus()", token);
        await tab.PressAsync("ArrowRight", 39, token);
        var second = await tab.EvaluateAsync(seen, token);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        Assert.Equal("""["It falls at 3",3,"-0.4,10.4",1.5,"3","It falls at 3. ","3",0]""", first!.ToJsonString());
        Assert.Equal("""["It falls at 10",10,"-0.4,10.4",5,"10","It falls at 10.","10",0]""", second!.ToJsonString());
    }
}
