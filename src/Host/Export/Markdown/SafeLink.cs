namespace Workbook.Host.Export.Markdown;

/// <summary>Addresses that a link of a notebook may have.</summary>
static class SafeLink
{
    static readonly HashSet<string> Schemes = new(["http", "https", "mailto", "ftp", "ftps", "tel", "doi", "urn"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The schemes that a link may have, for messages.</summary>
    public static string Known => string.Join(", ", Schemes);

    /// <summary>
    /// Whether following the address can run nothing and read no file: it is relative, or of a scheme that is known to be harmless.
    /// </summary>
    public static bool IsHarmless(string address) => Scheme(address) is not { } scheme || Schemes.Contains(scheme);

    /// <summary>The scheme as a browser reads it, which skips blanks and control characters; null for a relative address.</summary>
    public static string? Scheme(string address)
    {
        var seen = string.Concat(address.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c)));
        var end = seen.IndexOfAny([':', '/', '?', '#', '\\']);
        return end >= 0 && seen[end] == ':' ? seen[..end] : null;
    }
}
