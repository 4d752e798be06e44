using Workbook.Host.Documents;
using Workbook.Host.Packages;
using Workbook.Host.Sessions;

namespace Workbook.Host.Lint;

/// <summary>A C# cell of a notebook and what it may refer to, as far as that is known without running or restoring anything.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Number">Its 1-based number in the notebook.</param>
/// <param name="Source">Its text without directives.</param>
/// <param name="References">The assemblies that the cells up to this one refer to.</param>
internal sealed record ReferredCell(Cell Cell, int Number, string Source, ReferenceSet References)
{
    /// <summary>The cells in order; they end before the first that needs a package, an imported notebook, or an assembly that is not built.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="file">Its full path: references are relative to its folder.</param>
    public static IEnumerable<ReferredCell> Of(NotebookDocument document, string file)
    {
        var references = ReferenceSet.Empty;
        foreach (var (cell, i) in document.Cells.Select((c, i) => (c, i)).Where(c => c.c.Language == "csharp"))
        {
            var (directives, source) = DirectiveReader.Read(cell.Source);
            foreach (var directive in directives)
                if (Referred(references, directive, file) is { } next) references = next;
                else yield break;
            yield return new ReferredCell(cell, i + 1, source, references);
        }
    }

    static ReferenceSet? Referred(ReferenceSet references, Directive directive, string file)
    {
        if (directive.Name is "#!time" or "#!about" or "#!lsmagic") return references;
        if (directive.Name != "#r" || PackageSet.IsPackage(directive.Argument)) return null;
        if (Framework.Paths.ContainsKey(directive.Argument)) return references.WithFramework([directive.Argument]);
        var path = Path.GetFullPath(directive.Argument.Replace('\\', '/'), Path.GetDirectoryName(file)!);
        return File.Exists(path) ? references.Add(path) : null;
    }
}
