using Workbook.Host.Documents;
using Workbook.Host.Files;

namespace Workbook.Host.Run;

/// <summary>
/// Pictures for other pages: <c>//| picture: ../docs/strength.png</c> writes the first picture that the cell has put out to a file beside
/// the notebook, whenever its outputs are stored.
/// </summary>
static class StoredPictures
{
    /// <summary>The option's name.</summary>
    public const string Option = "picture";

    const string MimeType = "image/png";

    /// <summary>Writes them all.</summary>
    /// <param name="document">The executed notebook.</param>
    /// <param name="folder">The notebook's folder, from which paths lead.</param>
    /// <exception cref="IOException">A path does not lead to a PNG, or its cell has put out no picture.</exception>
    public static void Write(NotebookDocument document, string folder)
    {
        foreach (var (path, picture) in Of(document))
            AtomicFile.Write(Path.GetFullPath(Path.Combine(folder, path)),
                target => File.WriteAllBytes(target, picture ?? throw new IOException(
                    $"--update, picture: {path}: expected a cell with a figure and a browser that draws it. Received: no picture. "
                        + "Take the option away, or install a browser; docs/runner.md says which.")));
    }

    /// <summary>Paths and pictures of the cells that bear the option; null where a cell has no picture.</summary>
    /// <exception cref="IOException">A path does not lead to a PNG.</exception>
    public static IEnumerable<(string Path, byte[]? Picture)> Of(NotebookDocument document) => document.Cells
        .Select(cell => (Path: CellOptions.Value(cell.Source, Option), Cell: cell)).Where(c => c.Path is not null)
        .Select(c => c.Path!.EndsWith(".png", StringComparison.Ordinal) && !Path.IsPathRooted(c.Path) ? (c.Path, First(c.Cell))
            : throw new IOException(
                $"--update, picture: expected a path to a .png file that leads from the notebook. Received: {c.Path}. "
                    + "Write //| picture: ../docs/NAME.png."));

    static byte[]? First(Cell cell) => cell.Outputs.Select(o => NotebookJson.Text(o.Bundle?[MimeType])).OfType<string>()
        .Select(Convert.FromBase64String).FirstOrDefault();
}
