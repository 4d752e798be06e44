using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Workbook.Host.Language;

/// <summary>The signature of what can be called, as one reads it in C#.</summary>
static class Signature
{
    const int Width = 100;

    static readonly SymbolDisplayFormat Whole = SymbolDisplayFormat.MinimallyQualifiedFormat;

    static readonly SymbolDisplayFormat Head = Whole.RemoveMemberOptions(SymbolDisplayMemberOptions.IncludeParameters);

    /// <summary>The parameters of a method, constructor or indexer; none for anything else.</summary>
    public static ImmutableArray<IParameterSymbol> Parameters(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.Parameters,
        IPropertySymbol property => property.Parameters,
        _ => [],
    };

    /// <summary>The signature; one parameter a line where it would be long.</summary>
    public static string Of(ISymbol symbol)
    {
        // What an extension block declares is called on the type that it extends.
        var extended = symbol.ContainingType is { IsExtension: true, ExtensionParameter.Type: var type } ? type : null;
        var format = symbol.ContainingType is { IsScriptClass: true } || extended is not null
            ? Head.RemoveMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType) : Head;
        var (open, close) = symbol is IPropertySymbol ? ("[", "]") : ("(", ")");
        var head = symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? symbol.ContainingType.ToDisplayString(Whole)
            : symbol.ToDisplayString(format);
        if (extended is not null)
            head = head.Insert(head.IndexOf(symbol.Name, StringComparison.Ordinal), $"{extended.ToDisplayString(Whole)}.");
        var parameters = Parameters(symbol).Select(p => p.ToDisplayString(Whole)).ToList();
        var line = $"{head}{open}{string.Join(", ", parameters)}{close}";
        return line.Length <= Width ? line : $"{head}{open}\n    {string.Join(",\n    ", parameters)}{close}";
    }
}
