using System.Text.Json.Nodes;
using Workbook.Helpers;
using Xunit;

namespace Workbook.Tests.Helpers.Charts;

public class DrawingsTests
{
    static readonly double[][] cross = [[0, 1], [1, 0]], blank = [[0.25, 0], [0, 0]];

    static readonly (string, double, double)[] curve = [("× 1", 0.02, 550), ("× 10", 0.012, 548)];

    static Figure Drawn(params double[][][] drawn) =>
        Workbook.Helpers.Charts.Drawings("A title", "error", "read", curve, 1, [cross, blank], drawn);

    [Fact]
    public void Pictures_stand_side_by_side_with_nothing_between_them_and_the_drawn_ones_below()
    {
        var figure = JsonNode.Parse(Drawn(blank, cross).ToJson())!;
        var z = figure["data"]!.AsArray().Single(t => t!["type"]!.ToString() == "heatmap")!["z"]!.AsArray();
        Assert.Equal(["0,1,,0.25,0", "1,0,,0,0", ",,,,", "0.25,0,,0,1", "0,0,,1,0"],
            z.Select(r => string.Join(',', r!.AsArray().Select(v => (double?)v))));
        Assert.Equal("x2", figure["layout"]!["yaxis2"]!["scaleanchor"]!.ToString());
    }

    [Fact]
    public void The_point_that_is_drawn_is_marked_and_told()
    {
        var figure = Drawn(blank, cross);
        var ring = JsonNode.Parse(figure.ToJson())!["data"]!.AsArray().Single(t => t!["name"]!.ToString() == "× 10")!;
        Assert.Equal((0.012, 548.0), ((double)ring["x"]![0]!, (double)ring["y"]![0]!));
        Assert.Contains("Marked: × 10. Below it 2 pictures", figure.Alt, StringComparison.Ordinal);
        Assert.Contains("× 1 at (0.02, 550)", figure.Alt, StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_of_the_lowest_point_stands_beside_it_for_below_runs_the_axis()
    {
        var line = JsonNode.Parse(Drawn(blank, cross).ToJson())!["data"]!.AsArray().Single(t => t!["name"]!.ToString() == "curve")!;
        Assert.Equal(["bottom right", "middle right"], line["textposition"]!.AsArray().Select(p => p!.ToString()));
    }

    [Fact]
    public void A_level_lies_across_the_curve_and_then_no_point_need_be_marked()
    {
        var figure = Workbook.Helpers.Charts.Drawings("A title", "number", "eigenvalue", curve, -1, [cross], [blank], logY: true,
            level: ("σ² = 1", 1));
        var json = JsonNode.Parse(figure.ToJson())!;
        var line = json["data"]!.AsArray().Single(t => t!["name"]!.ToString() == "σ² = 1")!;
        Assert.Equal("0.012,0.02", string.Join(',', line["x"]!.AsArray().Select(v => (double)v!)));
        Assert.Equal("log", json["layout"]!["yaxis"]!["type"]!.ToString());
        Assert.Empty(json["data"]!.AsArray().Single(t => t!["name"]!.ToString() == "none")!["x"]!.AsArray());
        Assert.Contains("Across it: σ² = 1. Marked: none.", figure.Alt, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_that_differ_in_number_or_size_are_refused()
    {
        Assert.Contains("Received: 2 and 1 pictures of 1 sizes", Assert.Throws<ArgumentException>(() => Drawn(cross)).Message);
        Assert.Contains("2 sizes", Assert.Throws<ArgumentException>(() => Drawn(cross, [[1, 0, 1], [0, 0, 0]])).Message);
    }
}
