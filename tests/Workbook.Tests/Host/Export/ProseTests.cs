using System.Text.RegularExpressions;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Xunit;

namespace Workbook.Tests.Host.Export;

/// <summary>Prose stays what its author wrote, and a formula is one however it is marked.</summary>
public class ProseTests
{
    [Theory]
    [InlineData("The cost is O(n^2) against O(n^3); from 10^-3 to 10^-6 s.")]
    [InlineData("If a==b or c==d then stop. About ~5 to ~10, a~b~c, ~one~ and ==two==, ^three^.")]
    [InlineData("a++b and c++d, -- and ---, 1/2, (c), :smile:, \"x\" 'y' ...")]
    [InlineData("From $5 to $10 and\nback to $3.")]
    [InlineData("It costs $5 and\n$10 more.")]
    [InlineData("x_1 and y_2, *[HTML]: no, [^1] no footnote, {.class} no attribute, a,,b,, no")]
    [InlineData("Term\n: no definition")]
    public void Prose_is_not_changed(string prose) =>
        Assert.Equal(prose,
            System.Net.WebUtility.HtmlDecode(
                Regex.Match(PageOf.Markdown(prose).Page, "<p>(.*?)</p>", RegexOptions.Singleline).Groups[1].Value));

    [Theory]
    [InlineData("see \\[1\\] and \\(so on\\)", "<p>see [1] and (so on)</p>")]
    [InlineData("~~gone~~", "<del>gone</del>")]
    [InlineData("- [x] done", "type=\"checkbox\"")]
    [InlineData("| a |\n|---|\n| b |", "<td>b</td>")]
    [InlineData("`$a\nb$` and $x$", "<code>$a b$</code>")]
    [InlineData("```\n$a\nb$ \\(c\\)\n```", "$a\nb$ \\(c\\)")]
    [InlineData("> [!NOTE]\n> x", "<blockquote>\n<p>[!NOTE]\nx</p>")]
    public void What_readers_share_is_shown(string markdown, string expected) => Assert.Contains(expected, PageOf.Markdown(markdown).Page);

    [Theory]
    [InlineData("so $a_1 +\nb_1$ is", 1, false)]
    [InlineData("so $a_1\n+ b_1\n- c_1$ is", 1, false)]
    [InlineData("so \\(a_1 +\nb_1\\) and \\\\(c\\\\) is", 2, false)]
    [InlineData("\\[ a = b \\]", 1, true)]
    [InlineData("\\\\[ a\n= b \\\\]", 1, true)]
    [InlineData("\\begin{align}\na &= b \\\\\n+ c &= d\n\\end{align}", 1, true)]
    [InlineData("\\begin{equation*}\na = b\n\\end{equation*}", 1, true)]
    [InlineData("$$ a\n= b $$", 1, true)]
    [InlineData("$$\na\n$$", 1, true)]
    [InlineData("> $$\n> a\n> $$", 1, true)]
    [InlineData("- item $a +\n  b$", 1, false)]
    [InlineData("$$\\begin{aligned} a \\\\ b \\end{aligned}$$", 1, true)]
    public void A_formula_is_drawn_however_it_is_marked(string markdown, int formulas, bool isDisplayed)
    {
        var (page, notes) = PageOf.Markdown(markdown);
        Assert.Empty(notes);
        Assert.Equal(formulas, Regex.Count(page, isDisplayed ? "<math display=\"block\">" : "<math>"));
        Assert.DoesNotContain("$", Regex.Match(page, "<main.*</main>", RegexOptions.Singleline).Value);
    }

    [Theory]
    [InlineData("Of $w$ and $b$, now.", "</math>,</span> now.")]
    [InlineData("It is ($a$).", "</math>)</span>.")]
    public void A_mark_behind_a_formula_stays_on_its_line(string source, string end)
    {
        var page = PageOf.Markdown($"# A\n\n{source}").Page;
        Assert.Contains(end, page);
        Assert.Single(page.Split("<span class=\"glued\"><math").Skip(1));
    }

    [Fact]
    public void The_line_of_a_formula_is_that_of_the_file_although_formulas_before_it_are_joined()
    {
        var cell = new Cell { Language = "markdown", Source = "$a +\nb$\n\n\\[ c =\nd \\]\n\nand $\\foo$", Line = 10 };
        Assert.StartsWith("Cell 1, line 16: The command \\foo",
            Assert.Single(PageOf.Document(new NotebookDocument { Cells = { cell } }).Notes));
    }

    [Theory]
    [InlineData("$ ")]
    [InlineData("$a ")]
    [InlineData("`a``b ")]
    [InlineData("\\[ a ")]
    [InlineData("\\begin{align} ")]
    [InlineData("# h\n")]
    [InlineData("<img ")]
    [InlineData("<script ")]
    [InlineData("<b onx=' ")]
    [InlineData("http://a.b/c ")]
    [InlineData("|a|b")]
    [InlineData("[a](")]
    [InlineData("> ")]
    [InlineData("*a ")]
    [InlineData("{")]
    [InlineData("(")]
    [InlineData("'")]
    [Trait("speed", "slow")]
    public void A_hundred_thousand_characters_of_anything_are_a_page(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length));
        var bundle = new MimeBundle { ["text/latex"] = text };
        var document = new NotebookDocument
        {
            Cells =
            {
                new Cell { Language = "markdown", Source = text },
                    new Cell { Language = "markdown", Source = $"${text}$ and $$\n{text}\n$$" },
                new Cell { Language = "csharp", Source = text, Outputs = { new DisplayOutput(bundle), new StreamOutput("stdout", text) } },
            },
        };
        Assert.EndsWith("</html>\n", PageOf.Document(document).Page);
        Assert.Null(Record.Exception(() => DocumentTitle.Of(document)));
        Assert.Null(Record.Exception(() => Workbook.Host.Lint.Linter.Check(document).ToList()));
    }
}
