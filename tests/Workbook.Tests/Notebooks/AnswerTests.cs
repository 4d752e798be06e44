using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Workbook.Host.Documents;
using Workbook.Host.Export.Folds;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>
/// A prediction is the reader's: what stands outside of its fold does not say the number, or the choice in its own words. It looks from
/// the top of the page to the end of the section with the answer, and at all headings and titles of figures; whether other words tell an
/// answer, only a reader can say.
/// </summary>
public partial class AnswerTests
{
    public static TheoryData<string> Notebooks => NotebookTests.Notebooks;

    [Theory, MemberData(nameof(Notebooks))]
    public void Nothing_outside_the_fold_of_a_prediction_says_its_answer(string name)
    {
        var tells = Tells(NotebookFile.Read(Repository.File($"notebooks/{name}.ipynb"))).ToList();
        Assert.True(tells.Count == 0, string.Join('\n', tells));
    }


    [Theory]
    [InlineData("# All", "It is 39 in the end.", true)]
    [InlineData("# All", "It is 39.2 in the end.", true)]
    [InlineData("# All", "It is 38.9 or 390 or a39 in the end.", false)]
    [InlineData("# All", "## Next\n\nIt was 39.", false)]
    [InlineData("# Why 39?", "That is all.", true)]
    public void The_test_sees_an_answer_before_and_after_the_fold(string before, string after, bool tells)
    {
        Cell Markdown(string text) => new() { Language = "markdown", Source = text };
        Cell Shows(string html) => new()
        {
            Language = "csharp",
            Source = "x",
            Outputs = { new ResultOutput(new MimeBundle { ["text/html"] = html }) },
        };
        var document = new NotebookDocument
        {
            Cells =
            [
                Markdown(before), Shows("<fieldset class=\"wb-prediction\" data-id=\"a\" data-kind=\"number\"></fieldset>"),
                Markdown("It is 39."), Shows("<div class=\"wb-reveal\" data-for=\"a\" data-kind=\"number\" data-answer=\"39.2\">"),
                Markdown(after),
            ],
        };
        Assert.Equal(tells, Tells(document).Any());
    }

    /// <summary>Questions that are asked before the first of them is answered share a fold: what stands between them is read.</summary>
    [Theory, MemberData(nameof(Notebooks))]
    public void Between_a_question_and_its_answer_no_figure_and_no_table_stands_open(string name)
    {
        var document = NotebookFile.Read(Repository.File($"notebooks/{name}.ipynb"));
        var waits = new Dictionary<int, string[]>();
        Walk(PagePlan.Of(document), []);
        for (var end = 0; end < document.Cells.Count; end++)
            foreach (var id in Predictions.Told(document.Cells[end]))
            {
                var start = document.Cells.FindIndex(c => Predictions.Asked(c).Contains(id));
                Assert.DoesNotContain(Enumerable.Range(start + 1, end - start),
                    i => !waits[i + 1].Contains(id) && (Outputs(document.Cells[i], "application/vnd.plotly.v1+json").Any()
                        || Outputs(document.Cells[i], "text/html").Any(h => h.Contains("<table", StringComparison.Ordinal))));
            }

        void Walk(IEnumerable<PagePart> parts, string[] ids)
        {
            foreach (var part in parts)
                if (part is CellPart cell) waits[cell.Number] = ids;
                else if (part is WaitingPart fold) Walk(fold.Parts, [.. ids, .. fold.Questions]);
        }
    }

    static IEnumerable<string> Tells(NotebookDocument document)
    {
        var cells = document.Cells;
        foreach (var (html, end) in cells.SelectMany((c, i) => Outputs(c, "text/html").Select(h => (h, i))))
            foreach (Match reveal in Reveal().Matches(html))
            {
                var id = reveal.Groups["id"].Value;
                var start = cells.FindIndex(c => Predictions.Asked(c).Contains(id));
                var section = cells.FindIndex(end + 1, c => Headings(c).Any());
                for (var i = 0; i < cells.Count; i++)
                {
                    if (i > start && i <= end) continue;
                    var near = i < start || i < (section < 0 ? cells.Count : section);
                    // The cell with the next heading may end this section above it.
                    var text = cells[i].Language != "markdown" ? "" : near ? Prose(cells[i].Source)
                        : i == section ? Prose(cells[i].Source.Split("\n#")[0].StartsWith('#') ? "" : cells[i].Source.Split("\n#")[0]) : "";
                    foreach (var said in Headings(cells[i]).Append(text).Concat(near ? Titles(cells[i]) : []))
                        if (Says(said, reveal)) yield return $"{id} is told in cell {i + 1}: {said}";
                }
            }
    }

    static bool Says(string text, Match reveal) => reveal.Groups["kind"].Value == "choice"
        ? text.Contains(WebUtility.HtmlDecode(reveal.Groups["choice"].Value).TrimEnd('.'), StringComparison.OrdinalIgnoreCase)
            && reveal.Groups["choice"].Length > 12
        : Number().Matches(text).Any(m => IsRounded(m.Value, double.Parse(reveal.Groups["answer"].Value, CultureInfo.InvariantCulture)));

    /// <summary>Whether a number with two digits or more, or with a fraction, is the answer, rounded.</summary>
    static bool IsRounded(string shown, double answer)
    {
        var decimals = shown.Contains('.', StringComparison.Ordinal) ? shown.Length - shown.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        return (decimals > 0 || shown.Length > 1)
            && Math.Abs(double.Parse(shown, CultureInfo.InvariantCulture) - answer) <= 0.5000001 * Math.Pow(10, -decimals);
    }

    static IEnumerable<string> Headings(Cell cell) => cell.Language != "markdown" ? []
        : cell.Source.Split('\n').Where(l => HeadingLine().IsMatch(l));

    static string Prose(string markdown) => Fence().Replace(markdown, "");

    static IEnumerable<string> Titles(Cell cell) => Outputs(cell, "application/vnd.plotly.v1+json")
        .SelectMany(json => Title().Matches(json).Select(m => Regex.Unescape(m.Groups["title"].Value).Replace("<br>", " ")));

    static IEnumerable<string> Outputs(Cell cell, string mime) => cell.Outputs.Select(o => o.Bundle?[mime])
        .Where(v => v is not null).Select(v => NotebookJson.Text(v) ?? v!.ToJsonString());

    [GeneratedRegex("<div class=\"wb-reveal\" data-for=\"(?<id>[\\w-]+)\" data-kind=\"(?<kind>\\w+)\" data-answer=\"(?<answer>[^\"]*)\""
        + "(?:.*?<p class=\"wb-answer\">It is \\w: <span>(?<choice>.*?)</span>)?", RegexOptions.Singleline)]
    private static partial Regex Reveal();

    [GeneratedRegex("\"title\":\\{[^{}]*\"text\":\"(?<title>(?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Title();

    [GeneratedRegex(@"(?<![\w.,-])(?!0\d)\d+(\.\d+)?(?![\w-]|\.\d)")]
    private static partial Regex Number();

    [GeneratedRegex("^#{1,6} ")]
    private static partial Regex HeadingLine();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
