using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Host.Sessions;

/// <summary>Functions and lambdas of a cell that use nothing which a cell declares but types: so it is all one from which cell they come.
/// </summary>
static class ClosedCode
{
    /// <summary>Whether all code of a cell that may live on is closed.</summary>
    public static bool IsAll(CompilationUnitSyntax root, CSharpCompilation cell)
    {
        var living = root.DescendantNodes().Where(n => n is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax
            or MethodDeclarationSyntax).ToList();
        if (living.Count == 0) return true;
        var model = cell.GetSemanticModel(root.SyntaxTree);
        return living.All(node => Names(node).All(n => IsOfNoCell(n, model))
            && (node is not AnonymousFunctionExpressionSyntax lambda || HasName(model.GetTypeInfo(lambda))));
    }

    /// <summary>The names in a function that are neither its own parameters nor its variables.</summary>
    public static IEnumerable<string> Free(MethodDeclarationSyntax function, SemanticModel model) => Names(function)
        .Where(n => model.GetSymbolInfo(n).Symbol is not (ILocalSymbol or IParameterSymbol or ITypeParameterSymbol))
        .Select(n => n.Identifier.ValueText).Distinct();

    static IEnumerable<SimpleNameSyntax> Names(SyntaxNode node) => node.DescendantNodes().OfType<SimpleNameSyntax>();

    static bool IsOfNoCell(SimpleNameSyntax name, SemanticModel model) => model.GetSymbolInfo(name).Symbol switch
    {
        null => false,
        IMethodSymbol { MethodKind: MethodKind.LocalFunction } => true,
        IFieldSymbol or IPropertySymbol or IEventSymbol or IMethodSymbol =>
            model.GetSymbolInfo(name).Symbol!.ContainingType is not { IsScriptClass: true },
        _ => true,
    };

    /// <summary>A type without a name is the same as that of equal code in a later cell.</summary>
    static bool HasName(TypeInfo lambda) => HasName(lambda.Type) && HasName(lambda.ConvertedType);

    static bool HasName(ITypeSymbol? type) => type?.IsAnonymousType != true;
}
