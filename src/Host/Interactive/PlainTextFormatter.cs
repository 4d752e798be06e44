namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>The representation that is plain text.</summary>
public static class PlainTextFormatter
{
    /// <summary>Its name.</summary>
    public const string MimeType = "text/plain";
}
