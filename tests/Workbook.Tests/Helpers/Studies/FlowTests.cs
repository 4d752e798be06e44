using Workbook.Helpers;
using Xunit;

namespace Workbook.Tests.Helpers.Studies;

public class FlowTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.0103)]
    [InlineData(3)]
    public void Decay_is_exponential(double time) =>
        Assert.Equal(2 * Math.Exp(-time), Flow.Follow(s => [-s[0]], [2], time)[0], 1e-12);

    [Fact]
    public void The_error_falls_with_the_fourth_power_of_the_step()
    {
        double Error(double step) => Math.Abs(Flow.Follow(s => [s[1], -s[0]], [0, 1], 1, step)[0] - Math.Sin(1));
        Assert.InRange(Error(0.1) / Error(0.05), 14, 18);
    }

    [Fact]
    public void It_says_when_a_condition_first_holds() =>
        Assert.Equal(Math.Log(2), Flow.Until(s => [-s[0]], [2], s => s[0] < 1, 1e-4), 1e-4);

    [Fact]
    public void What_never_comes_and_a_step_of_none_are_refused()
    {
        Assert.Contains("within time 10", Assert.Throws<InvalidOperationException>(
            () => Flow.Until(s => [0], [1], s => s[0] < 0, 1e-6)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Flow.Follow(s => [-s[0]], [1], 1, 0));
    }
}
