using Workbook.Host.Documents;
using Workbook.Host.Run.Parameters;
using Xunit;

namespace Workbook.Tests.Host.Run.Parameters;

public class ParameterTests
{
    static string[] Injected(string text, params string[] assignments)
    {
        var document = DibReader.Read(text);
        ParameterCell.Inject(document, [.. assignments.Select(Assignment.Parse)]);
        return [.. document.Cells.Select(c => c.Source.Replace("//| tags: ", "").Replace("\n", " | "))];
    }

    [Theory]
    [InlineData("double x = 1;", "0.5", "double x = 0.5d;")]
    [InlineData("double x = 1;", "-1e-3", "double x = -0.001d;")]
    [InlineData("int x = 1;", "-3", "int x = -3;")]
    [InlineData("var x = 'a';", "ä", "char x = 'ä';")]
    [InlineData("var x = 'a';", "'", "char x = '\\'';")]
    [InlineData("byte x = 1;", "255", "byte x = 255;")]
    [InlineData("double? x = null;", "null", "double? x = null;")]
    [InlineData("double? x = null;", "2", "double? x = 2d;")]
    [InlineData("var x = (int?)null;", "7", "int? x = 7;")]
    [InlineData("Nullable<long> x = 5;", "null", "long? x = null;")]
    [InlineData("string? x = null;", "a \"b\"", "string x = \"a \\\"b\\\"\";")]
    [InlineData("string? x = \"\";", "null", "string x = null;")]
    [InlineData("string x = \"\";", "null", "string x = \"null\";")]
    [InlineData("var x = new[] { 1, 2 };", "3,4, 5", "int[] x = [3, 4, 5];")]
    [InlineData("var x = new[] { 1, 2.5 };", "[3, 4.5]", "double[] x = [3d, 4.5d];")]
    [InlineData("double[] x = [1];", "[]", "double[] x = [];")]
    [InlineData("double?[] x = [1];", "1, null", "double?[] x = [1d, null];")]
    [InlineData("string[] x = [];", "a, \"b, \"\"c\"\"\", d", "string[] x = [\"a\", \"b, \\\"c\\\"\", \"d\"];")]
    [InlineData("var x = new List<int> { 1 };", "2", "List<int> x = [2];")]
    [InlineData("IReadOnlyList<DateOnly> x = [];", "2026-01-31", "IReadOnlyList<DateOnly> x = [new DateOnly(2026, 1, 31)];")]
    [InlineData("var x = new DateTime(2020, 1, 1);", "2026-01-31", "DateTime x = new DateTime(2026, 1, 31, 0, 0, 0);")]
    [InlineData("var x = DateTime.Now;", "2026-01-31T12:30:05.25", "DateTime x = new DateTime(2026, 1, 31, 12, 30, 5, 250, 0);")]
    [InlineData("DateOnly? x = null;", "2026-02-28", "DateOnly? x = new DateOnly(2026, 2, 28);")]
    [InlineData("TimeOnly x = default;", "12:30", "TimeOnly x = new TimeOnly(12, 30, 0);")]
    [InlineData("var x = TimeSpan.FromSeconds(5);", "0:30:00", "TimeSpan x = TimeSpan.FromTicks(18000000000L);")]
    [InlineData("var x = Speed.Slow;\nenum Speed { Slow, Fast }", "Fast", "Speed x = Speed.Fast;")]
    [InlineData("DayOfWeek? x = DayOfWeek.Monday;", "Friday", "DayOfWeek? x = DayOfWeek.Friday;")]
    [InlineData("var x = double.MaxValue;", "2", "double x = 2d;")]
    public void A_value_is_written_as_its_type(string declared, string value, string declaration) =>
        Assert.Equal($"injected-parameters | {declaration}", Injected($"//| tags: parameters\n{declared}", $"x={value}")[1]);

    [Theory]
    [InlineData("double x = 1;", "1,5", "double")]
    [InlineData("float x = 1;", "1,5", "float")]
    [InlineData("decimal x = 1;", "1,5", "decimal")]
    [InlineData("int x = 1;", "1,5", "int")]
    [InlineData("int x = 1;", "1.5", "int")]
    [InlineData("double x = 1;", "null", "double")]
    [InlineData("byte x = 1;", "256", "byte")]
    [InlineData("char x = 'a';", "ab", "char (one character)")]
    [InlineData("int[] x = [];", "1, x", "int[] (as 1, 2, 3 or [1, 2, 3])")]
    [InlineData("DateOnly x = default;", "31.1.2026", "DateOnly (as 2026-01-31)")]
    [InlineData("TimeSpan x = default;", "5", "TimeSpan (as 0:30:00 or 1.12:00:00)")]
    [InlineData("DayOfWeek x = default;", "Frida", "DayOfWeek (Sunday, Monday")]
    public void A_value_of_another_type_is_refused(string declared, string value, string type) =>
        Assert.Contains($"expected a value of type {type}",
            Assert.Throws<FormatException>(() => Injected($"//| tags: parameters\n{declared}", $"x={value}")).Message);

    [Fact]
    public void An_unknown_name_lists_only_what_can_be_set()
    {
        var document = DibReader.Read(
            "//| tags: parameters\nvar rate = 0.5;\nvar model = new Random();\nint? epochs = null;\nvar pi = Math.PI;");
        Assert.Equal("--set rat: there is no such parameter; did you mean rate. Known are epochs, rate.",
            ParameterCell.Problems([document], [Assignment.Parse("rat=1")]).Single());
        Assert.Empty(ParameterCell.Problems([document], [Assignment.Parse("model=1")]));
        Assert.Contains("a parameter needs a type that can be seen",
            Assert.Throws<FormatException>(() => ParameterCell.Inject(document, [Assignment.Parse("model=1")])).Message);
    }

    [Fact]
    public void Each_cell_of_parameters_is_followed_by_the_values_it_declares() => Assert.Equal(
        ["parameters | var n = 1;", "injected-parameters | int n = 2;", "n", "parameters | var m = 1;", "injected-parameters | int m = 3;"],
        Injected("//| tags: parameters\nvar n = 1;\n#!csharp\nn\n#!csharp\n//| tags: parameters\nvar m = 1;", "m=3", "n=2"));

    [Fact]
    public void Values_of_an_earlier_run_give_way_to_new_ones_and_else_stay()
    {
        const string Executed = "//| tags: parameters\nvar n = 1;\n#!csharp\n//| tags: injected-parameters\nint n = 2;\n#!csharp\nn";
        Assert.Equal(["parameters | var n = 1;", "injected-parameters | int n = 7;", "n"], Injected(Executed, "n=7"));
        Assert.Equal(["parameters | var n = 1;", "injected-parameters | int n = 2;", "n"], Injected(Executed, "m=7"));
    }

    [Fact]
    public void A_cell_that_declares_a_name_twice_is_left_to_the_compiler() => Assert.Equal(
        ["parameters | var n = 1; | var n = 2;", "injected-parameters | int n = 3;"],
        Injected("//| tags: parameters\nvar n = 1;\nvar n = 2;", "n=3"));
}
