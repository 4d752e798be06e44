using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Workbook.Host.Export.Markdown;

/// <summary>
/// HTML that a notebook holds itself: its pictures become part of the page; where the notebook is not trusted, pictures are all that is
/// left of it.
/// </summary>
static partial class RawHtml
{
    /// <summary>How much a tag may hold outside of its quotes.</summary>
    const int Longest = 2000;

    /// <summary>The HTML with the addresses of its pictures replaced.</summary>
    /// <param name="html">The HTML.</param>
    /// <param name="resolve">From an address to the one on the page; null when there is none.</param>
    public static string WithPictures(string html, Func<string, string?> resolve) => Rewritten(html, text => text, tag =>
        tag[1] is 'b' or 'B' ? tag : Source().Replace(tag, source =>
        {
            var address = WebUtility.HtmlDecode(source.Groups["address"].Value);
            return resolve(address) is { } found ? $"{source.Groups["name"].Value}\"{WebUtility.HtmlEncode(found)}\"" : "";
        }, 1));

    /// <summary>The HTML as text to read, with its pictures as such and its line breaks.</summary>
    /// <param name="html">The HTML.</param>
    /// <param name="resolve">From an address to the one on the page; null when there is none.</param>
    public static string Sanitized(string html, Func<string, string?> resolve) =>
        Rewritten(html, t => WebUtility.HtmlEncode(t), tag => tag[1] is 'b' or 'B' ? "<br>" : Picture(tag, resolve));

    /// <summary>The HTML with its pictures and breaks written anew, and what stands between them.</summary>
    static string Rewritten(string html, Func<string, string> text, Func<string, string> tag)
    {
        var written = new StringBuilder();
        var at = 0;
        foreach (Match start in ImageOrBreak().Matches(html))
        {
            if (start.Index < at || End(html, start.Index) is not (>= 0 and var end)) continue;
            written.Append(text(html[at..start.Index])).Append(tag(html[start.Index..end]));
            at = end;
        }

        return written.Append(text(html[at..])).ToString();
    }

    /// <summary>
    /// Where the tag ends that begins here; less than 0 where it does not. One after another is looked at, and a text of nothing but
    /// beginnings has a hundred thousand: so by steps from quote to quote, and not far.
    /// </summary>
    static int End(string html, int at)
    {
        for (var left = Longest; left > 0; left--)
        {
            var step = html.AsSpan(at, Math.Min(left, html.Length - at)).IndexOfAny(">\"'");
            if (step < 0) return -1;
            (at, left) = (at + step, left - step);
            if (html[at] == '>') return at + 1;
            at = html.IndexOf(html[at], at + 1) + 1;
            if (at == 0) return -1;
        }

        return -1;
    }

    /// <summary>A picture anew, of nothing but its address, its text and its size.</summary>
    static string Picture(string tag, Func<string, string?> resolve)
    {
        string? Attribute(string name) =>
            Regex.Match(tag, $"""[\s"'/]{name}\s*=\s*(?:"(?<v>[^"]*)"|'(?<v>[^']*)'|(?<v>[^\s>"']+))""",
                RegexOptions.IgnoreCase) is { Success: true } match
            ? WebUtility.HtmlDecode(match.Groups["v"].Value) : null;
        string Size(string name) => Attribute(name) is { } value && Number().IsMatch(value) ? $" {name}=\"{value}\"" : "";
        var alt = WebUtility.HtmlEncode(Attribute("alt") ?? "");
        return Attribute("src") is { } address && resolve(address) is { } found
            ? $"<img src=\"{WebUtility.HtmlEncode(found)}\" alt=\"{alt}\"{Size("width")}{Size("height")}>" : alt;
    }

    [GeneratedRegex("""<img(?=[\s/"'])|<br\s*/?>""", RegexOptions.IgnoreCase)]
    private static partial Regex ImageOrBreak();

    [GeneratedRegex("""(?<name>[\s"'/]src\s*=\s*)(?:"(?<address>[^"]*)"|'(?<address>[^']*)'|(?<address>[^\s>"']+))""",
        RegexOptions.IgnoreCase)]
    private static partial Regex Source();

    [GeneratedRegex("^[0-9]{1,4}(%|px)?$")]
    private static partial Regex Number();
}
