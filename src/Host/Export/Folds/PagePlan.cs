using Workbook.Host.Documents;

namespace Workbook.Host.Export.Folds;

/// <summary>
/// Which cells wait for a prediction: all behind a question up to and including the cell that answers it. Questions that are asked before
/// the first of them is answered share one fold, one that is asked inside a fold has its own in it, and one that nobody answers folds
/// nothing. Key points in a cell of their own, which say all again, wait for all questions.
/// </summary>
sealed class PagePlan
{
    readonly IReadOnlyList<IReadOnlyList<(string Id, int Answer)>> asked;

    PagePlan(IReadOnlyList<Cell> cells)
    {
        var answers = new Dictionary<string, int>();
        for (var i = 0; i < cells.Count; i++)
            foreach (var id in Predictions.Told(cells[i])) answers.TryAdd(id, i);
        asked = [.. cells.Select((cell, i) => (IReadOnlyList<(string, int)>)
            [.. Predictions.Asked(cell).Where(id => answers.GetValueOrDefault(id, -1) > i).Select(id => (id, answers[id]))])];
    }

    /// <summary>The parts of a notebook's page, in order.</summary>
    public static IReadOnlyList<PagePart> Of(NotebookDocument document)
    {
        var plan = new PagePlan(document.Cells);
        string[] all = [.. plan.asked.SelectMany(a => a.Select(q => q.Id)).Distinct()];
        return [.. plan.Parts(0, document.Cells.Count).Select(part => all.Length > 0 && part is CellPart { Number: var number }
            && IsKeyPoints(document.Cells[number - 1]) ? new WaitingPart(all, [part]) : part)];
    }

    /// <summary>The heading, and behind it only a list.</summary>
    static bool IsKeyPoints(Cell cell)
    {
        var lines = cell.Source.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return cell.Language == "markdown" && lines.Length > 1
            && lines[0].StartsWith('#') && lines[0].Trim('#', ' ', '\r').Equals("Key points", StringComparison.OrdinalIgnoreCase)
            && lines.Skip(1).All(l => string.IsNullOrWhiteSpace(l) || l.StartsWith(' ') || l.StartsWith("* ", StringComparison.Ordinal)
                || l.StartsWith("- ", StringComparison.Ordinal));
    }

    List<PagePart> Parts(int from, int to)
    {
        var parts = new List<PagePart>();
        for (var i = from; i < to; i++)
        {
            parts.Add(new CellPart(i + 1));
            if (asked[i].Count == 0) continue;
            var questions = asked[i].ToList();
            var last = i;
            for (var j = i + 1; j < questions.Min(q => q.Answer); j++)
            {
                if (asked[j].Count == 0) continue;
                questions.AddRange(asked[j]);
                last = j;
            }

            for (var j = i + 1; j <= last; j++) parts.Add(new CellPart(j + 1));
            var end = questions.Max(q => q.Answer);
            for (var j = last + 1; j <= end; j++) end = asked[j].Select(q => q.Answer).Append(end).Max();
            parts.Add(new WaitingPart([.. questions.Select(q => q.Id)], Parts(last + 1, end + 1)));
            i = end;
        }

        return parts;
    }
}
