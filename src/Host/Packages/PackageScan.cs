using Workbook.Host.Documents;
using Workbook.Host.Sessions;

namespace Workbook.Host.Packages;

/// <summary>Finds all the packages that a notebook will ask for, in its own cells and in what it imports, so that one restore serves the run.</summary>
internal static class PackageScan
{
    /// <summary>The packages of a notebook. What is missing or malformed is left to the cell that asks for it, which says so in its place.</summary>
    public static PackageSet Of(string file, NotebookDocument document) => Add(PackageSet.Empty, file, Units(document), [file]);

    static PackageSet Add(PackageSet set, string file, IEnumerable<string> sources, HashSet<string> seen)
    {
        var folder = Path.GetDirectoryName(file)!;

        // Parsing costs the compiler's start; few notebooks hold one of these words.
        foreach (var source in sources.Where(s => s.Contains("nuget:", StringComparison.OrdinalIgnoreCase) || s.Contains("#!import", StringComparison.Ordinal) || s.Contains("#load", StringComparison.Ordinal)))
        {
            foreach (var directive in DirectiveReader.Read(source).Directives)
            {
                var isPackage = PackageSet.IsPackage(directive.Argument);
                if (directive.Name == "#r" && isPackage) set = Add(set, directive.Argument);
                else if (directive.Name == "#i" && isPackage) set = set.AddSource(directive.Argument, folder);
                else if (directive.Name is "#load" or "#!import") set = AddFile(set, Path.GetFullPath(directive.Argument.Replace('\\', '/'), folder), seen);
            }
        }

        return set;
    }

    static PackageSet Add(PackageSet set, string argument)
    {
        try
        {
            return set.Add(argument);
        }
        catch (FormatException)
        {
            return set;
        }
    }

    static PackageSet AddFile(PackageSet set, string file, HashSet<string> seen)
    {
        if (!seen.Add(file) || !File.Exists(file)) return set;
        try
        {
            return Add(set, file, NotebookFile.IsNotebook(file) ? Units(NotebookFile.Read(file)) : [File.ReadAllText(file)], seen);
        }
        catch (NotebookFormatException)
        {
            return set;
        }
    }

    static IEnumerable<string> Units(NotebookDocument document) => document.Cells.Where(c => c.Language == "csharp").Select(c => c.Source);
}
