using Workbook.Keras;
using Xunit;

namespace Workbook.Tests.Keras.Callbacks;

public class HistoryTests
{
    [Fact]
    public void As_text_it_is_a_table_with_a_row_per_epoch()
    {
        var history = new History();
        history.on_epoch_end(0, new() { ["loss"] = 0.1234567, ["accuracy"] = 1 });
        history.on_epoch_end(1, new() { ["loss"] = -1e-9, ["accuracy"] = 0.5 });
        Assert.Equal("epoch     loss  accuracy\n    0  0.12346         1\n    1   -1E-09       0.5", history.ToString());
    }

    [Fact]
    public void Of_a_long_fit_ten_epochs_are_shown_from_the_first_to_the_last()
    {
        var history = new History();
        for (var epoch = 0; epoch < 100; epoch++) history.on_epoch_end(epoch, new() { ["loss"] = epoch });
        var lines = history.ToString().Split('\n');
        Assert.Equal(["    0     0", "   11    11", "   99    99"], [lines[1], lines[2], lines[10]]);
        Assert.Equal(11, lines.Length);
    }
}
