namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>The representation that is comma-separated values.</summary>
public static class CsvFormatter
{
    /// <summary>Its name.</summary>
    public const string MimeType = "text/csv";
}
