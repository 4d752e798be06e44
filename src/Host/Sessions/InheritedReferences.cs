using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Workbook.Host.Sessions;

/// <summary>
/// A submission has the references of those before it, and the compiler adds them to its own: given the same again for each cell, it keeps
/// them as often as
/// there are cells, in each cell. So a cell is given what is new with it.
/// </summary>
static class InheritedReferences
{
    /// <summary>Those of the references that no earlier submission has.</summary>
    /// <param name="references">All that a submission is to refer to.</param>
    /// <param name="previous">The submission below it; null when it is the first.</param>
    public static IEnumerable<MetadataReference> New(IEnumerable<MetadataReference> references, CSharpCompilation? previous)
    {
        var known = new HashSet<MetadataReference>(ReferenceEqualityComparer.Instance);
        for (var below = previous; below is not null; below = below.ScriptCompilationInfo!.PreviousScriptCompilation)
            known.UnionWith(below.ExternalReferences);
        return [.. references.Where(r => !known.Contains(r))];
    }
}
