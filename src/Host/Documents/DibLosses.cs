namespace Workbook.Host.Documents;

/// <summary>What of a document a .dib file cannot hold.</summary>
static class DibLosses
{
    /// <summary>A sentence for each kind of content that is lost.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="file">What the file is called in the sentences.</param>
    public static IEnumerable<string> Of(NotebookDocument document, string file = ".dib")
    {
        var cells = document.Cells;
        (int Count, string What)[] losses =
        [
            (cells.Sum(c => c.Outputs.Count), "output{0}"),
            (cells.Count(c => c.Id is not null), "cell id{0}"),
            (cells.Count(
                c => c.Metadata.Any(
                    m => m.Key is not ("dotnet_interactive" or "polyglot_notebook" or "tags")
                        && !(m.Key == "jupyter" && CellOptions.Argument(c.Tags, "solution") is not null))),
                            "cell{0} with metadata other than tags"),
            (cells.Count(c => c.Language == "markdown" && c.Tags.Count > 0), "Markdown cell{0} with tags"),
            (cells.Count(c => c.Language is not "markdown" && !CellOptions.AreComments(c.Language) && c.Tags.Count > 0),
                "cell{0} with tags in a language without // comments"),
            (cells.Where(c => CellOptions.AreComments(c.Language)).Sum(c => c.Tags.Count(t => !CellOptions.CanHold(t))),
                "tag{0} with a comma, a line end or blanks around it"),
            (cells.Count(c => c.Source.Split('\n').Any(l => l.EndsWith('\r'))),
                "cell{0} with carriage returns at ends of lines, which are"),
            (cells.Count(c => c.Attachments is not null), "cell{0} with attachments"),
            (cells.Count(c => c.Source.Trim('\n').Length == 0), "empty cell{0}"),
            (cells.Count(c => c.Source.Trim('\n') is { Length: > 0 } text && text.Length < c.Source.Length),
                "cell{0} with empty lines around the text, which are"),
            (document.Metadata.Count(
                m => m.Key is not ("kernelspec" or "language_info" or "polyglot_notebook" or "kernelInfo" or "dotnet_interactive")),
                    "entr{1} of the notebook's metadata"),
        ];
        return losses.Where(l => l.Count > 0)
            .Select(l =>
                $"A {file} file does not "
                    + $"hold {l.Count} {string.Format(null, l.What, l.Count == 1 ? "" : "s", l.Count == 1 ? "y" : "ies")}: left out.");
    }
}
