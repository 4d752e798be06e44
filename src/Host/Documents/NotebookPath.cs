using Workbook.Host.Wording;

namespace Workbook.Host.Documents;

/// <summary>A notebook to run.</summary>
/// <param name="File">The full path.</param>
/// <param name="Name">Its name in reports and in the output folder: the path below the folder asked for, without extension, with forward
/// slashes.</param>
/// <param name="From">The folder from which a reader names files; null for the current one.</param>
sealed record NotebookPath(string File, string Name, string? From = null)
{
    /// <summary>The file as a reader at the terminal knows it.</summary>
    public string Shown =>
        Harmless.Line(Relative(File) is var relative && relative.StartsWith("..", StringComparison.Ordinal) ? File : relative);

    /// <summary>A file from the reader's folder.</summary>
    public string Relative(string file) => Path.GetRelativePath(From ?? Environment.CurrentDirectory, file);
}
