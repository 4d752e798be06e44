using System.Text.RegularExpressions;
using Workbook.Host.Files;

namespace Workbook.Host.Documents;

/// <summary>
/// The terms of a book: the rows of the table <c>| term | meaning | where |</c> in a Markdown file. The first cell holds the term, and
/// after commas other forms of it (<c>judge, judges</c>).
/// </summary>
static partial class Glossary
{
    /// <summary>Where a book keeps it, seen from the folder of its notebooks or from one above.</summary>
    public const string Place = "docs/glossary.md";

    static readonly string[] Header = ["term", "meaning", "where"];

    /// <summary>The glossary of the book that a folder belongs to; null when it has none.</summary>
    /// <param name="folder">The folder of the notebooks.</param>
    public static string? Find(string folder)
    {
        foreach (var at in WorkbookFolders.From(folder))
            if (RealPath.IsOwn(at, Path.Combine(at, Place))) return Path.Combine(at, Place);
        return null;
    }

    /// <summary>The terms of a file, and what is wrong with it.</summary>
    /// <param name="markdown">The text.</param>
    public static (IReadOnlyList<GlossaryTerm> Terms, IReadOnlyList<(int Line, string Message)> Problems) Read(string markdown)
    {
        var (terms, problems) = (new List<GlossaryTerm>(), new List<(int Line, string Message)>());
        var known = new Dictionary<string, GlossaryTerm>(StringComparer.OrdinalIgnoreCase);
        var rows = Rows(markdown).ToList();
        if (rows.Count == 0)
            problems.Add((1, $"Expected a table with the header | {string.Join(" | ", Header)} |. Received: none. Write a row a term."));
        foreach (var (line, cells) in rows)
        {
            if (cells.Length != Header.Length || cells.Any(c => c == ""))
            {
                problems.Add((line, $"Expected a term, its meaning and a link. Received: {string.Join(" | ", cells)}. Fill each cell."));
                continue;
            }

            string[] forms = [.. cells[0].Split(',').Select(f => f.Trim()).Where(f => f != "")];
            var term = new GlossaryTerm(forms[0], forms, cells[1], cells[2], line);
            if (!Link().IsMatch(term.Where))
                problems.Add((line, $"'{term.Name}': expected a link to where it is explained. Received: {term.Where}. "
                    + "Write [page](address)."));
            foreach (var form in forms)
                if (!known.TryAdd(form, term))
                    problems.Add((line, $"Expected each term once. Received: '{form}' here and in line {known[form].Line}. "
                        + "Leave one out."));
            terms.Add(term);
        }

        return (terms, problems);
    }

    /// <summary>The rows below the header, with their 1-based lines.</summary>
    static IEnumerable<(int Line, string[] Cells)> Rows(string markdown)
    {
        var isInside = false;
        foreach (var (text, i) in markdown.Split('\n').Select((t, i) => (t.Trim(), i)))
        {
            string[] cells = text.StartsWith('|') ? [.. Bar().Split(text.Trim('|')).Select(c => c.Trim().Replace("\\|", "|"))] : [];
            if (cells.SequenceEqual(Header, StringComparer.OrdinalIgnoreCase)) isInside = true;
            else if (cells.Length == 0) isInside = false;
            else if (isInside && !cells.All(c => Rule().IsMatch(c))) yield return (i + 1, cells);
        }
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();

    [GeneratedRegex("^:?-+:?$")]
    private static partial Regex Rule();

    [GeneratedRegex(@"\[[^\]]+\]\([^)\s]+\)")]
    private static partial Regex Link();
}
