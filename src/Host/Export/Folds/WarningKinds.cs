using Workbook.Host.Wording;

namespace Workbook.Host.Export.Folds;

/// <summary>Warnings on a stream, those that say the same put together.</summary>
static class WarningKinds
{
    /// <summary>
    /// The kinds in the order of their first warning, each with all its warnings; null for a text that is more than warnings.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<string>>? Of(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0 || !lines[0].StartsWith(WarningKind.Mark, StringComparison.Ordinal)) return null;
        var warnings = new List<string>();
        foreach (var line in lines)
        {
            if (line.StartsWith(WarningKind.Mark, StringComparison.Ordinal)) warnings.Add(line);
            else warnings[^1] += $"\n{line}";
        }

        return [.. warnings.GroupBy(w => WarningKind.Of(w)).Select(g => (IReadOnlyList<string>)[.. g])];
    }
}
