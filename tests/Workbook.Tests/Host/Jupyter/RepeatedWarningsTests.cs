using Workbook.Host.Jupyter;
using Xunit;

namespace Workbook.Tests.Host.Jupyter;

public class RepeatedWarningsTests
{
    readonly RepeatedWarnings warnings = new();

    [Fact]
    public void Ten_are_shown_and_the_others_counted_by_kind()
    {
        var shown = string.Concat(
            Enumerable.Range(1, 26)
                .Select(i =>
                    warnings.Pass(
                        i % 2 == 0 ? $"Warning: the variable 'w{i}' is {i * 0.5} now.\n" : $"Warning: Model 'm{i}': no bound.\n")));
        Assert.Equal(RepeatedWarnings.Shown, shown.Count(c => c == '\n'));
        Assert.Equal(
            "Warning: 16 more like these: \"Model 'm11': no bound.\" said 8 times; \"the variable 'w12' is 6 now.\" said 8 times.\n",
                warnings.Rest());
    }

    [Fact]
    public void Other_text_passes_and_ten_are_no_reason_to_count()
    {
        var text = string.Concat(Enumerable.Range(1, 10).Select(i => $"Warning: {i}\nplain {i}\n")) + "half a line";
        Assert.Equal(text, warnings.Pass(text));
        Assert.Null(warnings.Rest());
        Assert.Equal("a\nb", warnings.Pass("a\nWarning: 11\nb"));
        Assert.Equal("Warning: 1 more like these: \"11\" said 1 time.\n", warnings.Rest());
    }
}
