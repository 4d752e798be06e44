using System.Text;
using Workbook.Host.Files;

namespace Workbook.Host.Export;

/// <summary>What stands at the top of a book's index.</summary>
/// <param name="Title">The title of the book.</param>
/// <param name="Introduction">Markdown under the title; may be empty.</param>
/// <param name="Folder">The folder that its links start from; null leaves them as they are.</param>
sealed record BookCover(string Title, string Introduction, string? Folder = null)
{
    const string DefaultTitle = "Notebooks";

    /// <summary>Reads a Markdown file: its heading of level 1, if it begins with one, is the title; the rest is the introduction.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static BookCover Read(string file)
    {
        var text = Encoding.UTF8.GetString(RegularFile.Read(file)).TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimStart();
        var folder = Path.GetDirectoryName(Path.GetFullPath(file));
        if (!text.StartsWith("# ", StringComparison.Ordinal)) return new BookCover(DefaultTitle, text, folder);
        var lines = text.Split('\n', 2);
        return new BookCover(lines[0][2..].Trim(), lines.ElementAtOrDefault(1)?.Trim() ?? "", folder);
    }

    /// <summary>The cover of notebooks of one folder: the README.md in it, if there is one.</summary>
    /// <param name="files">The notebooks.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static BookCover Of(IEnumerable<string> files)
    {
        var folders = files.Select(f => Path.GetDirectoryName(f)!).Distinct().ToList();
        var readme = folders.Count == 1 ? Path.Combine(folders[0], "README.md") : null;
        return readme is not null && RealPath.IsOwn(folders[0], readme) ? Read(readme) : new BookCover(DefaultTitle, "");
    }
}
