using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Workbook.Host.Export.Markdown;

/// <summary>
/// The content security policy of one page. Scripts run only if their very text is allowed by its hash: those of the page itself, and those
/// that the notebook holds
/// as HTML where that is trusted. So nothing that is data can become a script, however it got into the page.
/// </summary>
sealed partial class PagePolicy
{
    readonly HashSet<string> scripts = [];

    bool hasHandlers, hasAddresses, hasFigures, hasRemote;

    /// <summary>Allows a script of the page itself.</summary>
    public void AllowOwn(string script) => scripts.Add(Hash(script));

    /// <summary>Allows what plotly.js does: it makes functions for some kinds of traces, and blobs for pictures.</summary>
    public void AllowFigures() => hasFigures = true;

    /// <summary>Allows pictures and data from the network, for a trusted notebook that asks for them.</summary>
    public void AllowRemote() => hasRemote = true;

    /// <summary>Allows the scripts in HTML of a trusted notebook.</summary>
    public void Allow(string html)
    {
        for (var at = 0; (at = html.IndexOf("<script", at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            var start = html.IndexOf('>', at);
            var end = start < 0 ? -1 : html.IndexOf("</script", start, StringComparison.OrdinalIgnoreCase);
            if (end < 0) break;
            hasAddresses |= html.AsSpan(at, start - at).Contains("src", StringComparison.OrdinalIgnoreCase);
            scripts.Add(Hash(html[(start + 1)..end]));
            at = end;
        }

        foreach (Match handler in Handler().Matches(html))
        {
            hasHandlers = true;
            scripts.Add(Hash(WebUtility.HtmlDecode(handler.Groups["code"].Value)));
        }

        hasRemote |= Remote().IsMatch(html);
    }

    /// <summary>The policy as the content of its meta element.</summary>
    public string Text()
    {
        // A page that lies on a disk has no origin that 'self' could name.
        var own = "'self' file:";
        var eval = hasFigures || hasAddresses ? " 'unsafe-eval'" : "";
        var handlers = hasHandlers ? " 'unsafe-hashes'" : "";
        var remote = hasRemote || hasAddresses ? " https: http:" : "";
        var hashes = string.Concat(scripts.Order(StringComparer.Ordinal).Select(h => $" '{h}'"));
        return $"default-src 'none'; img-src {own} data: blob:{remote}; media-src data: blob:{remote}; font-src data:{remote}; style-src "
            + $"'unsafe-inline'{remote}; "
            + $"script-src {own}{hashes}{handlers}{eval}{(hasAddresses ? " https: http:" : "")}; "
                + $"connect-src {(remote.Length > 0 ? remote.TrimStart() : "'none'")}; "
            + $"frame-src {(remote.Length > 0 ? remote.TrimStart() : "'none'")}; base-uri 'none'; form-action 'none'";
    }

    // A browser reads \r\n as \n before it hashes.
    static string Hash(string script) =>
        "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.ReplaceLineEndings("\n"))));

    [GeneratedRegex("""[\s"'/](?:on[a-z]+\s*=\s*|href\s*=\s*["']?\s*(?=javascript:))(?:"(?<code>[^"]*)"|'(?<code>[^']*)'|(?<code>[^\s>"']+))""", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    [GeneratedRegex("""(?:\b(?:src|srcset|poster|data)\s*=\s*["']?\s*|url\(\s*["']?|<link\b[^>]{0,500}href\s*=\s*["']?\s*)(?:https?:)?//""",
        RegexOptions.IgnoreCase)]
    private static partial Regex Remote();
}
