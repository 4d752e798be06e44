using System.Text.RegularExpressions;

namespace Workbook.Host.Wording;

/// <summary>Text of others on its way to a terminal, a log or a report: what would steer one of them is shown and has no effect.</summary>
static partial class Harmless
{
    /// <summary>The text with its lines and tabs; other control characters as <c>\x1B</c>.</summary>
    public static string Text(string text) => Shown(text, c => char.IsControl(c) && c is not ('\n' or '\t'));

    /// <summary>The text on one line: all control characters as <c>\x0A</c>.</summary>
    public static string Line(string text) => Shown(text, char.IsControl);

    /// <summary>The text for the log of a build server that takes some lines for its own commands.</summary>
    public static string Log(string text) =>
        Environment.GetEnvironmentVariable("GITHUB_ACTIONS") == "true" ? Command().Replace(Text(text), "$1 $2") : Text(text);

    static string Shown(string text, Func<char, bool> isHidden) =>
        text.Any(isHidden) ? string.Concat(text.Select(c => isHidden(c) ? $"\\x{(int)c:X2}" : c.ToString())) : text;

    /// <summary>A runner of GitHub's takes <c>::name::</c> at the beginning of a line, and <c>##[name]</c> anywhere.</summary>
    [GeneratedRegex(@"(?m)(^\s*:|##)(:|\[)")]
    private static partial Regex Command();
}
