using Workbook.Host.Documents;

namespace Workbook.Host.Export.Folds;

/// <summary>
/// Which cells wait for a prediction: all behind a question up to and including the cell that answers it. Questions that are asked before
/// the first of them is answered share one fold, one that is asked inside a fold has its own in it, and one that nobody answers folds
/// nothing.
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
    public static IReadOnlyList<PagePart> Of(NotebookDocument document) =>
        new PagePlan(document.Cells).Parts(0, document.Cells.Count);

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
