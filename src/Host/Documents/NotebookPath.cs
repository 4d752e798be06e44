namespace Workbook.Host.Documents;

/// <summary>A notebook to run.</summary>
/// <param name="File">The full path.</param>
/// <param name="Name">Its name in reports and in the output folder: the path below the folder asked for, without extension, with forward slashes.</param>
sealed record NotebookPath(string File, string Name)
{
    /// <summary>The file as a reader at the terminal knows it.</summary>
    public string Shown => Path.GetRelativePath(Environment.CurrentDirectory, File) is var relative && relative.StartsWith("..", StringComparison.Ordinal) ? File : relative;
}
