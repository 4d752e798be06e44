namespace Workbook.Host.Documents;

/// <summary>Counts the checks that a cell prints: lines on stdout that begin with "✓ " (passed) or "✗ " (failed).</summary>
static class Checks
{
    /// <summary>How many of each.</summary>
    public static (int Passed, int Failed) Count(IEnumerable<CellOutput> outputs)
    {
        var lines = string.Concat(outputs.OfType<StreamOutput>().Where(o => o.Name == "stdout").Select(o => o.Text)).Split('\n');
        return (lines.Count(l => l.StartsWith("✓ ", StringComparison.Ordinal)),
            lines.Count(l => l.StartsWith("✗ ", StringComparison.Ordinal)));
    }
}
