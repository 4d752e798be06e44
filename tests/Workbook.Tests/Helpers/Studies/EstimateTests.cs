using Workbook.Helpers;
using Xunit;

namespace Workbook.Tests.Helpers.Studies;

public class EstimateTests
{
    [Fact]
    public void The_standard_error_is_that_of_R()
    {
        // R: x <- c(1, 2, 4, 8, 16); mean(x); sd(x) / sqrt(5).
        var estimate = Estimate.Of([1, 2, 4, 8, 16]);
        Assert.Equal(6.2, estimate.Value, 1e-12);
        Assert.Equal(2.727636339397171, estimate.Error, 1e-12);
        Assert.Equal(6.2 / 2.727636339397171, estimate.InErrors, 1e-12);
        Assert.Equal(5, estimate.Runs);
        Assert.Equal("6.200 ± 2.728", estimate.ToString());
        Assert.Equal("6.2 ± 2.7", estimate.ToString("F1"));
    }

    [Fact]
    public void Pairs_cancel_what_both_share()
    {
        double[] draws = [3, -5, 40, 11];
        var difference = Estimate.Paired([.. draws.Select(d => d + 1)], draws);
        Assert.Equal(1, difference.Value, 1e-12);
        Assert.Equal(0, difference.Error, 1e-12);
    }

    [Fact]
    public void One_run_has_no_error_and_pairs_need_partners()
    {
        Assert.Contains("Received: 1.", Assert.Throws<ArgumentException>(() => Estimate.Of([1])).Message);
        Assert.Contains("Received: 2 and 1 numbers", Assert.Throws<ArgumentException>(() => Estimate.Paired([1, 2], [1])).Message);
    }
}
