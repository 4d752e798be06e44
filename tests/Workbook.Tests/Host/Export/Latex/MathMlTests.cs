using System.Text.RegularExpressions;
using System.Xml.Linq;
using Workbook.Host.Export.Latex;
using Xunit;

namespace Workbook.Tests.Host.Export.Latex;

public class MathMlTests
{
    [Theory]
    [InlineData("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mrow><mn>2</mn></mrow></msubsup>")]
    [InlineData("x^{10}_i", "<msubsup><mi>x</mi><mi>i</mi><mrow><mrow><mn>10</mn></mrow></mrow></msubsup>")]
    [InlineData("\\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData("\\sqrt[3]{x}", "<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>")]
    [InlineData("3.14", "<mn>3.14</mn>")]
    [InlineData("a-1", "<mi>a</mi><mo>−</mo><mn>1</mn>")]
    [InlineData("=-1", "<mo>=</mo><mo form=\"prefix\">−</mo><mn>1</mn>")]
    [InlineData("f''", "<msup><mi>f</mi><mrow><mo lspace=\"0\" rspace=\"0\">′</mo><mo lspace=\"0\" rspace=\"0\">′</mo></mrow></msup>")]
    [InlineData("\\mathbf{w}", "<mi>𝐰</mi>")]
    [InlineData("\\boldsymbol{\\beta}", "<mi>𝜷</mi>")]
    [InlineData("\\mathbb{R}^d", "<mi>ℝ</mi>")]
    [InlineData("\\mathcal{N}(0,1)", "<mi>𝒩</mi>")]
    [InlineData("\\mathrm{d}x", "<mi mathvariant=\"normal\">d</mi><mi>x</mi>")]
    [InlineData("\\hat y", "<mover accent=\"true\"><mi>y</mi><mo stretchy=\"false\">^</mo></mover>")]
    [InlineData("\\overline{\\log x}", "<mrow style=\"border-top:0.06em solid;padding-top:0.1em\"><mrow><mo form=\"prefix\"")]
    [InlineData("\\text{if } x < 0", "<mtext>if\u00A0</mtext><mi>x</mi><mo>&lt;</mo><mn>0</mn>")]
    [InlineData("\\sum_{i=1}^n", "<munderover><mo>∑</mo>")]
    [InlineData("\\int_0^1", "<msubsup><mo>∫</mo>")]
    [InlineData("\\sum\\nolimits_i", "<msub><mo>∑</mo>")]
    [InlineData("\\lVert w \\rVert",
        "<mo form=\"prefix\" stretchy=\"false\">‖</mo><mi>w</mi><mo form=\"postfix\" stretchy=\"false\">‖</mo>")]
    [InlineData("\\left( \\frac ab \\right]",
        "<mrow><mo form=\"prefix\" stretchy=\"true\">(</mo><mrow><mfrac><mi>a</mi><mi>b</mi></mfrac></mrow><mo form=\"postfix\" "
            + "stretchy=\"true\">]</mo></mrow>")]
    [InlineData("\\left. x \\right|_0",
        "<msub><mrow><mrow><mi>x</mi></mrow><mo form=\"postfix\" stretchy=\"true\">|</mo></mrow><mn>0</mn></msub>")]
    [InlineData("n \\log n", "<mo form=\"prefix\" lspace=\"0.167em\" rspace=\"0.167em\">log</mo>")]
    [InlineData("\\log(n)", "<mo form=\"prefix\" lspace=\"0\" rspace=\"0\">log</mo>")]
    [InlineData("\\operatorname*{arg\\,max}_x",
        "<munder><mo form=\"prefix\" lspace=\"0\" rspace=\"0\" movablelimits=\"true\">arg\u2009max</mo><mi>x</mi></munder>")]
    public void A_formula_becomes_the_elements_that_mean_it(string latex, string expected) =>
        Assert.Contains(expected, MathMl.Convert(latex, display: false));

    [Fact]
    public void A_matrix_is_a_table_between_its_delimiters()
    {
        var math = XElement.Parse(MathMl.Convert(@"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", display: true));
        var rows = math.Descendants("mtr").ToList();
        Assert.Equal(["ab", "cd"], rows.Select(r => r.Value));
        Assert.Equal(["(", ")"], math.Descendants("mo").Select(o => o.Value));
    }

    [Fact]
    public void Aligned_rows_meet_at_their_signs()
    {
        var math = XElement.Parse(MathMl.Convert(@"\begin{aligned} a &= b \\ &\le c \end{aligned}", display: true));
        Assert.Equal(["text-align:right;padding-right:0", "text-align:left;padding-left:0.2em"],
            math.Descendants("mtr").Last().Elements("mtd").Select(c => c.Attribute("style")!.Value));
    }

    [Fact]
    public void A_displayed_formula_is_a_block_and_keeps_its_source()
    {
        var math = XElement.Parse(MathMl.Convert(" a < b ", display: true));
        Assert.Equal("block", math.Attribute("display")!.Value);
        Assert.Equal("a < b", math.Descendants("annotation").Single().Value);
        Assert.Null(XElement.Parse(MathMl.Convert("a", display: false)).Attribute("display"));
    }

    [Theory]
    [InlineData("a \\foo b", "The command \\foo is not in the supported subset", 2)]
    [InlineData("\\begin{tikz}", "The environment tikz is not in the supported subset", 0)]
    [InlineData("\\frac{a", "Expected } to close a group, found the end", 7)]
    [InlineData("a}", "Nothing before it opens }", 1)]
    [InlineData("x^", "^ has no argument", 2)]
    [InlineData("^2", "^ has no base", 0)]
    [InlineData("x_1_2", "A second _ on the same base", 3)]
    [InlineData("\\left( x", "\\left has no \\right", 0)]
    [InlineData("\\left x", "Expected a delimiter after \\left, found x", 6)]
    [InlineData("\\begin{cases} a", "inside the environment cases", 15)]
    [InlineData("\\begin{cases} a \\end{matrix}", "\\end{matrix} closes \\begin{cases}", 20)]
    [InlineData("\\text{a", "The group of \\text is not closed", 5)]
    [InlineData("100%", "% must be written \\%", 3)]
    [InlineData("\\", "The command \\ is not in the supported subset", 0)]
    public void What_cannot_be_read_is_an_error_with_its_place(string latex, string message, int position)
    {
        var error = Assert.Throws<LatexException>(() => MathMl.Convert(latex, display: false));
        Assert.Contains(message, error.Message);
        Assert.Equal(position, error.Position);
    }

    [Fact]
    public void A_formula_cut_anywhere_is_either_read_or_refused_with_a_reason()
    {
        const string whole =
            @"p_\theta(y \mid x) = \left\{ \begin{cases} \frac{1}{\sqrt{2\pi}} & \text{if } x' \ge 0 \\ \sum_{i=1}^n \mathbf{w}_i & \end{cases} \right. \operatorname*{arg\,max}_k";
        var refused = 0;
        for (var length = 0; length <= whole.Length; length++)
        {
            try
            {
                XElement.Parse(MathMl.Convert(whole[..length], display: true));
            }
            catch (LatexException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1, whole.Length - 1);
    }

    [Fact]
    public void The_readme_lists_exactly_the_commands_that_are_understood()
    {
        var readme = File.ReadAllText(Repository.File("src/Host/Export/Latex/README.md"));
        string[][] tables =
        [
            [.. LatexSymbols.Identifiers.Keys], [.. LatexSymbols.Operators.Keys], [.. LatexSymbols.Sums.Keys],
                [.. LatexSymbols.Integrals.Keys],
            [.. LatexSymbols.Openers.Keys], [.. LatexSymbols.Closers.Keys], [.. LatexSymbols.Fences.Keys], [.. LatexSymbols.Accents.Keys],
            [.. LatexSymbols.Spaces.Keys], [.. LatexSymbols.Escaped.Keys], [.. LatexSymbols.Functions], [.. LatexSymbols.LimitFunctions],
                [.. LatexSymbols.Alphabets.Keys],
        ];
        foreach (var command in tables.SelectMany(t => t)) Assert.Contains($"`\\{command}`", readme);
        foreach (var environment in LatexSymbols.Environments.Keys) Assert.Contains($"`{environment}`", readme);

        foreach (var command in Regex.Matches(readme, @"`\\([A-Za-z]+)`").Select(m => m.Groups[1].Value)
            .Except(["left", "right", "middle", "limits", "nolimits"]))
            MathMl.Convert(
                $"\\{command} {{a}} {{b}}".Replace("\\big {a}", "\\big(").Replace("\\bigl {a}", "\\bigl(").Replace("\\bigr {a}", "\\bigr(")
                .Replace("\\Big {a}", "\\Big(").Replace("\\Bigl {a}", "\\Bigl(").Replace("\\Bigr {a}", "\\Bigr("), display: false);
    }
}
