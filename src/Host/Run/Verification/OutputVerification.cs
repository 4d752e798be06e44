using Workbook.Host.Documents;
using Workbook.Host.Run.Parameters;
using Workbook.Host.Wording;

namespace Workbook.Host.Run.Verification;

/// <summary>Compares the outputs of a run with those that are stored.</summary>
/// <remarks>
/// Compared are streams, errors, text and figures; pictures are not, and markup is not where there is text beside it. Numbers may differ by
/// 1e-6, or by what the cell declares with <c>//| tolerance: 0.01</c>; <c>//| tolerance: any</c> leaves a cell out.
/// </remarks>
static class OutputVerification
{
    /// <summary>The path of the notebook in which the outputs of a notebook are stored: its executed twin beside it, or itself.</summary>
    public static string StoredPath(string file) => Path.ChangeExtension(file, ".ipynb");

    /// <summary>What differs in each cell, by 1-based cell number.</summary>
    public static IReadOnlyDictionary<int, string> Differences(NotebookDocument stored, NotebookDocument fresh)
    {
        var differences = new Dictionary<int, string>();
        var before = Code(stored).ToList();
        foreach (var ((cell, number), index) in Code(fresh).Select((c, i) => (c, i)))
        {
            if (index >= before.Count || before[index].Cell.Source != cell.Source)
                differences[number] = "The stored notebook has another cell here; store it anew with --update.";
            else if (CellTolerance.Read(cell.Source, out var tolerance) is { } problem)
                differences[number] = problem;
            else if (tolerance is { } bound && Difference(before[index].Cell.Outputs, cell.Outputs, bound) is { } difference)
                differences[number] = difference;
        }

        return differences;
    }

    /// <summary>The cells that are compared, with their 1-based numbers. What --set adds is no part of the notebook.</summary>
    public static IEnumerable<(Cell Cell, int Number)> Code(NotebookDocument document) =>
        document.Cells.Select((c, i) => (Cell: c, Number: i + 1))
        .Where(c => c.Cell.IsCode && !ParameterCell.IsInjected(c.Cell));

    static string? Difference(IReadOnlyList<CellOutput> stored, IReadOnlyList<CellOutput> fresh, double tolerance)
    {
        for (var i = 0; i < Math.Max(stored.Count, fresh.Count); i++)
        {
            if (i >= fresh.Count) return $"Output {i + 1} is gone:\n{Lines("- ", Words(stored[i]))}";
            if (i >= stored.Count) return $"Output {i + 1} is new:\n{Lines("+ ", Words(fresh[i]))}";
            if (Difference(stored[i], fresh[i], tolerance) is { } difference) return $"Output {i + 1} differs:\n{difference}";
        }

        return null;
    }

    static string? Difference(CellOutput stored, CellOutput fresh, double tolerance)
    {
        if (stored.Bundle?["application/vnd.plotly.v1+json"] is { } before && fresh.Bundle?["application/vnd.plotly.v1+json"] is { } now)
            return JsonComparison.Difference(before, now, tolerance);
        if (Kind(stored) != Kind(fresh)) return $"- ({Kind(stored)}) {Words(stored)}\n+ ({Kind(fresh)}) {Words(fresh)}";
        var same = TextComparison.Same(Words(stored), Words(fresh), tolerance);
        return same ? null : FirstDifference(Words(stored), Words(fresh), tolerance);
    }

    static string Kind(CellOutput output) =>
        output is StreamOutput stream ? stream.Name : output.GetType().Name.Replace("Output", "").ToLowerInvariant();

    static string Words(CellOutput output) => output switch
    {
        StreamOutput stream => stream.Text,
        ErrorOutput error => $"{error.Name}: {error.Message}",
        _ => Languages.Text(output.Bundle!["text/plain"]) ?? Languages.Text(output.Bundle!["text/html"]) ?? "",
    };

    static string FirstDifference(string stored, string fresh, double tolerance)
    {
        var (a, b) = (stored.TrimEnd().Split('\n'), fresh.TrimEnd().Split('\n'));
        var at = Enumerable.Range(0, Math.Max(a.Length, b.Length))
            .FirstOrDefault(i => i >= a.Length || i >= b.Length || !TextComparison.Same(a[i], b[i], tolerance));
        return $"{Lines("- ", string.Join('\n', a.Skip(at)))}\n{Lines("+ ", string.Join('\n', b.Skip(at)))}";
    }

    /// <summary>At most five lines, each behind a mark.</summary>
    static string Lines(string mark, string text)
    {
        var lines = text.TrimEnd().Split('\n');
        return string.Join('\n', lines.Take(5).Select(l => mark + l))
            + (lines.Length > 5 ? $"\n{mark}… {lines.Length - 5} more lines" : "");
    }
}
