using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Workbook.Host.Export.Folds;

namespace Workbook.Host.Export;

/// <summary>
/// What a cell wrote to the console: checks (lines that begin with ✓ or ✗) apart, warnings that say the same counted, the rest as it stood.
/// </summary>
static partial class StreamHtml
{
    /// <summary>How many kinds of warnings are shown before the rest is folded.</summary>
    const int ShownKinds = 2;

    /// <summary>The HTML of a stream's text without its checks.</summary>
    /// <param name="name">stdout or stderr; only stdout holds checks.</param>
    /// <param name="text">The text as written.</param>
    /// <param name="checks">Takes the lines that are checks.</param>
    public static string Write(string name, string text, List<string> checks)
    {
        // A notebook may call its streams as it likes.
        if (name != "stderr") name = "stdout";
        var lines = Colour().Replace(text, "").TrimEnd('\n').Split('\n').Select(Visible).ToList();
        if (name == "stderr") return WarningKinds.Of(lines) is { } kinds ? Warnings(kinds) : Text(name, lines);
        var html = new StringBuilder();
        for (var i = 0; i < lines.Count;)
        {
            var isCheck = IsCheck(lines[i]);
            var end = i + 1;
            while (end < lines.Count && IsCheck(lines[end]) == isCheck) end++;
            if (isCheck) checks.AddRange(lines[i..end]);
            else html.Append(Text(name, lines[i..end]));
            i = end;
        }
        return html.ToString();
    }

    /// <summary>One of each kind, and how often it was said; kinds beyond the first ones are folded.</summary>
    static string Warnings(IReadOnlyList<IReadOnlyList<string>> kinds)
    {
        var shown = string.Concat(kinds.Take(ShownKinds).Select(Kind));
        var rest = kinds.Skip(ShownKinds).ToList();
        if (rest.Count == 0) return shown;
        var count = rest.Sum(k => k.Count);
        var summary = $"and {count} more {(count == 1 ? "warning" : "warnings")}";
        return shown + FoldHtml.Write("repeated", summary, string.Concat(rest.Select(Kind)));
    }

    static string Kind(IReadOnlyList<string> warnings)
    {
        var first = Text("stderr", [warnings[0]]);
        return warnings.Count == 1 ? first
            : first + FoldHtml.Write("repeated", $"said {warnings.Count} times", Text("stderr", [.. warnings.Skip(1)]));
    }

    // Sentences wrap on a narrow screen; what is set in columns, by tabs or runs of blanks, must not.
    static string Text(string name, List<string> lines) =>
        $"<pre class=\"{name}{(lines.Exists(l => l.Contains("  ", StringComparison.Ordinal) || l.Contains('\t')) ? "" : " wrap")}\">{WebUtility.HtmlEncode(string.Join('\n', lines))}</pre>\n";

    static bool IsCheck(string line) => line.StartsWith("✓ ", StringComparison.Ordinal) || line.StartsWith("✗ ", StringComparison.Ordinal);

    // A carriage return takes a terminal back to the start of the line: a progress line shows its last state.
    static string Visible(string line) => line.TrimEnd('\r') is var l && l.LastIndexOf('\r') is >= 0 and var at ? l[(at + 1)..] : l;

    [GeneratedRegex("\u001b\\[[0-9;]*[A-Za-z]")]
    private static partial Regex Colour();
}
