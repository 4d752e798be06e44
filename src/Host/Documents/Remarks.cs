using Workbook.Host.Wording;

namespace Workbook.Host.Documents;

/// <summary>What of a file was put right while it was read, each kind said once.</summary>
sealed class Remarks
{
    readonly List<(string What, string Where, int Count)> kinds = [];

    /// <summary>A sentence for each kind.</summary>
    public IEnumerable<string> Sentences =>
        kinds.Select(k => k.Count == 1 ? $"{k.Where}: {k.What}." : $"{k.Where} and {Words.Count(k.Count - 1, "other place")}: {k.What}.");

    /// <summary>Adds a place.</summary>
    /// <param name="where">The cell or the part of the file.</param>
    /// <param name="what">What was found and what became of it.</param>
    public void Add(string where, string what)
    {
        var at = kinds.FindIndex(k => k.What == what);
        if (at < 0) kinds.Add((what, where, 1));
        else kinds[at] = kinds[at] with { Count = kinds[at].Count + 1 };
    }
}
