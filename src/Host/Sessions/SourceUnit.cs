using Workbook.Host.Documents;

namespace Workbook.Host.Sessions;

/// <summary>A piece of C# that is run as one: a cell, a loaded script, a cell of an imported notebook.</summary>
/// <param name="File">The full path of the file it stands in; relative paths in it are relative to the file's folder.</param>
/// <param name="Cell">The 1-based number of the cell in its notebook; 0 in a plain source file.</param>
/// <param name="Line">The 1-based line of the file on which the source begins; 0 when not known.</param>
/// <param name="Source">The text.</param>
sealed record SourceUnit(string File, int Cell, int Line, string Source)
{
    /// <summary>
    /// The path that the compiler and stack traces show. Where lines of the file are not known, it says which cell the lines are of.
    /// </summary>
    public string TreePath => Line > 0 ? File : $"{File}#cell{Cell}";

    /// <summary>
    /// The text behind a word to the compiler, so that it counts the lines of the file by itself. Empty lines would do the same, and take
    /// as much memory as the notebook is long, for each cell.
    /// </summary>
    public string Padded(string source) => Line > 1 ? $"#line {Line}\n{source}" : source;

    /// <summary>The place of a 1-based line of the padded text.</summary>
    public SourcePlace Place(int line) => new(File, Line > 0 ? line : 0, Cell, line - Math.Max(Line, 1) + 1);

    /// <summary>Whether the place that a stack trace names is in this source.</summary>
    public bool Contains(string path, int line)
    {
        var first = Math.Max(Line, 1);
        return path == TreePath && line >= first && line <= first + Source.Count(c => c == '\n');
    }
}
