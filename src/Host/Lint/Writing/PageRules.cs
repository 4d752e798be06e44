using Workbook.Host.Directives;
using Workbook.Host.Documents;

namespace Workbook.Host.Lint.Writing;

/// <summary>How a page of a book is written: what it asks, what answers, and how much a reader has to read at once.</summary>
static class PageRules
{
    /// <summary>The file that all notebooks of a book begin with.</summary>
    public const string Beginning = "workbook.csx";

    /// <summary>What there is to say about a notebook.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="executed">The same with its outputs; null when it has not run.</param>
    public static IEnumerable<Finding> Check(NotebookDocument document, NotebookDocument? executed)
    {
        var isPage = document.Cells.Any(
            c => c.Language == "csharp" && DirectiveReader.Read(c.Source).Directives.Any(d => Path.GetFileName(d.Argument) == Beginning));
        var cells = PageCell.Of(document);
        if (!isPage && !document.Cells.Exists(c => c.Source.Contains("using Workbook.Helpers;", StringComparison.Ordinal))) return [];
        var found = PredictionRule.Find(cells).Concat(ExerciseRule.Find(document, cells)).Concat(SliderRule.Find(cells));
        if (isPage) found = found.Concat(ProseRule.Find(document)).Concat(LinesRule.Find(cells)).Concat(CheckRule.Find(cells));
        if (executed is not null) found = found.Concat(OutputRule.Find(document, executed));
        return found.OrderBy(f => f.Cell).ThenBy(f => f.Line);
    }
}
