using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Run;
using Xunit;

namespace Workbook.Tests.Host.Run;

public class OutputLogTests
{
    readonly OutputLog log = new();

    [Fact]
    public void Text_past_the_limit_is_counted_and_left_out()
    {
        var piece = new string('x', OutputLog.TextLimit / 4 + 1);
        for (var i = 0; i < 5; i++) log.Add(new StreamOutput("stdout", piece));
        Assert.Equal(OutputLog.TextLimit, ((StreamOutput)log.Outputs[0]).Text.Length);
        Assert.Equal($"[{5 * piece.Length - OutputLog.TextLimit:N0} more characters were left out]\n", ((StreamOutput)log.Outputs[1]).Text);
    }

    [Theory]
    [InlineData("image/png", "\"{0}\"")]
    [InlineData("application/vnd.plotly.v1+json", "[\"{0}\"]")]
    public void Displays_past_the_limit_are_counted_and_left_out_whatever_they_hold(string mimeType, string json)
    {
        var data = new MimeBundle
        { [mimeType] = JsonNode.Parse(json.Replace("{0}", new string('x', OutputLog.DisplayLimit / 4), StringComparison.Ordinal)) };
        for (var i = 0; i < 7; i++) log.Add(new DisplayOutput(data));
        var kept = log.Outputs.OfType<DisplayOutput>().Count();
        Assert.InRange(kept, 3, 4);
        Assert.Equal($"[{7 - kept} more outputs were left out]\n", log.Outputs.OfType<StreamOutput>().Single().Text);
    }

    [Fact]
    public void Small_outputs_without_end_are_counted_and_left_out_but_the_error_that_ends_them_is_kept()
    {
        for (var i = 0; i < OutputLog.CountLimit; i++)
        {
            log.Add(new StreamOutput("stdout", "a"));
            log.Add(new StreamOutput("stderr", "b"));
            log.Add(new DisplayOutput(new MimeBundle { ["text/plain"] = "c" }));
        }

        log.Add(new ErrorOutput("TimeoutError", "", []));
        Assert.InRange(log.Outputs.Count, OutputLog.CountLimit, OutputLog.CountLimit + 4);
        Assert.Single(log.Outputs.OfType<ErrorOutput>());
        Assert.Contains("more characters were left out]\n[", ((StreamOutput)log.Outputs[^1]).Text);
        log.Clear(wait: false);
        Assert.Empty(log.Outputs);
    }
}
