namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Ways to show a value that stand behind it.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows this value at once.</summary>
    /// <param name="value">The value; null shows as <c>&lt;null&gt;</c>.</param>
    /// <param name="mimeTypes">The representations to keep beside text/plain; none given keeps all.</param>
    /// <returns>A handle that replaces what is shown.</returns>
    public static DisplayedValue Display<T>(this T value, params string[] mimeTypes) => Kernel.display(value, mimeTypes);

    /// <summary>Shows a text as the mime type says, unchanged.</summary>
    /// <param name="value">The text.</param>
    /// <param name="mimeType">For example text/html or text/markdown.</param>
    /// <returns>A handle that replaces what is shown.</returns>
    public static DisplayedValue DisplayAs(this string value, string mimeType) => Kernel.display(value, mimeType);

    /// <summary>Shows objects as the rows of a table, which is how a list of objects is shown anyhow.</summary>
    /// <param name="source">The rows.</param>
    /// <returns>A handle that replaces what is shown.</returns>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T> source) => Kernel.display(source, "text/html");

    /// <summary>The same objects: a list of objects is shown as a table anyhow.</summary>
    /// <param name="source">The rows.</param>
    public static IEnumerable<T> ToTabularDataResource<T>(this IEnumerable<T> source) => source;

    /// <summary>The text of a value in one representation; where it has no such, its plain text.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeType">For example text/html.</param>
    public static string ToDisplayString(this object? value, string mimeType = PlainTextFormatter.MimeType) =>
        Formatter.ToDisplayString(value, mimeType);
}
