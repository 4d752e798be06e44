using System.ComponentModel;
using Workbook.Host.Display;
using Workbook.Host.Documents;
using Workbook.Host.Sessions;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>How cells say what values of a type look like, from the next value on.</summary>
public static class Formatter
{
    /// <summary>Has values of a type, and of types derived from it, shown as the text of a function.</summary>
    /// <param name="formatter">Makes the text.</param>
    /// <param name="mimeType">What the text is.</param>
    public static void Register<T>(Func<T, string> formatter, string mimeType = PlainTextFormatter.MimeType) =>
        Register(typeof(T), value => formatter((T)value), mimeType);

    /// <summary>Has values of a type, and of types derived from it, written by a function.</summary>
    /// <param name="formatter">Writes the text.</param>
    /// <param name="mimeType">What the text is.</param>
    /// <param name="addToDefaults">Accepted, and the same either way.</param>
    public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = PlainTextFormatter.MimeType,
        bool addToDefaults = false) =>
        Register(typeof(T), (value, writer) => formatter((T)value, writer), mimeType);

    /// <summary>Has values of a type, and of types derived from it, written by a function that may have nothing to say.</summary>
    /// <param name="formatter">Writes the text; false where it writes none.</param>
    /// <param name="mimeType">What the text is.</param>
    public static void Register<T>(Func<T, FormatContext, bool> formatter, string mimeType = PlainTextFormatter.MimeType) =>
        RegisteredFormatters.Add(typeof(T), mimeType, (value, writer) => formatter((T)value, new FormatContext(writer)));

    /// <summary>Has values of a type shown as the text of a function.</summary>
    /// <param name="type">The type; an open generic one stands for all that are made of it.</param>
    /// <param name="formatter">Makes the text.</param>
    /// <param name="mimeType">What the text is.</param>
    public static void Register(Type type, Func<object, string> formatter, string mimeType = PlainTextFormatter.MimeType) =>
        Register(type, (value, writer) => writer.Write(formatter(value)), mimeType);

    /// <summary>Has values of a type written by a function.</summary>
    /// <param name="type">The type; an open generic one stands for all that are made of it.</param>
    /// <param name="formatter">Writes the text.</param>
    /// <param name="mimeType">What the text is.</param>
    public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = PlainTextFormatter.MimeType) =>
        RegisteredFormatters.Add(type, mimeType, (value, writer) =>
        {
            formatter(value, writer);
            return true;
        });

    /// <summary>Which representations of a type are kept, besides text/plain.</summary>
    /// <param name="type">The type.</param>
    /// <param name="preferredMimeTypes">For example text/html.</param>
    public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes) =>
        RegisteredFormatters.Prefer(type, preferredMimeTypes);

    /// <summary>Forgets what cells have registered.</summary>
    public static void ResetToDefault() => RegisteredFormatters.Clear();

    /// <summary>The text of a value in one representation; where it has no such, its plain text.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeType">For example text/html.</param>
    public static string ToDisplayString(object? value, string mimeType = PlainTextFormatter.MimeType)
    {
        var bundle = Displays.Bundle(value, []);
        var node = bundle[mimeType] ?? bundle["text/plain"];
        return Languages.Text(node) ?? node!.ToJsonString();
    }

    /// <summary>Not here.</summary>
    [Obsolete("Formatter.ListExpansionLimit is not here: tables and lists show 20 items. "
        + "Write the list yourself to show more: string.Join(\", \", list).", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static int ListExpansionLimit { get; set; }

    /// <summary>Not here.</summary>
    [Obsolete("Formatter.RecursionLimit is not here: objects show three levels. Show the inner object itself.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static int RecursionLimit { get; set; }

    /// <summary>Not here.</summary>
    [Obsolete("Formatter.DefaultMimeType is not here: values have text/plain and, where it says more, text/html. "
        + "Name one when you show a value: display(x, \"text/html\").", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static string DefaultMimeType { get; set; } = "";
}
