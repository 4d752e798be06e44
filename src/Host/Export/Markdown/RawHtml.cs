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
    /// <summary>The HTML with the addresses of its pictures replaced.</summary>
    /// <param name="html">The HTML.</param>
    /// <param name="resolve">From an address to the one on the page; null when there is none.</param>
    public static string WithPictures(string html, Func<string, string?> resolve) =>
        Image().Replace(html, image => Source().Replace(image.Value, source =>
    {
        var address = WebUtility.HtmlDecode(source.Groups["address"].Value);
        return resolve(address) is { } found ? $"{source.Groups["name"].Value}\"{WebUtility.HtmlEncode(found)}\"" : "";
    }, 1));

    /// <summary>The HTML as text to read, with its pictures as such and its line breaks.</summary>
    /// <param name="html">The HTML.</param>
    /// <param name="resolve">From an address to the one on the page; null when there is none.</param>
    public static string Sanitized(string html, Func<string, string?> resolve)
    {
        var safe = new StringBuilder();
        var at = 0;
        foreach (Match tag in ImageOrBreak().Matches(html))
        {
            safe.Append(WebUtility.HtmlEncode(html[at..tag.Index]));
            safe.Append(tag.Value.StartsWith("<img", StringComparison.OrdinalIgnoreCase) ? Picture(tag.Value, resolve) : "<br>");
            at = tag.Index + tag.Length;
        }

        return safe.Append(WebUtility.HtmlEncode(html[at..])).ToString();
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

    // The counts keep a text of nothing but beginnings from being searched to its end for each.
    [GeneratedRegex("""<img(?=[\s/"'])(?:[^>"']|"[^"]*"|'[^']*'){0,2000}>""", RegexOptions.IgnoreCase)]
    private static partial Regex Image();

    [GeneratedRegex("""<img(?=[\s/"'])(?:[^>"']|"[^"]*"|'[^']*'){0,2000}>|<br\s*/?>""", RegexOptions.IgnoreCase)]
    private static partial Regex ImageOrBreak();

    [GeneratedRegex("""(?<name>[\s"'/]src\s*=\s*)(?:"(?<address>[^"]*)"|'(?<address>[^']*)'|(?<address>[^\s>"']+))""",
        RegexOptions.IgnoreCase)]
    private static partial Regex Source();

    [GeneratedRegex("^[0-9]{1,4}(%|px)?$")]
    private static partial Regex Number();
}
