using System.Text.Json.Nodes;
using DynamicObj;
using Plotly.NET;
using Workbook.Helpers;
using Xunit;
using Figure = Workbook.Helpers.Figure;

namespace Workbook.Tests.Helpers.Charts;

public class SliderTests
{
    static Figure Decay(double rate) => new Plot($"It falls at the rate {rate}", "time", "value")
        .Line("decay", [0, 1, 2], [rate, rate / 2, rate / 4]).Truth("limit", y: 0).Event("half", 1, rate / 2);

    static JsonNode Json(Figure figure) => JsonNode.Parse(figure.ToJson())!;

    static JsonArray Steps(JsonNode figure) => figure["layout"]!["sliders"]![0]!["steps"]!.AsArray();

    static IEnumerable<string?> Labels(JsonNode figure) => Steps(figure).Select(s => (string?)s!["label"]);

    static List<JsonNode> Frames(JsonNode figure) => [.. Steps(figure).Select(s => s!["args"]![0]![0]!)];

    static JsonNode Three => Json(Slider.Over("rate", [1.0, 3, 10], Decay, at: 3));

    [Fact]
    public void The_still_is_the_figure_at_the_stated_value()
    {
        var (all, one) = (Three, Json(Decay(3)));
        Assert.Equal(one["layout"]!["title"]!.ToJsonString(), all["layout"]!["title"]!.ToJsonString());
        Assert.Equal(one["data"]![0]!["y"]!.ToJsonString(), all["data"]![0]!["y"]!.ToJsonString());
        Assert.Equal(1, (int)all["layout"]!["sliders"]![0]!["active"]!);
        var figure = Slider.Over("rate", [1.0, 3, 10], Decay, at: 3);
        Assert.Equal("It falls at the rate 3", figure.Title);
        Assert.EndsWith("A slider sets rate: 1, 3, 10. Shown: 3.", figure.Alt);
        Assert.StartsWith("It falls at the rate 3. Horizontal: time", figure.ToString());
        Assert.Equal(figure.Alt, (string?)all["layout"]!["meta"]!["alt"]);
    }

    [Fact]
    public void Each_value_is_a_step_that_carries_its_state()
    {
        var all = Three;
        Assert.Null(all["frames"]);
        Assert.Equal(["1", "3", "10"], Labels(all));
        Assert.All(Steps(all), s => Assert.Equal("animate", (string?)s!["method"]));
        Assert.Equal("""{"kind":"slider","name":"rate","room":84}""", all["layout"]!["meta"]!["wb"]!.ToJsonString());
        Assert.Equal("rate: ", (string?)all["layout"]!["sliders"]![0]!["currentvalue"]!["prefix"]);
        Assert.Null(all["layout"]!["updatemenus"]);
        foreach (var (frame, rate) in Frames(all).Zip([1.0, 3, 10]))
        {
            Assert.Equal(Decay(rate).Alt, (string?)frame["layout"]!["meta"]!["alt"]);
            Assert.Contains($"rate {rate}", (string?)frame["layout"]!["title"]!["text"]);
            Assert.Equal($"[{rate},{rate / 2},{rate / 4}]", JsonNode.Parse(frame["data"]![0]!["y"]!.ToJsonString())!.ToJsonString()
                .Replace(".0", ""));
        }
    }

    [Fact]
    public void A_state_holds_only_what_differs()
    {
        var frame = Frames(Three)[0];
        Assert.Equal(["y"], frame["data"]![0]!.AsObject().Select(p => p.Key));
        Assert.Empty(frame["data"]![1]!.AsObject());
        Assert.Equal(["annotations", "meta", "title"], frame["layout"]!.AsObject().Select(p => p.Key).Order());
    }

    [Fact]
    public void The_axes_show_in_all_states_what_any_of_them_shows()
    {
        var y = Three["layout"]!["yaxis"]!["range"]!.AsArray().Select(v => (double)v!).ToArray();
        Assert.True(y[0] < 0 && y[1] is > 10 and < 11, $"{y[0]}–{y[1]}");
        var zoomed = Json(Slider.Over("rate", [1.0, 10], r => ((Plot)Decay(r)).Zoom(y: (0, 2 * r)), at: 1));
        Assert.Equal("[0,20]", zoomed["layout"]!["yaxis"]!["range"]!.ToJsonString().Replace(".0", ""));
        Assert.Contains("Vertical: value from 0 to 1.", Slider.Over("rate", [1.0, 10], Decay, at: 1).Alt);
    }

    static Figure Foreign(string type, params (string Key, object Value)[] properties) => Figure.Of("Foreign", "A chart.", () =>
    {
        var trace = new Trace(type);
        foreach (var (key, value) in properties) trace.SetProperty(key, value);
        return GenericChart.ofTraceObject(false, trace);
    });

    [Fact]
    public void Charts_of_other_makers_get_fixed_ranges_too()
    {
        var lines = Json(Slider.Over("n", [1, 3], n => Foreign("scatter", ("x", new[] { 0.0, n }), ("y", new[] { -1.0, n })), at: 1));
        Assert.Equal([-0.12, 3.12, -1.16, 3.16], Ends(lines));
        var picture = Json(Slider.Over("n", [1, 3], n => Foreign("heatmap", ("z", new[] { new[] { 1, n, 0 }, [2, n, 0] })), at: 3));
        Assert.Equal([-0.5, 2.5, -0.5, 1.5], Ends(picture));
        var named = Json(Slider.Over("n", [1, 3], n => Foreign("bar", ("x", new[] { "a", "b" }), ("y", new[] { n, 2 })), at: 3));
        Assert.Null(named["layout"]!["xaxis"]?["range"]);
        Assert.Equal(-0.12, (double)named["layout"]!["yaxis"]!["range"]![0]!, 1e-9);

        static double[] Ends(JsonNode figure) => [.. new[] { "xaxis", "yaxis" }
            .SelectMany(a => figure["layout"]![a]!["range"]!.AsArray()).Select(v => Math.Round((double)v!, 9))];
    }

    [Fact]
    public void States_with_other_traces_are_made_alike()
    {
        var all = Json(Slider.Over("lines", [1, 2], n =>
        {
            var plot = new Plot("Lines", "x", "y").Line("a", [0, 1], [0, n]);
            return n == 1 ? plot : plot.Line("b", [0, 1], [2, 2]);
        }, at: 1));
        Assert.Equal(["a", "b"], all["data"]!.AsArray().Select(t => (string?)t!["name"]));
        Assert.Equal("[]", all["data"]![1]!["x"]!.ToJsonString());
        Assert.False((bool)all["data"]![1]!["visible"]!);
        Assert.Equal([false, null], Frames(all).Select(f => (bool?)f["data"]![1]!["visible"]));
        Assert.Equal(2, Frames(all)[1]["data"]![1]!["x"]!.AsArray().Count);
    }

    [Fact]
    public void A_state_that_fails_is_named_and_the_others_are_shown()
    {
        Figure? figure = null;
        var printed = Printed.By(() => figure = Slider.Over("rate", [1, 3, 10],
            r => r == 3 ? throw new InvalidTimeZoneException("no time") : Decay(r), at: 3));
        Assert.Equal("✗ Slider 'rate': the state 3 failed: InvalidTimeZoneException: no time", printed);
        Assert.Equal(["1", "10"], Labels(Json(figure!)));
        Assert.EndsWith("Shown: 1.", figure!.Alt);
        var none = Assert.Throws<AggregateException>(() =>
            Slider.Over<int>("rate", [1, 3], r => throw new InvalidTimeZoneException("no time"), 1));
        Assert.Contains("Slider 'rate': expected figures. Received: an error in each of 2 states, at 1 InvalidTimeZoneException: no time",
            none.Message);
    }

    [Theory]
    [InlineData("at least two values. Received: none")]
    [InlineData("at least two values. Received: 5", 5.0)]
    [InlineData("values that differ. Received: 5 2 times", 5.0, 1.0, 5.0)]
    [InlineData("at to be one of 1, 2. Received: 3", 1.0, 2.0)]
    public void Values_are_two_or_more_and_hold_the_still(string words, params double[] values) =>
        Assert.Contains($"Slider 'rate': expected {words}",
            Assert.Throws<ArgumentException>(() => Slider.Over("rate", values, Decay, at: 3)).Message);

    [Fact]
    public void Values_may_be_of_any_type_and_have_labels()
    {
        var words = Json(Slider.Over("judge", ["data", "evidence"], w => new Plot(w, "x", "y").Line(w, [0], [1]), at: "data"));
        Assert.Equal(["data", "evidence"], Labels(words));
        var labelled = Json(Slider.Over("rate", [0.01, 0.1], Decay, at: 0.1, label: r => $"{100 * r} %"));
        Assert.Equal(["1 %", "10 %"], Labels(labelled));
    }

    [Fact]
    public void A_figure_that_is_too_large_is_refused_with_its_size_and_what_to_thin()
    {
        double[] many = [.. Enumerable.Range(0, 900).Select(i => Math.Sqrt(i))];
        var error = Assert.Throws<ArgumentException>(() => Slider.Over("rate", Enumerable.Range(1, 40).ToList(),
            r => new Plot("Many", "x", "y").Line("few", [0, 1], [0, r]).Line("noise", many, many.Select(v => Math.Sin(r * v))), at: 1));
        Assert.Matches("^Slider 'rate': expected a figure of at most 300 KB with its states. Received: [4-9]\\d\\d KB in 40 states, "
            + "\\d+ KB of them for 'noise' with up to 900 points or rows in a state. Draw fewer points there, or show fewer states.$",
            error.Message);
    }
}
