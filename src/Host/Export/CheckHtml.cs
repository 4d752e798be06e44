using System.Net;
using Workbook.Host.Export.Folds;
using Workbook.Host.Wording;

namespace Workbook.Host.Export;

/// <summary>
/// The checks of a cell in one fold: how many passed, the statements that made them, and the line of each. One that failed opens it.
/// </summary>
static class CheckHtml
{
    /// <summary>The HTML of a cell's checks; empty when there are none.</summary>
    /// <param name="lines">The lines, each with its ✓ or ✗.</param>
    /// <param name="code">The HTML of the statements; empty for none.</param>
    public static string Write(IReadOnlyList<string> lines, string code)
    {
        if (lines.Count == 0) return "";
        var failed = lines.Count(l => l[0] == '✗');
        var summary = failed == 0 ? $"✓ {Words.Count(lines.Count, "check")}" : $"✗ {failed} of {Words.Count(lines.Count, "check")} failed";
        var list = "<ul class=\"checks\">" + string.Concat(lines.Select(Line)) + "</ul>\n";
        return FoldHtml.Write($"checked {(failed == 0 ? "pass" : "fail")}", summary, code + list, isOpen: failed > 0);
    }

    static string Line(string line)
    {
        var (kind, word) = line[0] == '✓' ? ("pass", "passed") : ("fail", "failed");
        return $"<li class=\"{kind}\"><span role=\"img\" aria-label=\"{word}\">{line[0]}</span> {WebUtility.HtmlEncode(line[2..])}</li>";
    }
}
