namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>The representation that is JSON.</summary>
public static class JsonFormatter
{
    /// <summary>Its name.</summary>
    public const string MimeType = "application/json";
}
