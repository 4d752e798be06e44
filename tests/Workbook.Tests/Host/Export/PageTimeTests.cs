using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Export.Markdown;
using Workbook.Host.Processes;
using Xunit;

namespace Workbook.Tests.Host.Export;

/// <summary>
/// A hundred kilobytes of anything are a page within seconds. What its readers would take long over is shown as its source, and said.
/// </summary>
[Trait("speed", "slow")]
public sealed class PageTimeTests
{
    /// <summary>Measured: 0.5 s of the thread's processor time at most; without the limits, 10 to 40 s for the slow ones.</summary>
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(3);

    /// <summary>Beginnings that are never ended, ends without a beginning, and both again and again.</summary>
    public static TheoryData<string> Marks =>
    [
        "[a](", "[a][", "[", "![", "[a]", "](", "[[", "![a](", "[a](<", "[a](b \"", "[*a](b) ", "*[a](b)", "`[a", "[`a", "[a](b", "[](",
        "*", "**a", "*a ", "a* ", "*a_", "_a *", "a**b", "***a***", "_*a", "*`", "__a ", "~~a", "~~", "`", "``a `", "<", "<a", "</",
        "<a b=\"",
        "<!--", "<!-- a ", "<?", "<![CDATA[", "&", "&#1;", "$", "$a", "$$a", "$x$ ", "$\\frac{", "\\(", "\\[", "\\", "\\begin{align}", "|",
        "a|", ":-|", "> ", ">", "- ", "1. ", "- a\n", "> a\n", "- a\n  ", "- [ ] a\n", "# a\n", "```\n", "~~~\n", "---\n", "a\n===\n", "\n",
        " ",
        "\t", "a", "http://a.b ", "http://a.b/(", "http://", "www.a", "a@b.c ", "<http://a>", "[a]: b\n", "[a]:\n", "[^1]", "{", "😀",
        "\u200b",
        "<img src='", "<script>", "<details>", "<br>", "a\\\n", "a  \n", "*Hint.* a\n\n", "> **Why?** a\n\n",
    ];

    [Theory]
    [MemberData(nameof(Marks))]
    public void Markdown_of_one_mark_again_and_again(string mark) =>
        Quick(new Cell { Language = "markdown", Source = Many(mark, 100_000) });

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

    public static TheoryData<string> Texts => [.. Made.Keys];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Markdown_that_is_made_to_be_slow(string what) =>
        Quick(new Cell { Language = "markdown", Source = Made[what] }, what);

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
        foreach (var name in new[] { "stdout", "stderr" }) Quick(Shown(new StreamOutput(name, Many(part, 1_000_000))));
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
        Quick(Shown(PageOf.Display("text/html", Many(part, 100_000))));
        Quick(Shown(PageOf.Display("text/html", "<table>" + Many(part, 100_000))));
        var document = new NotebookDocument { Cells = { Shown(PageOf.Display("text/html", Many(part, 100_000))) } };
        Quick(document, part, new PageOptions { IsSanitized = true });
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

    public static TheoryData<string> Data => [.. Outputs.Keys];

    [Theory]
    [MemberData(nameof(Data))]
    public void Outputs_that_are_made_to_be_slow(string what) =>
        Quick(Shown(PageOf.Display(Outputs[what].Type, JsonNode.Parse(Outputs[what].Json, null, new() { MaxDepth = 1000 })!)), what);

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

    static void Quick(Cell cell, string? what = null) => Quick(new NotebookDocument { Cells = { cell } }, what ?? cell.Source[..1], new());

    static void Quick(NotebookDocument document, string what, PageOptions options)
    {
        // Other tests and other programs may have the processor.
        var used = DeepStack.Run(() =>
        {
            var clock = ThreadClock.OfThis();
            PageOf.Document(document, options);
            return clock.Elapsed!.Value;
        });
        Assert.True(used < Bound, $"{what}: {used.TotalSeconds:0.0} s");
    }
}
