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
        [.. ScriptOptions.Default.MetadataReferences.OfType<UnresolvedMetadataReference>().Select(r => r.Reference).Where(Framework.Paths.ContainsKey)];

    static readonly Lazy<MetadataReference> Names = new(() => CSharpCompilation.Create(
        "Microsoft.DotNet.Interactive",
        [CSharpSyntaxTree.ParseText("""
            namespace Microsoft.DotNet.Interactive.Formatting
            {
                public interface IHtmlContent;

                public sealed class DisplayedValue
                {
                    public string DisplayId => "";
                    public void Update(object updatedValue) { }
                }

                public static class DisplayExtensions
                {
                    public static DisplayedValue Display<T>(this T value, params string[] mimeTypes) => new();
                    public static DisplayedValue DisplayAs(this string value, string mimeType) => new();
                }
            }

            namespace Microsoft.DotNet.Interactive
            {
                using Formatting;

                public static class Kernel
                {
                    public static DisplayedValue display(object value, params string[] mimeTypes) => new();
                    public static IHtmlContent HTML(string content) => null;
                    public static void Javascript(string scriptContent) { }
                }
            }
            """)],
        [Framework.Reference(typeof(object).Assembly.GetName().Name!)],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).ToMetadataReference());

    /// <summary>The cell on top of those before it; nothing is made or loaded.</summary>
    public static CSharpCompilation Bind(BoundCell cell, CSharpCompilation? previous) => CSharpCompilation.CreateScriptCompilation(
        "Look", CSharpSyntaxTree.ParseText(cell.Tree.GetText(), Dialect), InheritedReferences.New([.. cell.References.WithFramework(Nameable).All, Names.Value], previous),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, metadataReferenceResolver: new MissingAssemblies(cell.References)).WithUsings(Usings),
        previous, typeof(object));
}
