using Workbook.Helpers;
using Xunit;

namespace Workbook.Tests.Helpers.Studies;

public class NoisyDigitsTests
{
    static readonly string[] accuracies = ["none", "trained", "0.01", "constant", "judged", "end", "path", "ramp", "0.05"];

    /// <summary>
    /// On one machine it is equal to the last digit. Elsewhere sums are added in another order, and 200 epochs make that a few digits of
    /// 1497; seeds differ by 45 (one standard deviation).
    /// </summary>
    [Fact]
    [Trait("speed", "slow")]
    public void A_seed_run_now_is_its_row_of_the_stored_table()
    {
        var (stored, now) = (Study.Stored("noisy-digits"), NoisyDigits.Run(7));
        Assert.Equal(stored.Columns, now.Keys);
        Assert.All(accuracies, c => Assert.Equal(stored.Of(7, c), now[c], 0.02));
        Assert.Contains(now["chosen constant"], NoisyDigits.Constants);
        Assert.Contains(now["chosen ramp"], NoisyDigits.RampEnds);
    }

    [Fact]
    public void Twenty_four_seeds_are_stored_and_each_is_an_accuracy_on_1497_digits()
    {
        var stored = Study.Stored("noisy-digits");
        Assert.Equal(Enumerable.Range(1, 24), stored.Seeds);
        Assert.All(accuracies.SelectMany(c => stored[c]), a => Assert.Equal(Math.Round(a * 1497), a * 1497, 1e-9));
    }
}
