using Workbook.Host.Directives;
using Workbook.Host.Documents;
using Workbook.Host.Files;
using Workbook.Host.Sessions;

namespace Workbook.Host.Packages;

/// <summary>
/// Finds all the packages that a notebook will ask for, in its own cells and in what it imports, so that one restore serves the run.
/// </summary>
static class PackageScan
{
    /// <summary>
    /// The packages of the cells that a run executes. What is missing or malformed is left to the cell that asks for it, which says so in
    /// its place.
    /// </summary>
    /// <param name="file">The notebook's path.</param>
    /// <param name="document">The notebook.</param>
    /// <param name="runs">Whether the run executes the cell of this 1-based number.</param>
    public static PackageSet Of(string file, NotebookDocument document, Func<int, Cell, bool> runs) =>
        Add(PackageSet.Empty, file, Units(document, runs), [file]);

    static PackageSet Add(PackageSet set, string file, IEnumerable<string> sources, HashSet<string> seen)
    {
        var folder = Path.GetDirectoryName(file)!;

        // Parsing costs the compiler's start; few notebooks hold one of these words.
        foreach (var source in sources.Where(
            s => s.Contains("nuget:", StringComparison.OrdinalIgnoreCase) || s.Contains("#!import", StringComparison.Ordinal)
                || s.Contains("#load", StringComparison.Ordinal)))
        {
            foreach (var directive in DirectiveReader.Read(source).Directives)
            {
                var isPackage = PackageSet.IsPackage(directive.Argument);
                if (directive.Name == "#r" && isPackage) set = Attempt(set, s => s.Add(directive.Argument));
                else if (directive.Name == "#i" && isPackage) set = Attempt(set, s => s.AddSource(directive.Argument, folder));
                else if (directive.Name is "#load" or "#!import")
                    set = AddFile(set, Path.GetFullPath(directive.Argument.Replace('\\', '/'), folder), seen);
            }
        }

        return set;
    }

    static PackageSet Attempt(PackageSet set, Func<PackageSet, PackageSet> add)
    {
        try
        {
            return add(set);
        }
        catch (FormatException)
        {
            return set;
        }
    }

    static PackageSet AddFile(PackageSet set, string file, HashSet<string> seen)
    {
        if (!seen.Add(file) || !RegularFile.Is(file)) return set;
        try
        {
            return Add(set, file, NotebookFile.IsNotebook(file) ? Units(NotebookFile.Read(file), (_, _) => true) : [RegularFile.Text(file)],
                seen);
        }
        catch (Exception e) when (e is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            return set;
        }
    }

    static IEnumerable<string> Units(NotebookDocument document, Func<int, Cell, bool> runs) =>
        document.Cells.Where((c, i) => c.Language == "csharp" && runs(i + 1, c)).Select(c => c.Source);
}
