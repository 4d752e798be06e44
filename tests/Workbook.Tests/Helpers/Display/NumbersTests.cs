using Workbook.Helpers;
using Xunit;

namespace Workbook.Tests.Helpers.Display;

public class NumbersTests
{
    [Theory]
    [InlineData(0.888889, 4, "0.8889")]
    [InlineData(1e-6, 2, "1e-6")]
    [InlineData(3.410195057e-4, 7, "0.0003410195")]
    [InlineData(-2405.771308, 7, "-2405.771")]
    [InlineData(1.6e300, 3, "1.6e300")]
    [InlineData(double.NaN, 3, "NaN")]
    public void Numbers_are_short_and_independent_of_the_culture(double number, int digits, string text) =>
        Assert.Equal(text, Numbers.Show(number, digits));

    [Theory]
    [InlineData(1.23456789, 4, 1.235)]
    [InlineData(-98765.4, 2, -99000)]
    [InlineData(double.PositiveInfinity, 3, double.PositiveInfinity)]
    public void Rounding_keeps_significant_digits(double number, int digits, double rounded) =>
        Assert.Equal(rounded, Numbers.Round(number, digits));
}
