using Workbook.Host.Documents;
using Workbook.Host.Export;
using Xunit;

namespace Workbook.Tests.Host.Export;

public class PageLintTests
{
    [Fact]
    public void Everything_that_a_page_could_not_show_is_reported_with_its_line()
    {
        var problems = Check("# A\n\nGood $x^2$ and bad $\\foo$.\n\n$$\n\\bar x\n\\baz\n$$\n\n![x](attachment:gone.png) [y](javascript:z)");
        Assert.Equal([("formula", 3), ("formula", 5), ("link", 10), ("picture", 10)], problems.Select(p => (p.Rule, p.Line)).Order());
        Assert.Contains(problems, p => p.Message.Contains("\\foo"));
        Assert.Contains(problems, p => p.Message.Contains("\\baz"));
    }

    [Fact]
    public void A_price_is_no_formula() => Assert.Empty(Check("From $5 to $10 and 3 % more."));

    [Fact]
    public void What_nests_too_deep_is_reported() => Assert.Equal(["cell"], Check(new string('>', 20_000)).Select(p => p.Rule));

    static List<(string Rule, int Line, string Message)> Check(string markdown) =>
        [.. PageLint.Check(new NotebookDocument { Cells = { new Cell { Language = "markdown", Source = markdown } } }, null)[0]
            .Select(n => (n.Rule, n.Place.Line, n.Message))];
}
