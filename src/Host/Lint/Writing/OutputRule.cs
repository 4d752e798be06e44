using Workbook.Host.Documents;

namespace Workbook.Host.Lint.Writing;

/// <summary>What a run has put out: at most three warnings on a page, and exercises that the notebook has not done itself.</summary>
static class OutputRule
{
    const int Most = 3;
    const string Mark = "Warning: ";

    /// <summary>What is wrong with the outputs.</summary>
    public static IEnumerable<Finding> Find(NotebookDocument document, NotebookDocument executed)
    {
        var warnings = executed.Cells.Select(Warnings).ToList();
        if (warnings.Sum() > Most)
        {
            var worst = warnings.IndexOf(warnings.Max());
            yield return new Finding("warnings", worst + 1, LineOf(document, worst),
                $"Expected at most {Most} warnings on a page. Received: {warnings.Sum()}, most of them here. Where a run is meant to fail, "
                    + "write using (Expect.Warnings(\"…\")) { … } around it; else mend the cause.")
            { IsAdvice = true };
        }

        for (var i = 0; i < executed.Cells.Count; i++)
            if (executed.Cells[i].Outputs.Select(o => NotebookJson.Text(o.Bundle?["text/html"])).OfType<string>()
                .Any(h => h.StartsWith("<div class=\"wb-exercise\"", StringComparison.Ordinal) && !h.Contains("data-state=\"open\"")))
                yield return new Finding("exercise", i + 1, LineOf(document, i),
                    "Expected an exercise that is not written yet. Received: a verdict on what the notebook itself writes there. "
                        + "Let the cell before it throw new NotImplementedException().");
    }

    static int Warnings(Cell cell) => string.Concat(cell.Outputs.OfType<StreamOutput>().Where(o => o.Name == "stderr").Select(o => o.Text))
        .Split('\n').Count(l => l.StartsWith(Mark, StringComparison.Ordinal));

    static int LineOf(NotebookDocument document, int cell) => cell < document.Cells.Count ? document.Cells[cell].Line : 0;
}
