using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Scripting;
using Workbook.Host.Directives;
using Workbook.Host.Jupyter;
using Workbook.Host.Sessions;

namespace Workbook.Host.Lint;

/// <summary>
/// Compiles a cell as .NET Interactive would: its version of C#, the assemblies that its cells can name without a <c>#r</c>, and of its
/// own names those that this host has too.
/// </summary>
/// <remarks>As it was when it was archived in April 2026: Roslyn 5.0 on .NET 10, C# 14, the references of Roslyn's scripting.</remarks>
static class InteractiveHost
{
    static readonly CSharpParseOptions Dialect = DirectiveReader.Dialect.WithLanguageVersion(LanguageVersion.CSharp14);

    static readonly string[] Usings =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        "Microsoft.DotNet.Interactive", "Microsoft.DotNet.Interactive.Formatting", "Microsoft.DotNet.Interactive.Kernel",
    ];

    static readonly IReadOnlyList<string> Nameable =
        [.. ScriptOptions.Default.MetadataReferences.OfType<UnresolvedMetadataReference>().Select(r => r.Reference)
            .Where(Framework.Paths.ContainsKey)];

    /// <summary>The cell on top of those before it; nothing is made or loaded.</summary>
    public static CSharpCompilation Bind(BoundCell cell, CSharpCompilation? previous) => CSharpCompilation.CreateScriptCompilation(
        "Look", CSharpSyntaxTree.ParseText(DirectiveReader.Read(cell.Cell.Source).Source, Dialect),
            InheritedReferences.New([.. cell.References.WithFramework(Nameable).All, InteractiveNames.Reference], previous),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true,
            metadataReferenceResolver: new MissingAssemblies(cell.References)).WithUsings(Usings),
        previous, typeof(object));
}
