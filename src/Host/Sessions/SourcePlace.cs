using Workbook.Host.Documents;

namespace Workbook.Host.Sessions;

/// <summary>A place in a source that a session has run.</summary>
/// <param name="File">The file's full path.</param>
/// <param name="Line">The 1-based line in the file; 0 when not known.</param>
/// <param name="Cell">The 1-based number of the cell in its notebook, Markdown cells counted; 0 in a plain source file.</param>
/// <param name="LineInCell">The 1-based line in the cell.</param>
sealed record SourcePlace(string File, int Line, int Cell, int LineInCell)
{
    /// <summary>
    /// The place as an editor and a reader understand it, <c>file:line (cell 3, line 2)</c>, the file seen from a folder.
    /// </summary>
    public string From(string folder)
    {
        var file = Path.GetRelativePath(folder, File).Replace('\\', '/');
        return (Line > 0 ? $"{file}:{Line}" : file) + (Cell > 0 ? $" (cell {Cell}, line {LineInCell})" : "");
    }
}
