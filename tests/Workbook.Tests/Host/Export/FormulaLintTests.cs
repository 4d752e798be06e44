using Workbook.Host.Export.Markdown;
using Xunit;

namespace Workbook.Tests.Host.Export;

public class FormulaLintTests
{
    [Fact]
    public void Every_formula_that_a_page_could_not_show_is_reported_with_its_line()
    {
        var problems = FormulaLint.Check("# A\n\nGood $x^2$ and bad $\\foo$.\n\n$$\n\\bar x\n\\baz\n$$").ToList();
        Assert.Equal([2, 4], problems.Select(p => p.Line));
        Assert.Contains("\\foo", problems[0].Message);
        Assert.Contains("\\baz", problems[1].Message);
    }

    [Fact]
    public void A_price_is_no_formula() => Assert.Empty(FormulaLint.Check("From $5 to $10 and 3 % more."));
}
