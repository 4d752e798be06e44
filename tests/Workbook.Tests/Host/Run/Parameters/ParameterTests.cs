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
    [InlineData("double", "0.5", "double x = 0.5d;")]
    [InlineData("double", "-1e-3", "double x = -0.001d;")]
    [InlineData("int", "-3", "int x = -3;")]
    [InlineData("double", "1,5", null)]
    [InlineData("float", "1,5", null)]
    [InlineData("decimal", "1,5", null)]
    [InlineData("int", "1,5", null)]
    [InlineData("int", "1.5", null)]
    public void A_value_is_read_as_its_type_or_refused(string type, string value, string? declaration)
    {
        var parameter = new Parameter("x", type);
        if (declaration is not null) Assert.Equal(declaration, parameter.Declaration(value));
        else Assert.Contains($"expected a value of type {type}; received {value}", Assert.Throws<FormatException>(() => parameter.Declaration(value)).Message);
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
