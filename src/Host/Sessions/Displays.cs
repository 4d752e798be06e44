using System.Collections.Concurrent;
using Workbook.Host.Display;
using Workbook.Host.Documents;

namespace Workbook.Host.Sessions;

/// <summary>What every cell has in scope to show a value before its end. Names and behaviour are those of .NET Interactive.</summary>
public static class Displays
{
    static readonly ConcurrentDictionary<string, string> Said = new();

    /// <summary>Shows a value at once.</summary>
    /// <param name="value">The value; null shows as <c>&lt;null&gt;</c>.</param>
    /// <param name="mimeTypes">The representations to keep beside text/plain; none given keeps all. A string with one type is shown as that type, unchanged.</param>
    /// <returns>A handle that replaces what is shown.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes)
    {
        var shown = new DisplayedValue(Guid.NewGuid().ToString("N"), mimeTypes);
        CellSink.Current.Publish(new DisplayOutput(Bundle(value, mimeTypes), shown.DisplayId));
        return shown;
    }

    /// <summary>Shows this value at once.</summary>
    /// <inheritdoc cref="display"/>
    public static DisplayedValue Display<T>(this T value, params string[] mimeTypes) => display(value, mimeTypes);

    /// <summary>Shows a text as the mime type says, unchanged.</summary>
    /// <param name="value">The text.</param>
    /// <param name="mimeType">For example text/html or text/markdown.</param>
    /// <returns>A handle that replaces what is shown.</returns>
    public static DisplayedValue DisplayAs(this string value, string mimeType) => display(value, mimeType);

    /// <summary>A text that shows as HTML, unchanged, when it is displayed or ends a cell.</summary>
    /// <param name="content">The markup.</param>
    public static MimeBundle HTML(string content) => Bundle(content, ["text/html"]);

    /// <summary>Shows a script at once; a front end that allows scripts runs it.</summary>
    /// <param name="scriptContent">The script.</param>
    public static void Javascript(string scriptContent) => display(HTML($"<script type=\"text/javascript\">{scriptContent}</script>"));

    /// <summary>Takes back all that this cell has shown and written so far.</summary>
    /// <param name="wait">Whether it stays until the next output comes, so that nothing flickers.</param>
    public static void ClearOutput(bool wait = false) => CellSink.Current.Clear(wait);

    /// <summary>The representations of a value, as a cell's last expression shows it.</summary>
    internal static MimeBundle Bundle(object? value, string[] mimeTypes)
    {
        if (value is MimeBundle made) return Formatter.Format(made, Say);
        if (value is string text && mimeTypes is [var only]) return Text(text, only);
        var bundle = Formatter.Format(value, Say);
        if (mimeTypes.Length > 0) bundle.Items.RemoveAll(i => i.Key != "text/plain" && !mimeTypes.Contains(i.Key));
        return bundle;
    }

    static MimeBundle Text(string text, string mimeType)
    {
        var bundle = new MimeBundle { [mimeType] = MimeText.Node(mimeType, text, out var problem) };
        if (problem is not null) Say($"Expected JSON for {mimeType}; the text is shown as it is. {problem}");
        bundle["text/plain"] ??= Safely.Cut(text);
        return bundle;
    }

    /// <summary>Tells the reader of the running cell something, once in a session.</summary>
    internal static void Say(string words)
    {
        if (Said.TryAdd(words, words)) CellSink.Current.Publish(new StreamOutput("stderr", words + "\n"));
    }
}
