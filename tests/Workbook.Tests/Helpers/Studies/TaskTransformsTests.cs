using Workbook.Helpers;
using Xunit;

namespace Workbook.Tests.Helpers.Studies;

/// <summary>The study of exponents of features: its rows can be had again, and hold what notebook 06 says.</summary>
public class TaskTransformsTests
{
    [Fact]
    [Trait("speed", "slow")]
    public void A_training_gives_its_stored_row_again()
    {
        var study = TaskTransforms.Stored();
        var (losses, exponents) = TaskTransforms.Train(fold: 2, "likelihood", 1e-2);
        foreach (var look in TaskTransforms.Looks)
            Assert.Equal(1, losses[look] / study.Of(2, TaskTransforms.Column("likelihood", 1e-2, look)), 1e-3);
        Assert.Equal(30, exponents.Distinct().Count());
        Assert.Equal(1, TaskTransforms.Train(fold: 2, "none", 1e-2, patients: true).Losses[TaskTransforms.Steps]
            / study.Of(2, TaskTransforms.OfPatients("none")), 1e-3);
    }

    // numpy in float64, Adam with the same rates and folds: 0.0777 and 0.0722 at 0.001, 0.0832 and 0.0862 at 0.01, 0.5046 and 0.5165.
    [Theory]
    [InlineData("none", 0.0777, 0.0832, 0.5046)]
    [InlineData("likelihood", 0.0722, 0.0862, 0.5165)]
    public void Means_over_ten_folds_are_those_of_numpy(string way, double weak, double strong, double patients)
    {
        var study = TaskTransforms.Stored();
        Assert.Equal(weak, study.Mean(TaskTransforms.Column(way, 1e-3)).Value, 1e-3);
        Assert.Equal(strong, study.Mean(TaskTransforms.Column(way, 1e-2)).Value, 1e-3);
        Assert.Equal(patients, study.Mean(TaskTransforms.OfPatients(way)).Value, 1e-3);
    }
}
