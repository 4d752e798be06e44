using Workbook.Helpers;
using Xunit;

namespace Workbook.Tests.Helpers.Studies;

/// <summary>The stored table of notebook 08: it is what a run now gives, and what the notebook says of it holds.</summary>
public class TwoLossesTests
{
    const string Equal = TwoLosses.Equal;

    static readonly TwoLosses study = TwoLosses.Stored();

    /// <summary>
    /// On one machine it is equal to the last digit. Elsewhere sums are added in another order, and 600 steps make that a few of 599 digits
    /// (seeds differ by 4, one standard deviation) and a few percent of the error.
    /// </summary>
    [Fact]
    [Trait("speed", "slow")]
    public void A_seed_run_now_is_its_row_of_the_stored_table()
    {
        var now = TwoLosses.Run(5, steps: 600);
        Assert.All(study.Weightings, name =>
        {
            Assert.Equal(study.Of(5, name, "right"), now[TwoLosses.Column(name, "right")], 9.0);
            var error = study.Of(5, name, "test MSE");
            Assert.Equal(error, now[TwoLosses.Column(name, "test MSE")], 0.06 * error);
        });
        Assert.Equal(1200, 2 * now.Keys.Where(k => k.StartsWith("MSE × 10:", StringComparison.Ordinal))
            .Max(k => int.Parse(k.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Twenty_four_seeds_are_stored_of_each_weighting_and_control()
    {
        Assert.Equal(Enumerable.Range(1, 24), study.Seeds);
        Assert.Equal(
            TwoLossWeightings.All(1).Select(w => w.Name)
                .Concat([TwoLosses.Faster, TwoLosses.Ratio("required, 0.006")])
                .Concat(new[] { "uncertainty", "uncertainty, from 1" }.SelectMany(n => new[] { TwoLosses.Ratio(n), TwoLosses.Factor(n) }))
                .Order(StringComparer.Ordinal),
            study.Weightings.Order(StringComparer.Ordinal));
        Assert.All(study.Number(Equal, "right", 4800), r => Assert.InRange(r, 500, 599));
    }

    [Fact]
    public void The_harm_of_uncertainty_weights_is_that_of_their_common_factor()
    {
        foreach (var name in new[] { "uncertainty", "uncertainty, from 1" })
        {
            Assert.True(study.Right(name, Equal).InErrors < -2);
            Assert.True(study.Right(TwoLosses.Factor(name), Equal).InErrors < -2);
            Assert.InRange(study.Right(TwoLosses.Ratio(name), Equal).InErrors, -2, 2);
        }
        Assert.True(study.Right(Equal, Equal, 2400, 600).InErrors < -2);
    }

    [Fact]
    public void A_ramp_ties_with_the_best_learned_weighting_above_the_best_constant()
    {
        Assert.True(study.Right("GradNorm, 0.1", "MSE × 10").InErrors > 2);
        Assert.True(study.Error("GradNorm, 0.1", "MSE × 10").InErrors < -2);
        Assert.InRange(study.Right("GradNorm, 0.1", "ramp, × 1 to 40").InErrors, -2, 2);
        Assert.InRange(study.Error("GradNorm, 0.1", "ramp, × 1 to 40").InErrors, -2, 2);
    }

    [Fact]
    public void A_number_that_is_not_stored_is_refused_by_name() =>
        Assert.Contains("DWA: right at 601", Assert.Throws<KeyNotFoundException>(() => study.Right("DWA", 601)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_ramp_grows_by_the_same_part_each_step_and_then_stays()
    {
        var ramp = TwoLossWeightings.Ramp(1, 16, 4);
        var x = Workbook.Tensors.tf.Variable(1.0);
        double[] ratios =
            [.. Enumerable.Range(0, 6).Select(_ => ramp.Step(() => [x * 1.0, x * 2.0], [x]).Weights).Select(w => w[1] / w[0])];
        Assert.Equal([1.0, 2, 4, 8, 16, 16], ratios, (a, b) => Math.Abs(a - b) < 1e-4);
    }
}
