using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive;
using Workbook.Host.Lint;
using Xunit;

namespace Workbook.Tests.Host.Lint;

public class InteractiveNamesTests
{
    [Fact]
    public void Lint_knows_the_names_that_cells_find_here_and_no_others()
    {
        const BindingFlags own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var here = typeof(Kernel).Assembly.GetExportedTypes()
            .Where(t => t.Namespace!.StartsWith("Microsoft.DotNet.Interactive", StringComparison.Ordinal))
            .SelectMany(
                t => t.GetMembers(own)
                    .Where(m => m is not MethodInfo { IsSpecialName: true } && m is not MethodInfo { IsVirtual: true }
                        && m is not ConstructorInfo).Select(m => $"{t.FullName}.{m.Name}"));
        var known = Types(InteractiveNames.Assembly.GlobalNamespace)
            .Where(t => t.DeclaredAccessibility == Accessibility.Public && t.TypeKind == TypeKind.Class)
            .SelectMany(
                t => t.GetMembers()
                    .Where(m => m.DeclaredAccessibility == Accessibility.Public
                        && m is not IMethodSymbol { MethodKind: not MethodKind.Ordinary }).Select(m => $"{t.ToDisplayString()}.{m.Name}"));
        Assert.Equal(here.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(Types));
}
