using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Counts the warnings that are expected, and says at its end how often each text came.</summary>
sealed class ExpectedWarnings : IDisposable
{
    const int Shown = 3;
    const int Beginning = 100;

    readonly OrderedDictionary<string, int> counts = [];
    readonly string[] words;
    readonly IDisposable hearing;
    bool isOver;

    public ExpectedWarnings(string[] words)
    {
        this.words = words;
        hearing = Warnings.Hear(Hear);
    }

    public void Dispose()
    {
        if (isOver) return;
        isOver = true;
        hearing.Dispose();
        Console.WriteLine(Line());
    }

    bool Hear(string message)
    {
        if (words.Length > 0 && !words.Any(w => message.Contains(w, StringComparison.OrdinalIgnoreCase))) return false;
        lock (counts) counts[message] = counts.GetValueOrDefault(message) + 1;
        return true;
    }

    string Line()
    {
        var total = counts.Values.Sum();
        if (total == 0)
            return $"✗ Expected a warning{(words.Length == 0 ? "" : $" that says \"{string.Join("\" or \"", words)}\"")}. Received: none. "
                + "Mend the words, or let the run go without Expect.Warnings.";
        var texts = counts.OrderByDescending(c => c.Value).Take(Shown)
            .Select(c => $"\"{Cut(c.Key)}\" {(c.Value == 1 ? "once" : $"{c.Value} times")}");
        var others = counts.Count - Shown;
        return $"{total} warning{(total == 1 ? "" : "s")}, as expected: {string.Join("; ", texts)}"
            + $"{(others > 0 ? $"; and {others} other text{(others == 1 ? "" : "s")}" : "")}.";
    }

    static string Cut(string text)
    {
        if (text.Length <= Beginning) return text.TrimEnd('.');
        var end = text.LastIndexOf(' ', Beginning);
        return text[..(end > 0 ? end : Beginning)] + " …";
    }
}
