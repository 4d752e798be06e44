using System.Collections.Concurrent;
using Workbook.Host.Display;
using Workbook.Host.Documents;

namespace Workbook.Host.Sessions;

/// <summary>How values come into the outputs of the running cell; what every cell has in scope beyond .NET Interactive.</summary>
public static class Displays
{
    static readonly ConcurrentDictionary<string, string> Said = new();

    /// <summary>Shows a value at once.</summary>
    /// <returns>The id by which it can be replaced.</returns>
    internal static string Show(object? value, params string[] mimeTypes)
    {
        var id = Guid.NewGuid().ToString("N");
        CellSink.Current.Publish(new DisplayOutput(Bundle(value, mimeTypes), id));
        return id;
    }

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
