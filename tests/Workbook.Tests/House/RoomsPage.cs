using System.Text.RegularExpressions;

namespace Workbook.Tests.House;

/// <summary>
/// A folder as docs/architecture.md lists it: those above it may be used, and those below it that the page gives a reason for.
/// </summary>
sealed record Room(string Folder, IReadOnlyList<string> Excused);

/// <summary>The tables of docs/architecture.md: the one place where the order of folders is declared.</summary>
static partial class RoomsPage
{
    /// <summary>The projects that have a table.</summary>
    public static IReadOnlyList<string> Projects => [.. Sections().Select(s => s.Project)];

    /// <summary>The folders of a project, from the one that uses no other to the one that may use all.</summary>
    public static IReadOnlyList<Room> Of(string project) => [.. Sections().Single(s => s.Project == project).Rows.Select(Read)];

    static IEnumerable<(string Project, IEnumerable<string> Rows)> Sections() =>
        File.ReadAllText(Repository.File("docs/architecture.md")).Split("\n## src/").Skip(1)
            .Select(s => (s[..s.IndexOf('\n')].Trim(), s.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal))));

    static Room Read(string row)
    {
        var cells = row.Split('|', StringSplitOptions.TrimEntries);
        return new(Folder(cells[1]), [.. Reason().Matches(cells[3]).Select(m => Folder(m.Groups[1].Value))]);
    }

    static string Folder(string cell) => cell.Trim('`').TrimEnd('/');

    /// <summary>A folder is excused only together with a reason.</summary>
    [GeneratedRegex("(`[^`]+`): [^;]{10,}")]
    private static partial Regex Reason();
}
