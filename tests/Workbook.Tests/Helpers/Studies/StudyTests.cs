using Workbook.Helpers;
using Xunit;

namespace Workbook.Tests.Helpers.Studies;

public class StudyTests
{
    static Dictionary<string, double> Square(int seed) => new() { ["plain"] = seed, ["square"] = seed * seed + 1 / 3.0 };

    static readonly Study study = Study.Run("squares", [1, 2, 5], Square);

    [Fact]
    public void A_row_is_a_seed_and_a_column_a_number()
    {
        Assert.Equal([1, 2, 5], study["plain"]);
        Assert.Equal(25 + 1 / 3.0, study.Of(5, "square"));
        Assert.Equal(8.0 / 3, study.Mean("plain").Value, 1e-12);
        Assert.Equal(Estimate.Of([1 / 3.0, 2 + 1 / 3.0, 20 + 1 / 3.0]), study.Difference("square", "plain"));
    }

    [Fact]
    public void What_is_written_reads_back_exactly()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "squares.csv");
        study.Write(path);
        var csv = Csv.Read(path);
        Assert.Equal(study["square"], csv.Numbers("square"));
        Assert.Equal([1, 2, 5], csv.Numbers("seed"));
    }

    static Dictionary<string, double> Cube(int seed) => new() { ["plain"] = seed + 0.25, ["cube"] = seed * seed * seed };

    [Fact]
    public void Two_runs_are_compared_where_both_have_numbers()
    {
        Assert.Equal(0.25, study.Distance(Study.Run("squares", [2, 7], Cube)));
        Assert.Throws<ArgumentException>(() => study.Distance(Study.Run("cubes", [7], Cube)));
    }

    [Fact]
    public void What_is_not_there_is_said()
    {
        Assert.Contains("expected one of plain, square. Received: 'cube'",
            Assert.Throws<KeyNotFoundException>(() => study["cube"]).Message);
        Assert.Contains("expected one of the seeds 1, 2, 5. Received: 3",
            Assert.Throws<KeyNotFoundException>(() => study.Of(3, "plain")).Message);
        Assert.Contains("studies/none.csv", Assert.Throws<FileNotFoundException>(() => Study.Stored("none")).Message);
    }

    [Fact]
    public void Seeds_stand_once_and_have_the_same_numbers()
    {
        Assert.Throws<ArgumentException>(() => Study.Run("squares", [1, 1], Square));
        Assert.Throws<ArgumentException>(() => Study.Run("squares", [], Square));
        var error = Assert.Throws<ArgumentException>(
            () => Study.Run("squares", [1, 2], s => new Dictionary<string, double> { [$"of {s}"] = 1 }));
        Assert.Contains("Received from seed 2: of 2", error.Message);
    }
}
