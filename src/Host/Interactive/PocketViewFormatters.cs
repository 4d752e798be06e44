namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A <see cref="PocketView"/> is shown as the markup that it is.</summary>
sealed class PocketViewFormatters
{
    /// <summary>Its formatters.</summary>
    public static IEnumerable<object> CreateTypeFormatters() => [new Markup()];

    sealed class Markup
    {
        public static string MimeType => HtmlFormatter.MimeType;

        public static bool Format(object value, TextWriter writer)
        {
            writer.Write(value);
            return true;
        }
    }
}
