namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>The representation that is HTML.</summary>
public static class HtmlFormatter
{
    /// <summary>Its name.</summary>
    public const string MimeType = "text/html";
}
