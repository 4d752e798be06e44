using Workbook.Host.Documents;
using Workbook.Host.Export.Markdown;
using Workbook.Host.Processes;

namespace Workbook.Host.Export;

/// <summary>Finds what a page could not show, by making the page.</summary>
static class PageLint
{
    /// <summary>The notes on each cell, by its 0-based number. A line is counted from 1 in the cell; 0 when not known.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="folder">Its folder; null leaves pictures unlooked for.</param>
    public static ILookup<int, PageNote> Check(NotebookDocument document, string? folder) => DeepStack.Run(() =>
        document.Cells.SelectMany((cell, i) => Check(cell, folder).Select(note => (Cell: i, Note: note)))
            .ToLookup(n => n.Cell, n => n.Note));

    static IReadOnlyList<PageNote> Check(Cell cell, string? folder)
    {
        if (cell.Language != "markdown" && cell.Outputs.Count == 0) return [];
        var state = new PageState(folder);
        var markdown = new MarkdownPage(state);
        try
        {
            if (cell.Language == "markdown") markdown.Render(cell.Source, "", 1, cell.Attachments);
            else new OutputHtml(markdown, state).Write(cell, "");
        }
        catch (FormatException e)
        {
            state.Note("cell", new("", 1), e.Message);
        }

        return state.Notes;
    }
}
