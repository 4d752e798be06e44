using System.Net;
using System.Text.RegularExpressions;
using Markdig.Helpers;
using Workbook.Host.Documents;
using Workbook.Host.Export.Markdown;

namespace Workbook.Host.Export;

/// <summary>Anchors of what a reader may want to point at besides headings, and their links to themselves.</summary>
static partial class Permalinks
{
    const int Longest = 60;

    /// <summary>A link in the corner of an element.</summary>
    /// <param name="id">The element's anchor.</param>
    /// <param name="what">What it is, in a word.</param>
    public static string Corner(string id, string what) =>
        $"<a class=\"permalink corner\" href=\"#{WebUtility.HtmlEncode(id)}\" aria-label=\"Link to this {what}\" title=\"Link to this {what}\">#</a>";

    /// <summary>A figure's anchor: it keeps it wherever it stands on the page, as long as it keeps its title.</summary>
    /// <param name="ids">The page's.</param>
    /// <param name="title">The title in words; null for none.</param>
    /// <param name="number">The figure's number, for one without a title.</param>
    public static string OfFigure(PageIds ids, string? title, int number)
    {
        var words = title is null ? "" : Dashes().Replace(LinkHelper.UrilizeAsGfm(title), "-");
        return ids.Next($"figure-{(words.Length == 0 ? $"{number}" : words[..Math.Min(words.Length, Longest)].Trim('-'))}");
    }

    /// <summary>HTML with an anchor and a link for each question in it.</summary>
    public static string OfQuestions(PageIds ids, string html) => Question().Replace(html, question =>
    {
        var id = ids.Next(question.Groups["id"].Value);
        return $"{question.Groups["start"].Value} id=\"{id}\"{question.Groups["rest"].Value}{Corner(id, "question")}";
    });

    /// <summary>The names of exercises by the number of the cell that states them: the last prose before the cell that checks.</summary>
    public static IReadOnlyDictionary<int, string> Exercises(NotebookDocument document)
    {
        var found = new Dictionary<int, string>();
        var names = new HashSet<string>();
        var prose = 0;
        for (var i = 0; i < document.Cells.Count; i++)
        {
            var cell = document.Cells[i];
            if (cell.Language == "markdown" && !cell.Tags.Contains("solution")) prose = i + 1;
            else if (Checked(cell) is { } name && prose > 0 && !found.ContainsKey(prose) && names.Add(name)) found[prose] = name;
        }
        return found;
    }

    static string? Checked(Cell cell) => cell.Outputs.Select(o => NotebookJson.Text(o.Bundle?["text/html"])).OfType<string>()
        .Select(html => Exercise().Match(html)).FirstOrDefault(m => m.Success)?.Groups["name"].Value;

    [GeneratedRegex("--+")]
    private static partial Regex Dashes();

    [GeneratedRegex("""
        (?<start><fieldset\s+class="wb-prediction"\s+data-id="(?<id>[\w-]+)")(?<rest>[^<>]*>\s*<legend>.{0,2000}?</legend>)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex Question();

    [GeneratedRegex("""<div\s+class="wb-exercise"\s+data-name="(?<name>[\w.-]+)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Exercise();
}
