using Workbook.Helpers;
using Xunit;

namespace Workbook.Tests.Helpers.Studies;

/// <summary>The studies of notebook 10: rows can be had again, and are what they say.</summary>
public class NoiseStudiesTests
{
    [Fact]
    [Trait("speed", "slow")]
    public void A_learned_noise_of_one_seed_is_its_row_of_the_stored_table()
    {
        var stored = VariationalDigits.Stored();
        // On one machine it is equal; elsewhere sums are added in another order. Seeds differ by 0.4 (one standard deviation).
        foreach (var (what, now) in VariationalDigits.Trained(7).Look())
            Assert.Equal(stored.Of(7, "learned" + what), now, what is "" or ", refitted" or ", KL" ? 0.5 : 0.002);
        var held = VariationalDigits.Trained(7, _ => 0.3);
        Assert.Equal(0.3, held.Noise, 1e-6);
        Assert.Equal(stored.Of(7, "σ² = 0.3, active"), held.Look()[", active"]);
    }

    [Fact]
    public void Twenty_four_seeds_of_both_are_stored_with_all_that_they_name()
    {
        var (digits, labels) = (VariationalDigits.Stored(), WrongLabels.Stored());
        Assert.Equal(Enumerable.Range(1, 24), digits.Seeds);
        Assert.Equal(Enumerable.Range(1, 24), labels.Seeds);
        foreach (var (way, s) in VariationalDigits.FixedWays.Zip(VariationalDigits.Fixed))
            Assert.All(digits[way + ", σ²"], v => Assert.Equal(s, v, 1e-6));
        // A σ² that is held is the last one of its seed, and so is the end of the ramp.
        foreach (var way in new[] { "last", "ramp" })
            Assert.Equal(digits["learned, σ²"], digits[way + ", σ²"], (a, b) => Math.Abs(a - b) < 1e-5);
        foreach (var way in WrongLabels.Models.SelectMany(m => new[] { ", plain", ", smoothed", ", held", ", right", " from 0.5, right" }
            .Select(w => m + w)))
            Assert.All(labels[way], v => Assert.Equal(Math.Round(v * 599), v * 599, 5e-3));
    }

    [Fact]
    [Trait("speed", "slow")]
    public void A_rate_of_one_seed_is_its_row_of_the_stored_table()
    {
        var (stored, one) = (WrongLabels.Stored(), new WrongLabels(5));
        Assert.Equal(stored.Of(5, "realised"), one.Realised, 1e-5);
        var noise = new LabelNoise(10, initial: 0.5);
        Assert.Equal(stored.Of(5, "0.001 from 0.5, right"), one.Right(one.Train(noise, 1e-3)), 0.015);
        Assert.Equal(stored.Of(5, "0.001 from 0.5"), (double)noise.Rates.Value[0], 0.01);
    }
}
