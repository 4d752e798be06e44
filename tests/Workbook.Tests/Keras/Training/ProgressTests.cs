using Workbook.Keras;
using Xunit;

namespace Workbook.Tests.Keras.Training;

[Collection("error stream")]
public class ProgressTests
{
    [Theory]
    [InlineData("terminal", true)]
    [InlineData(null, false)]
    public void The_bar_moves_where_the_host_says_that_it_follows_a_carriage_return(string? console, bool moves)
    {
        var (before, output) = (Environment.GetEnvironmentVariable("WORKBOOK_CONSOLE"), Console.Out);
        using var written = new StringWriter { NewLine = "\n" };
        try
        {
            Environment.SetEnvironmentVariable("WORKBOOK_CONSOLE", console);
            Console.SetOut(written);
            var progress = new Progress(epochs: 1, steps: 4, verbose: 1);
            progress.Epoch(0);
            SpinWait.SpinUntil(() =>
            {
                progress.Step(2, new() { ["loss"] = 0.5 });
                return written.ToString().Contains('\r');
            }, TimeSpan.FromMilliseconds(300));
            progress.Done(new() { ["loss"] = 0.25 });
        }
        finally
        {
            Console.SetOut(output);
            Environment.SetEnvironmentVariable("WORKBOOK_CONSOLE", before);
        }

        Assert.Equal(moves || !Console.IsOutputRedirected, written.ToString().Contains("\r2/4 ##########.......... loss: 0.5000"));
        Assert.EndsWith("s - loss: 0.2500", written.ToString().TrimEnd());
    }
}
