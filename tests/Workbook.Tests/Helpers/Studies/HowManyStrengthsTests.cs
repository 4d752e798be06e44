using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Studies;

/// <summary>The stored table of notebook 04: it is what a run now gives, and scipy's and scikit-learn's errors on the same folds.</summary>
public class HowManyStrengthsTests
{
    static readonly HowManyStrengths study = HowManyStrengths.Stored();

    [Fact]
    [Trait("speed", "slow")]
    public void A_fold_run_now_is_its_row_of_the_stored_table()
    {
        foreach (var (name, error) in HowManyStrengths.Run(13, ["one", "two", "three"], draws: 2))
            Assert.Equal(1, error / study.Of(13, name), 1e-4);
    }

    [Theory]
    [InlineData("evidence one", 3039.6, 1e-3)]
    [InlineData("evidence two", 2915.9, 1e-3)]
    [InlineData("evidence each", 3066.6, 1e-2)]
    [InlineData("leave-one-out one", 3040.0, 1e-3)]
    // Leave-one-out of 64 strengths has many minima: folds end in other ones.
    [InlineData("leave-one-out each", 3083.1, 2e-2)]
    [InlineData("least squares 64", 3361.6, 1e-3)]
    [InlineData("least squares 10", 2986.3, 1e-3)]
    [InlineData("lasso", 2975.7, 1e-3)]
    public void The_errors_on_ten_folds_are_those_of_scipy_and_scikit_learn(string name, double error, double within) =>
        Assert.Equal(1, study.Error(name).Value / error, within);

    [Fact]
    public void Two_minus_one_is_paired_by_fold()
    {
        // scipy: −123.7 ± 52.4, the smaller in 7 of 10.
        var difference = study.Difference("evidence two", "evidence one");
        Assert.Equal(-123.7, difference.Value, 0.5);
        Assert.Equal(52.4, difference.Error, 0.5);
        Assert.Equal(7, study.Wins("evidence two", "evidence one"));
    }

    [Fact]
    public void A_fold_holds_back_each_row_once_in_ten_and_scales_by_the_others()
    {
        var seen = Enumerable.Range(1, 10).Sum(seed => (double)tf.reduce_sum(HowManyStrengths.Fold(seed).OtherY));
        Assert.Equal(67243, seen, 1e-6);
        Assert.Equal(67243, Enumerable.Range(21, 10).Sum(seed => (double)tf.reduce_sum(HowManyStrengths.Fold(seed).OtherY)), 1e-6);
        Assert.Equal(442 - 45, HowManyStrengths.Fold(1).Y.size);
        Assert.NotEqual((double)HowManyStrengths.Fold(1).OtherY[0], (double)HowManyStrengths.Fold(11).OtherY[0]);
    }
}
