using Workbook.Keras;
using Workbook.Tests.Helpers;
using Xunit;

namespace Workbook.Tests.Keras.Training;

public class ProgressTests
{
    [Theory]
    [InlineData(false, null, true)]
    [InlineData(true, null, false)]
    [InlineData(true, "terminal", true)]
    public void A_carriage_return_is_followed_by_a_terminal_and_by_a_host_that_says_so(bool isRedirected, string? console, bool follows) =>
        Assert.Equal(follows, Progress.Follows(isRedirected, console));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_bar_moves_where_a_carriage_return_is_followed(bool follows)
    {
        var written = Printed.By(() =>
        {
            var progress = new Progress(epochs: 1, steps: 4, verbose: 1) { CarriageReturn = follows };
            progress.Epoch(0);
            // Such a bar is drawn ten times a second.
            while (progress.Since < Progress.Between) Thread.Yield();
            progress.Step(2, new() { ["loss"] = 0.5 });
            progress.Done(new() { ["loss"] = 0.25 });
        });
        Assert.Equal(follows, written.Contains("\r2/4 ##########.......... loss: 0.5000"));
        Assert.EndsWith("s - loss: 0.2500", written);
    }
}
