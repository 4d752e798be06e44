using System.Text.RegularExpressions;
using Workbook.Host.Wording;

namespace Workbook.Host.Jupyter;

/// <summary>
/// Warnings of one cell on their way to a reader: ten are shown, and of those that follow how often each kind came. Two are of a kind when
/// they differ in
/// numbers and names only. Not thread-safe.
/// </summary>
sealed partial class RepeatedWarnings
{
    /// <summary>How many are shown in full.</summary>
    public const int Shown = 10;

    /// <summary>What a kind is called in the count: enough to find it among those shown.</summary>
    const int Beginning = 90;

    readonly OrderedDictionary<string, (int Count, string First)> held = [];

    int count;

    /// <summary>What of a text on the error stream is shown now.</summary>
    public string Pass(string text)
    {
        if (!text.Contains(WarningKind.Mark, StringComparison.Ordinal)) return text;
        return string.Concat(Lines().Matches(text).Select(m => m.Value).Where(IsShown));
    }

    /// <summary>What is to be said at the end of the cell; null when nothing was held back.</summary>
    public string? Rest()
    {
        if (held.Count == 0) return null;
        var total = held.Values.Sum(h => h.Count);
        return $"{WarningKind.Mark}{total} more like "
            + $"these: {string.Join("; ", held.Values.Select(h => $"\"{h.First}\" said {h.Count} time{(h.Count == 1 ? "" : "s")}"))}.\n";
    }

    bool IsShown(string line)
    {
        if (!line.StartsWith(WarningKind.Mark, StringComparison.Ordinal) || ++count <= Shown) return true;
        var words = line[WarningKind.Mark.Length..].TrimEnd();
        var kind = WarningKind.Of(words);
        var known = held.TryGetValue(kind, out var before) ? before : (0, words.Length > Beginning ? words[..Beginning] + "…" : words);
        held[kind] = (known.Item1 + 1, known.Item2);
        return false;
    }

    [GeneratedRegex(@"[^\n]*\n|[^\n]+$")]
    private static partial Regex Lines();
}
