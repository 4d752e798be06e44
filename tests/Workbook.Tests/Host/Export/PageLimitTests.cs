using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Export.Markdown;
using Xunit;

namespace Workbook.Tests.Host.Export;

/// <summary>
/// A hundred kilobytes of anything are a page. What its readers would take long over, their time grows with the square, is shown as its
/// source, and said. How long each takes: run this class with <c>--output Detailed</c>; half a second of processor time at most, and 10 to
/// 40 s for what the limits stop.
/// </summary>
[Trait("speed", "slow")]
public sealed class PageLimitTests
{
    const string Drawn = "", Marks = "Expected at most 2,000 marks", Depth = "nests less than 128 deep",
        Formula = "A formula may have 10,000", Group = "Expected } to close a group";

    /// <summary>Beginnings that are never ended, ends without a beginning, and both again and again; and what is said of them.</summary>
    public static TheoryData<string, string> OneMark => Rows(
        (Marks,
        [
            "[a](", "[a][", "[", "![", "[a]", "[[", "![a](", "[a](<", "[a](b \"", "[*a](b) ", "*[a](b)", "`[a", "[`a", "[a](b", "[](",
            "**a", "*a ", "a* ", "*a_", "_a *", "a**b", "***a***", "_*a", "*`", "__a ", "~~a", "``a `", "<", "<a", "</", "<a b=\"", "$a",
            "$$a", "\\[", "http://a.b ", "http://a.b/(", "http://", "<http://a>", "[^1]", "<img src='", "<br>",
        ]),
        (Depth, ["> ", ">", "1. "]),
        (Formula, ["$"]),
        (Group, ["$\\frac{"]),
        (Drawn,
        [
            "](", "*",
            "~~", "`", "<!--", "<!-- a ", "<?", "<![CDATA[", "&", "&#1;", "$x$ ", "\\(", "\\", "\\begin{align}", "|", "a|", ":-|",
            "- ", "- a\n", "> a\n", "- a\n  ", "- [ ] a\n", "# a\n", "```\n", "~~~\n", "---\n", "a\n===\n", "\n", " ", "\t", "a", "www.a",
            "a@b.c ", "[a]: b\n", "[a]:\n", "{", "😀", "\u200b", "<script>", "<details>", "a\\\n", "a  \n", "*Hint.* a\n\n",
            "> **Why?** a\n\n",
        ]));

    static TheoryData<string, string> Rows(params (string Said, string[] Texts)[] kinds) =>
        [.. kinds.SelectMany(k => k.Texts.Select(t => new TheoryDataRow<string, string>(t, k.Said)))];

    [Theory]
    [MemberData(nameof(OneMark))]
    public void Markdown_of_one_mark_again_and_again(string mark, string said) =>
        Check(new Cell { Language = "markdown", Source = Many(mark, 100_000) }, said);

    static readonly Dictionary<string, string> Made = new()
    {
        ["a table of 1,000 columns"] = $"|{Many("a|", 2000)}\n|{Many("-|", 2000)}\n{Many($"|{Many("b|", 2000)}\n", 96_000)}",
        ["a table of 20,000 columns"] = $"|{Many("a|", 40_000)}\n|{Many("-|", 40_000)}\n",
        ["a table of formulas"] = $"|a|b|\n|-|-|\n{Many("|$x_1$|*b* `c`|\n", 90_000)}",
        ["lists in lists"] = string.Concat(Enumerable.Range(0, 440).Select(i => new string(' ', i) + "- a\n")),
        ["quotations in quotations"] = string.Concat(Enumerable.Range(0, 440).Select(i => new string('>', i) + " a\n")),
        ["brackets"] = Many("[", 50_000) + Many("]", 50_000),
        ["links in links"] = Many("[", 20_000) + Many("](a)", 80_000),
        ["pictures in pictures"] = Many("![", 33_000) + Many("](a)", 66_000),
        ["emphasis in emphasis"] = Many("*a", 50_000) + Many("b*", 50_000),
        ["growing ticks"] = string.Concat(Enumerable.Range(1, 440).Select(i => new string('`', i) + "a")),
        ["growing fences"] = string.Concat(Enumerable.Range(3, 440).Select(i => new string('`', i) + "\n")),
        ["definitions"] = string.Concat(Enumerable.Range(0, 7000).Select(i => $"[a{i}]: b\n")) + Many("[a1] ", 20_000),
        ["paragraphs at the limit"] = Many(Many("[a](", 4 * (MarkdownText.Marks - 1)) + "\n\n", 190_000),
        ["emphasis at the limit"] = Many(Many("*a_ ", 4 * (MarkdownText.Marks / 2 - 1)) + "\n\n", 190_000),
        ["addresses at the limit"] = Many(Many("http://a.b/( ", 13 * (MarkdownText.Marks - 1)) + "\n\n", 190_000),
        ["an address of brackets"] = $"[a]({Many("(", 49_000)}{Many(")", 49_000)})",
        ["attributes"] = $"<a {Many("b ", 100_000)}",
        ["a heading"] = $"# {Many("*a ", 100_000)}",
        ["primes"] = Many($"$a{Many("'", 9000)}$ ", 100_000),
        ["braces"] = Many($"${Many("{", 80)}a{Many("}", 80)}$ ", 100_000),
        ["exponents"] = Many($"${Many("a^{", 240)}{Many("}", 80)}$\n\n", 100_000),
        ["fractions"] = Many("$\\frac{a}{b}$ ", 100_000),
        ["matrices"] = Many("$$\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}$$\n\n", 100_000),
    };

    public static TheoryData<string, string> Texts
    {
        get
        {
            string[] marked = ["a table of formulas", "brackets", "links in links", "pictures in pictures", "emphasis in emphasis",
                "growing ticks", "definitions", "a heading"];
            string[] deep = ["lists in lists", "quotations in quotations"];
            return Rows((Marks, marked), (Depth, deep), (Drawn, [.. Made.Keys.Except(marked).Except(deep)]));
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Markdown_that_is_made_to_be_slow(string what, string said) =>
        Check(new Cell { Language = "markdown", Source = Made[what] }, said);

    [Theory]
    [InlineData("\u001b[")]
    [InlineData("\u001b[31;")]
    [InlineData("\r")]
    [InlineData("✓ a\n")]
    [InlineData("Warning: a 1 'b'\n")]
    [InlineData("a")]
    [InlineData("\n")]
    public void A_megabyte_of_a_stream(string part)
    {
        foreach (var name in new[] { "stdout", "stderr" }) Check(Shown(new StreamOutput(name, Many(part, 1_000_000))));
    }

    [Theory]
    [InlineData("<img ")]
    [InlineData("<img \"")]
    [InlineData("<img src=")]
    [InlineData("<table>")]
    [InlineData("<tr")]
    [InlineData("<script>")]
    [InlineData("<script src=")]
    [InlineData("onclick=\"")]
    [InlineData("<!--")]
    [InlineData("style='")]
    public void HTML_of_one_beginning_again_and_again(string part)
    {
        Check(Shown(PageOf.Display("text/html", Many(part, 100_000))));
        Check(Shown(PageOf.Display("text/html", "<table>" + Many(part, 100_000))));
        var document = new NotebookDocument { Cells = { Shown(PageOf.Display("text/html", Many(part, 100_000))) } };
        Check(document, new PageOptions { IsSanitized = true });
    }

    static readonly Dictionary<string, (string Type, string Json)> Outputs = new()
    {
        ["an integer of 100,000 digits"] = Figure("[{\"x\":[" + Many("9", 100_000) + "],\"y\":[1e999999999]}]"),
        ["arrays in arrays"] = Figure("[{\"x\":" + Many("[", 240) + Many("]", 240) + "}]"),
        ["10,000 traces"] = Figure($"[{string.Join(',', Enumerable.Repeat("{\"x\":[1]}", 10_000))}]"),
        ["50,000 columns"] = Figure("[{\"z\":[[" + string.Join(',', Enumerable.Repeat("1", 50_000)) + "]]}]"),
        ["a title of <"] = Figure("[]", Many("<", 100_000)),
        ["a title of blanks"] = Figure("[]", Many(" ", 100_000) + "x"),
        ["a title of tags"] = Figure("[]", Many("<br ", 100_000)),
        ["deep JSON"] = ("application/json", Many("{\"a\":", 1250) + "1" + Many("}", 250)),
        ["LaTeX of braces"] = ("text/latex", $"\"{Many("{", 100_000)}\""),
        ["LaTeX of primes"] = ("text/latex", $"\"$a{Many("'", 9_000)}$\""),
        ["Markdown of links"] = ("text/markdown", $"\"{Many("[a](", 100_000)}\""),
        ["a picture"] = ("image/png", $"\"{Many("A", 1_000_000)}\""),
    };

    static (string Type, string Json) Figure(string data, string title = "t") =>
        (FigureHtml.MimeType, $"{{\"data\":{data},\"layout\":{{\"title\":\"{title}\"}}}}");

    public static TheoryData<string, string> Data
    {
        get
        {
            const string formula = "LaTeX of braces", links = "Markdown of links";
            return Rows((Formula, [formula]), (Marks, [links]), (Drawn, [.. Outputs.Keys.Except([formula, links])]));
        }
    }

    [Theory]
    [MemberData(nameof(Data))]
    public void Outputs_that_are_made_to_be_slow(string what, string said) =>
        Check(Shown(PageOf.Display(Outputs[what].Type, JsonNode.Parse(Outputs[what].Json, null, new() { MaxDepth = 1000 })!)), said);

    [Fact]
    public void What_is_not_read_is_shown_and_said()
    {
        var (page, notes) = PageOf.Markdown(Many("[a](", 100_000));
        Assert.Contains("[a]([a](", page);
        Assert.Contains("Expected at most 2,000 marks", Assert.Single(notes));
        Assert.Empty(PageOf.Markdown(Many("- [a](b) *c* `d`\n", 60_000)).Notes);
    }

    static Cell Shown(CellOutput output) => new() { Language = "csharp", Source = "x", Outputs = [output] };

    static string Many(string part, int length) => string.Concat(Enumerable.Repeat(part, length / part.Length));

    static void Check(Cell cell, string said = Drawn) => Check(new NotebookDocument { Cells = { cell } }, new(), said);

    static void Check(NotebookDocument document, PageOptions options, string said = Drawn)
    {
        var (page, notes) = PageOf.Document(document, options);
        Assert.EndsWith("</html>", page.TrimEnd());
        if (said == Drawn) Assert.Empty(notes);
        else Assert.Contains(said, Assert.Single(notes));
    }
}
