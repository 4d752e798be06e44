using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Workbook.Host.Documents;

namespace Workbook.Host.Export;

/// <summary>What a cell wrote to the console: checks (lines that begin with ✓ or ✗) as a list, the rest as it stood.</summary>
static partial class StreamHtml
{
    /// <summary>The HTML of a stream's text.</summary>
    /// <param name="name">stdout or stderr; only stdout holds checks.</param>
    /// <param name="text">The text as written.</param>
    public static string Write(string name, string text)
    {
        // A notebook may call its streams as it likes.
        if (name != "stderr") name = "stdout";
        var html = new StringBuilder();
        var lines = Colour().Replace(text, "").TrimEnd('\n').Split('\n').Select(Visible).ToList();
        for (var i = 0; i < lines.Count;)
        {
            var isCheck = name == "stdout" && IsCheck(lines[i]);
            var end = i + 1;
            while (end < lines.Count && (name == "stdout" && IsCheck(lines[end])) == isCheck) end++;
            var run = lines[i..end];
            html.Append(isCheck ? Checks(run) : Text(name, run));
            i = end;
        }
        return html.ToString();
    }

    // Sentences wrap on a narrow screen; what is set in columns, by tabs or runs of blanks, must not.
    static string Text(string name, List<string> lines) =>
        $"<pre class=\"{name}{(lines.Exists(l => l.Contains("  ", StringComparison.Ordinal) || l.Contains('\t')) ? "" : " wrap")}\">{WebUtility.HtmlEncode(string.Join('\n', lines))}</pre>\n";

    static bool IsCheck(string line) => line.StartsWith("✓ ", StringComparison.Ordinal) || line.StartsWith("✗ ", StringComparison.Ordinal);

    static string Checks(IEnumerable<string> lines) => "<ul class=\"checks\">" + string.Concat(lines.Select(l =>
        l[0] == '✓' ? Check("pass", "passed", l) : Check("fail", "failed", l))) + "</ul>\n";

    static string Check(string kind, string word, string line) =>
        $"<li class=\"{kind}\"><span role=\"img\" aria-label=\"{word}\">{line[0]}</span> {WebUtility.HtmlEncode(line[2..])}</li>";

    // A carriage return takes a terminal back to the start of the line: a progress line shows its last state.
    static string Visible(string line) => line.TrimEnd('\r') is var l && l.LastIndexOf('\r') is >= 0 and var at ? l[(at + 1)..] : l;

    [GeneratedRegex("\u001b\\[[0-9;]*[A-Za-z]")]
    private static partial Regex Colour();
}
