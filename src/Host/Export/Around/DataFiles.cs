using Microsoft.CodeAnalysis.CSharp;
using Workbook.Host.Directives;
using Workbook.Host.Documents;
using Workbook.Host.Files;

namespace Workbook.Host.Export.Around;

/// <summary>
/// The data of a notebook: files of the nearest folder <c>data</c> beside or above it that its code names, by the file's name in a string
/// or by a word that is the name without its ending and hyphens (<c>DataSets.AirPassengers()</c> names <c>air-passengers.csv</c>).
/// </summary>
static class DataFiles
{
    /// <summary>Larger files are not put beside a page.</summary>
    const long Limit = 5 << 20;

    /// <summary>The files, by name.</summary>
    public static IReadOnlyList<string> Of(NotebookDocument document, string folder)
    {
        if (Folder(folder) is not { } data) return [];
        var words = document.Cells.Where(c => c.Language == "csharp").SelectMany(c => Words(c.Source))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var depth = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2, IgnoreInaccessible = true };
        return [.. new DirectoryInfo(data).EnumerateFiles("*", depth)
            .Where(f => f.Length <= Limit && f.Extension != ".md" && RealPath.IsOwn(Path.GetDirectoryName(data)!, f.FullName))
            .Where(f => words.Contains(f.Name) || words.Contains(Stem(f.Name))).Select(f => f.FullName).Order(StringComparer.Ordinal)];
    }

    static string? Folder(string folder) =>
        WorkbookFolders.From(folder).Select(at => Path.Combine(at, "data")).FirstOrDefault(Directory.Exists);

    static IEnumerable<string> Words(string source)
    {
        if (CodeDepth.Problem(source) is not null) return [];
        var (_, code) = DirectiveReader.Read(source);
        return CSharpSyntaxTree.ParseText(code, DirectiveReader.Dialect).GetRoot().DescendantTokens()
            .Select(t => t.Value as string ?? t.Text).SelectMany(t => (string[])[Path.GetFileName(t), Stem(t)]).Where(t => t.Length > 2);
    }

    static string Stem(string name) => Path.GetFileNameWithoutExtension(name).Replace("-", "").Replace("_", "");
}
