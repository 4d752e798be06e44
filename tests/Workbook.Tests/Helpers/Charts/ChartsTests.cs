using System.Text.Json.Nodes;
using Workbook.Helpers;
using Xunit;
using Chart = Workbook.Helpers.Charts;

namespace Workbook.Tests.Helpers.Charts;

public class ChartsTests
{
    [Fact]
    public void A_loss_surface_holds_the_loss_at_each_grid_point()
    {
        var figure = Chart.LossSurface("bowl", "a", "b", (a, b) => a == 0 && b == 0 ? double.NaN : a + 10 * b, (0, 6), (0, 3))
            .Path("descent", [1, 2], [3, 1]);
        var data = JsonNode.Parse(figure.ToJson())!["data"]!;
        Assert.Null(data[0]!["z"]![0]![0]);
        Assert.Equal(6 + 10 * 3, (double)data[0]!["z"]![60]![60]!, 1e-6);
        Assert.Equal(6, (double)data[0]!["z"]![0]![60]!, 1e-6);
        Assert.Equal("lines+markers", (string?)data[1]!["mode"]);
        Assert.Contains("Loss: contour lines from 0.1 to 36.", figure.Alt);
    }

    [Fact]
    public void A_comparison_lists_its_rows_from_the_top_with_their_references()
    {
        var figure = Chart.Comparison("two budgets", "strength", [("half", 0.011, 0.0112), ("a tenth", 1.52, double.NaN)], Judge.Budget,
            log: true);
        var json = JsonNode.Parse(figure.ToJson())!;
        Assert.Equal(["a tenth", "half"], json["layout"]!["yaxis"]!["ticktext"]!.AsArray().Select(t => (string?)t));
        Assert.Equal([1, 0], json["data"]![0]!["y"]!.AsArray().Select(v => (double)v!));
        Assert.Contains("half: learned 0.011, reference 0.0112. a tenth: learned 1.52.", figure.Alt);
    }

    [Fact]
    public void A_distribution_counts_every_value_once_in_bins_shared_by_both()
    {
        var figure = Chart.Distribution("log", "value", ("before", [0, 0, 10]), ("after", [1, 2, 3, double.NaN]), Judge.Evidence, bins: 5);
        var data = JsonNode.Parse(figure.ToJson())!["data"]!;
        Assert.Equal([2, 0, 0, 0, 1], data[0]!["y"]!.AsArray().Select(v => (double)v!));
        Assert.Equal([1, 2, 0, 0, 0], data[1]!["y"]!.AsArray().Select(v => (double)v!));
        Assert.Contains("before: 3 values, mean 3.333, standard deviation 4.714, skewness 0.707.", figure.Alt);
    }
}
