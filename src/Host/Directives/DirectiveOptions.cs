using System.Text.RegularExpressions;

namespace Workbook.Host.Directives;

/// <summary>What stands behind the name of a directive: <c>--name x --value "a b" rest</c>.</summary>
sealed partial class DirectiveOptions
{
    readonly Dictionary<string, string> named = [];

    readonly List<string> free = [];

    /// <summary>The words that belong to no option, in order.</summary>
    public IReadOnlyList<string> Free => free;

    /// <summary>The value of an option, named without its dashes; null where it is not given.</summary>
    public string? this[string name] => named.GetValueOrDefault(name);

    /// <summary>
    /// Takes a text apart. A word with blanks in it stands in double quotes, also behind a prefix: <c>@input:"Your name"</c>.
    /// </summary>
    public static DirectiveOptions Parse(string text)
    {
        var options = new DirectiveOptions();
        var words = Word().Matches(text).Select(m => m.Value is ['"', .. var inner, '"'] ? inner : m.Value).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].StartsWith('-') || words[i].Length < 2) options.free.Add(words[i]);
            else if (words[i].Split('=', 2) is [var key, var value]) options.named[key.TrimStart('-')] = value;
            else options.named[words[i].TrimStart('-')] = i + 1 < words.Count && !words[i + 1].StartsWith("--", StringComparison.Ordinal)
                ? words[++i] : "";
        }

        return options;
    }

    [GeneratedRegex("""(?:[^\s"]|"[^"]*")+""")]
    private static partial Regex Word();
}
