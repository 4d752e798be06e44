using Workbook.Helpers;
using Xunit;

namespace Workbook.Tests.Helpers.Studies;

public class EarlyDigitsTests
{
    /// <summary>On one machine it is equal to the last digit. Elsewhere sums are added in another order.</summary>
    [Fact]
    [Trait("speed", "slow")]
    public void Networks_trained_now_are_their_row_of_the_stored_table()
    {
        var (stored, digits) = (Study.Stored("early-digits"), new EarlyDigits());
        var stages = digits.Stages(3);
        Assert.Equal([640, 1776, 10112], stages.Select(Operations.Of));
        Assert.Equal(stored.Of(3, "linear"), digits.Right(stages[0].predict(digits.Test.X)), 8.0);
        Assert.Equal(stored.Of(3, "convolution"), digits.Right(stages[2].predict(digits.Test.X)), 8.0);
        var exits = new EarlyExit(stages);
        Assert.Equal(2000, exits.Fit(digits.Other.X, digits.Other.Y, 2000).Operations, 2.0);
        var left = exits.predict(digits.Test.X);
        Assert.Equal(stored.Of(3, "2000: exits"), digits.Right(left.Probabilities), 8.0);
        Assert.Equal(stored.Of(3, "2000: multiplications"), left.Operations, 300.0);
        var single = digits.Single(3, 3000);
        Assert.InRange(Operations.Of(single), 3000, 3073);
        Assert.Equal(stored.Of(3, "3000: single"), digits.Right(single.predict(digits.Test.X)), 8.0);
    }

    [Fact]
    public void Twenty_four_seeds_are_stored_and_a_tight_budget_is_used_up()
    {
        var stored = Study.Stored("early-digits");
        Assert.Equal(Enumerable.Range(1, 24), stored.Seeds);
        // A threshold that has been thrown beyond all rows would leave them at 640.
        Assert.All(stored["1000: multiplications"], cost => Assert.InRange(cost, 850, 1150));
    }
}
