using System.Text.Json.Nodes;
using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;
using Figure = Workbook.Helpers.Figure;

namespace Workbook.Tests.Helpers.Charts;

public class ReplayTests
{
    static JsonNode Json(Figure figure) => JsonNode.Parse(figure.ToJson())!;

    static JsonArray Steps(JsonNode figure) => figure["layout"]!["sliders"]![0]!["steps"]!.AsArray();

    static IEnumerable<string?> Labels(JsonNode figure) => Steps(figure).Select(s => (string?)s!["label"]);

    static List<JsonNode> Frames(JsonNode figure) => [.. Steps(figure).Select(s => s!["args"]![0]![0]!)];

    static double[] Numbers(JsonNode? node) => [.. node!.AsArray().Select(v => (double)v!)];

    [Fact]
    public void Lines_grow_truths_stand_and_events_come_in_time()
    {
        double[] steps = [.. Enumerable.Range(0, 101).Select(i => (double)i)];
        var plot = new Plot("It falls", "step", "λ").Line("λ", steps, steps.Select(s => 1 - s / 50)).Truth("zero", y: 0)
            .Event("crosses zero", 50, 0);
        var all = Json(plot.Replay(frames: 4));
        var frames = Frames(all);
        Assert.Equal(["25", "50", "75", "100"], Labels(all));
        Assert.Equal([25, 50, 75, 100], frames.Select(f => Numbers(f["data"]![0]!["x"])[^1]));
        Assert.All(frames, f => Assert.Empty(f["data"]![1]!.AsObject()));
        Assert.False((bool)frames[0]["data"]![2]!["visible"]!);
        Assert.DoesNotContain("crosses", frames[0]["layout"]!["annotations"]!.ToJsonString());
        Assert.Contains("crosses", frames[1]["layout"]!["annotations"]!.ToJsonString());
        Assert.Equal(Json(plot)["data"]![0]!.ToJsonString(), all["data"]![0]!.ToJsonString());
        Assert.Equal(3, (int)all["layout"]!["sliders"]![0]!["active"]!);
        var buttons = all["layout"]!["updatemenus"]![0]!["buttons"]!.AsArray();
        Assert.Equal(2, buttons.Count);
        Assert.Equal(frames.Select(f => f["data"]!.ToJsonString()),
            buttons[0]!["args"]![0]!.AsArray().Select(f => f!["data"]!.ToJsonString()));
        Assert.Equal("[null]", buttons[1]!["args"]![0]!.ToJsonString());
        Assert.False((bool)all["layout"]!["sliders"]![0]!["currentvalue"]!["visible"]!);
        Assert.EndsWith("It plays from step 25 to 100. Shown: 100.", plot.Replay(frames: 4).Alt);
    }

    [Fact]
    public void A_path_through_the_plane_grows_step_by_step()
    {
        var all = Json(new Plot("Around", "w", "λ").Path("descent", [0, 1, 0, -1, 0], [1, 0, -1, 0, 1]).Replay(frames: 4));
        Assert.Equal([2, 3, 4, 5], Frames(all).Select(f => f["data"]![0]!["x"]!.AsArray().Count));
        Assert.Equal(["1", "2", "3", "4"], Labels(all));
        Assert.Equal("step: ", (string?)all["layout"]!["sliders"]![0]!["currentvalue"]!["prefix"]);
    }

    [Fact]
    public void Every_recorder_can_be_replayed()
    {
        var v = tf.Variable(1.0, name: "λ");
        var recorder = new Recorder([v]);
        for (var i = 1; i <= 20000; i++)
        {
            v.assign(Math.Sin(i * i / 1e6));
            recorder.Record(i, losses: ("loss", i));
        }
        var figure = recorder.ToFigure("It swings", "λ", ["λ", "loss"]).Replay();
        Assert.InRange(figure.ToJson().Length, 30_000, 300_000);
        Assert.Equal(30, Steps(Json(figure)).Count);
    }

    [Fact]
    public void Many_lines_are_thinned_until_they_fit()
    {
        double[] steps = [.. Enumerable.Range(0, 1200).Select(i => (double)i)];
        Plot Of(int lines)
        {
            var plot = new Plot("Many", "step", "w");
            for (var i = 0; i < lines; i++) plot.Line($"w[{i}]", steps, steps.Select(s => Math.Sin(s * i + s * s)));
            return plot;
        }
        Assert.InRange(Of(6).Replay().ToJson().Length, 100_000, 300_000);
        var error = Assert.Throws<ArgumentException>(() => Of(24).Replay());
        Assert.StartsWith("Replay 'step': expected a figure of at most 300 KB with its states. Received: ", error.Message);
    }

    [Fact]
    public void What_cannot_be_replayed_is_refused()
    {
        var still = new Plot("Points", "x", "y").Points("p", [1], [2]).Truth("zero", y: 0);
        Assert.Contains("expected a line or a path that comes about. Received: none",
            Assert.Throws<ArgumentException>(() => still.Replay()).Message);
        Assert.Contains("expected at least two frames. Received: 1",
            Assert.Throws<ArgumentException>(() => still.Line("l", [1, 2], [3, 4]).Replay(frames: 1)).Message);
    }
}
