using CsCheck;
using Workbook.Helpers;
using Xunit;

namespace Workbook.Tests.Helpers.Charts;

public class LabelsTests
{
    [Fact]
    public void Labels_that_fit_do_not_overlap_and_stay_inside() =>
        Gen.Select(Gen.Double[-50, 400].Array[1, 12], Gen.Double[10, 25].Array[12]).Sample((wanted, sizes) =>
        {
            var tops = wanted.Order().ToArray();
            var heights = sizes.Take(tops.Length).ToArray();
            var placed = Labels.Spread(tops, heights, 340);
            for (var i = 1; i < placed.Length; i++) Assert.True(placed[i] >= placed[i - 1] + heights[i - 1] - 1e-9);
            Assert.True(placed[^1] + heights[^1] <= 340 + 1e-9);
        });

    [Fact]
    public void Labels_that_are_apart_stay_where_they_are() =>
        Assert.Equal([10, 40, 200], Labels.Spread([10, 40, 200], [20, 20, 20], 340));
}
