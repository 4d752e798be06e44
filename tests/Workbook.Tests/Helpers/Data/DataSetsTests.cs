using System.Globalization;
using System.Reflection;
using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Data;

public class DataSetsTests
{
    public static TheoryData<string> Loaders =>
        [.. typeof(DataSets).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Loaders))]
    public void Every_set_loads_as_float64_with_a_target_for_each_row(string loader)
    {
        var set = Load(loader);
        Assert.Equal(new Shape(set.Rows, set.Features.Count), set.X.shape);
        Assert.Equal(new Shape(set.Rows), set.y.shape);
        Assert.Equal((tf.float64, tf.float64), (set.X.dtype, set.y.dtype));
        if (set.RowNames is { } names) Assert.Equal(set.Rows, names.Count);
    }

    [Fact]
    public void The_table_of_the_readme_says_what_the_files_hold()
    {
        var documented = File.ReadLines(Repository.File("data/README.md")).Select(l => l.Split('|', StringSplitOptions.TrimEntries))
            .Where(c => c.Length == 8 && c[1].EndsWith(".csv"))
            .Select(c => (File: c[1], Rows: int.Parse(c[2], CultureInfo.InvariantCulture), X: Number(c[4]), Y: Number(c[6]))).ToList();
        Assert.Equal(Directory.GetFiles(Repository.File("data"), "*.csv").Select(Path.GetFileName).Order(StringComparer.Ordinal),
            documented.Select(d => d.File).Order(StringComparer.Ordinal));
        var loaded = Loaders.Select(l => Load(l.Data)).Select(s => (s.Rows, X: Sum(s.X), Y: Sum(s.y))).ToList();
        // The order of the terms changes the last bits of a sum.
        foreach (var d in documented)
            Assert.Contains(loaded, s => s.Rows == d.Rows && Math.Abs(s.X - d.X) < 1e-6 && Math.Abs(s.Y - d.Y) < 1e-6);
    }

    [Fact]
    public void Diabetes_begins_with_its_known_first_patient()
    {
        var set = DataSets.Diabetes();
        Assert.Equal([59, 2, 32.1, 101, 157, 93.2, 38, 4, 4.8598, 87], set.X[0].ToArray<double>());
        Assert.Equal(151, set.y[0].Item<double>());
        Assert.Equal(["age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"], set.Features);
    }

    [Fact]
    public void Digits_occur_as_often_as_in_the_original() =>
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180],
            DataSets.Digits().y.ToArray<int>().CountBy(d => d).OrderBy(c => c.Key).Select(c => c.Value));

    [Fact]
    public void Planets_bear_their_names_and_obey_Kepler()
    {
        var set = DataSets.Planets();
        Assert.Equal("Mercury", set.RowNames![0]);
        // The elements are given to about six digits, and Kepler's law neglects the planets' masses (Jupiter: 1e-3 of the sun).
        Assert.Equal(set.y.ToArray<double>(), tf.pow(set.X[.., 0], 1.5).ToArray<double>(), (a, b) => Math.Abs(a / b - 1) < 1e-3);
    }

    [Fact]
    public void A_missing_file_is_named_with_the_files_there_are_and_the_places_that_were_searched()
    {
        var error = Assert.Throws<FileNotFoundException>(() => DataFolder.Read("none.csv"));
        Assert.Contains("diabetes.csv", error.Message);
        Assert.Contains("or a folder 'data' with none.csv", error.Message);
        Assert.Contains(Directory.GetCurrentDirectory(), error.Message);
    }

    static DataSet Load(string loader) => (DataSet)typeof(DataSets).GetMethod(loader)!.Invoke(null, null)!;

    static double Sum(Tensor x) => tf.reduce_sum(x).Item<double>();

    static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
