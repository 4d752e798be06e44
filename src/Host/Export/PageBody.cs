using System.Text;
using Workbook.Host.Documents;
using Workbook.Host.Export.Folds;
using Workbook.Host.Export.Markdown;

namespace Workbook.Host.Export;

/// <summary>The cells of a page, those that wait for a prediction in folds.</summary>
/// <param name="document">The notebook with its outputs.</param>
/// <param name="options">What is shown.</param>
/// <param name="state">What the parts of the page share.</param>
sealed class PageBody(NotebookDocument document, PageOptions options, PageState state)
{
    readonly StringBuilder html = new();

    readonly IReadOnlyDictionary<int, string> exercises = Permalinks.Exercises(document);

    readonly IReadOnlySet<int> checks = CheckCells.Of(document);

    int folds;

    /// <summary>The page's Markdown.</summary>
    public MarkdownPage Markdown { get; } = new(state);

    /// <summary>How many figures there are.</summary>
    public int Figures { get; private set; }

    /// <summary>
    /// What hides entries of the contents as long as the fold that they lead into is closed: they would give the answer away.
    /// </summary>
    public string Style { get; private set; } = "";

    /// <summary>The HTML of all cells.</summary>
    public string Write()
    {
        var outputs = new OutputHtml(Markdown, state);
        foreach (var part in PagePlan.Of(document)) Write(part, outputs);
        Figures = outputs.Figures;
        return html.ToString();
    }

    void Write(PagePart part, OutputHtml outputs)
    {
        if (part is CellPart { Number: var number })
        {
            html.Append(Cell(document.Cells[number - 1], number, outputs));
            return;
        }

        var waiting = (WaitingPart)part;
        var id = $"waits-{++folds}";
        var many = waiting.Questions.Count > 1 ? "Answer the questions above first, or open this: it holds the answers."
            : "Answer the question above first, or open this: it holds the answer.";
        Style += $"body:has(#{id}:not([open])) .contents [data-waits~=\"{id}\"] {{ display: none; }}\n";
        html.Append($"<details class=\"waiting\" id=\"{id}\" data-for=\"{string.Join(' ', waiting.Questions)}\">")
            .Append($"<summary>{many}</summary>\n");
        state.Folds.Push(id);
        foreach (var inner in waiting.Parts) Write(inner, outputs);
        state.Folds.Pop();
        html.Append("</details>\n");
    }

    string Cell(Cell cell, int number, OutputHtml outputs)
    {
        try
        {
            if (cell.IsCode) state.Use(PageFeature.Code);
            var exercise = exercises.TryGetValue(number, out var name) ? state.Ids.Next($"exercise-{name}") : null;
            return CellHtml.Write(cell, number, Markdown, outputs, options, exercise, checks.Contains(number));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Markdown and code nest as deep as somebody likes, and their readers have limits.
            state.Note("cell", new($"Cell {number}"), $"cannot be drawn ({e.Message}); the page shows its source.");
            return CellHtml.Source(cell, number);
        }
    }
}
