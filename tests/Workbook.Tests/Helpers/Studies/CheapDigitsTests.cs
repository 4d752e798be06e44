using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Studies;

public class CheapDigitsTests
{
    /// <summary>On one machine it is equal to the last digit. Elsewhere sums are added in another order.</summary>
    [Fact]
    [Trait("speed", "slow")]
    public void A_network_trained_now_is_its_row_of_the_stored_table()
    {
        var (stored, digits) = (Study.Stored("cheap-digits"), new CheapDigits());
        var gated = digits.Gated(5, 6);
        var (small, pixels) = CheapDigits.Cut(gated);
        Assert.Equal(stored.Of(5, "6: right"), digits.Right(small, pixels), 12.0);
        Assert.Equal(stored.Of(5, "6: multiplications"), Operations.Of(small), 80.0);
        Assert.Equal(digits.Right(gated), digits.Right(small, pixels));
        Assert.Equal(stored.Of(5, "whole: right"), digits.Right(digits.Plain(5, CheapDigits.Units)), 12.0);
    }

    [Fact]
    public void Twenty_four_seeds_are_stored_with_rivals_that_have_no_fewer_multiplications()
    {
        var stored = Study.Stored("cheap-digits");
        Assert.Equal(Enumerable.Range(1, 24), stored.Seeds);
        foreach (var price in CheapDigits.Prices)
            for (var i = 0; i < 24; i++)
            {
                var cut = stored[$"{price}: multiplications"][i];
                Assert.Equal(stored[$"{price}: units"][i] * (stored[$"{price}: pixels"][i] + 10), cut);
                Assert.InRange(stored[$"{price}, small: multiplications"][i] - cut, 0, 73);
            }
    }

    [Fact]
    public void Varied_pixels_have_the_largest_variance()
    {
        var digits = new CheapDigits();
        var variance = tf.math.reduce_variance(digits.Train.X, 0).ToArray<float>();
        var ten = digits.Varied(10);
        Assert.Equal(10, ten.Distinct().Count());
        Assert.True(ten.Min(i => variance[i]) >= Enumerable.Range(0, 64).Except(ten).Max(i => variance[i]));
    }
}
