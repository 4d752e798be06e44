using System.Text;
using Workbook.Host.Files;

namespace Workbook.Host.Export;

/// <summary>What stands at the top of a book's index.</summary>
/// <param name="Title">The title of the book.</param>
/// <param name="Introduction">Markdown under the title; may be empty.</param>
sealed record BookCover(string Title, string Introduction)
{
    /// <summary>Reads a Markdown file: its heading of level 1, if it begins with one, is the title; the rest is the introduction.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static BookCover Read(string file)
    {
        var text = Encoding.UTF8.GetString(RegularFile.Read(file)).TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimStart();
        if (!text.StartsWith("# ", StringComparison.Ordinal)) return new BookCover("Notebooks", text);
        var lines = text.Split('\n', 2);
        return new BookCover(lines[0][2..].Trim(), lines.ElementAtOrDefault(1)?.Trim() ?? "");
    }
}
