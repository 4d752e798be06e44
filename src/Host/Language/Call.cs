using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Run.Parameters;

namespace Workbook.Host.Language;

/// <summary>A call whose arguments are being typed.</summary>
/// <param name="Best">What is called, as far as the arguments say by now.</param>
/// <param name="Others">The other overloads.</param>
/// <param name="Parameter">The name of the parameter that the cursor's argument is for; null where the best has none for it.</param>
sealed record Call(ISymbol Best, IReadOnlyList<ISymbol> Others, string? Parameter)
{
    /// <summary>
    /// The innermost call in whose argument list the position is; null when there is none, or nothing that could be called.
    /// </summary>
    public static Call? At(SemanticModel model, int position)
    {
        var token = model.SyntaxTree.GetRoot().FindToken(Math.Max(position - 1, 0));
        for (var node = token.Parent; node is not null
            and not (StatementSyntax or InitializerExpressionSyntax { Parent: not BaseObjectCreationExpressionSyntax }); node = node.Parent)
            if (node is BaseArgumentListSyntax list && IsInside(list, position) && Of(model, list, position) is { } call) return call;
        return null;
    }

    static bool IsInside(BaseArgumentListSyntax list, int position)
    {
        var (open, close) = list switch
        {
            ArgumentListSyntax round => (round.OpenParenToken, round.CloseParenToken),
            BracketedArgumentListSyntax square => (square.OpenBracketToken, square.CloseBracketToken),
            _ => throw new ArgumentOutOfRangeException(nameof(list)),
        };
        return open.Span.End <= position && (close.IsMissing || position <= close.SpanStart);
    }

    static Call? Of(SemanticModel model, BaseArgumentListSyntax list, int position)
    {
        var overloads = Overloads(model, list).Where(o => model.IsAccessible(position, o)).ToList();
        if (overloads.Count == 0) return null;
        var index = list.Arguments.GetSeparators().Count(s => s.Span.End <= position);
        var name = index < list.Arguments.Count ? list.Arguments[index].NameColon?.Name.Identifier.ValueText : null;
        var bound = model.GetSymbolInfo(list.Parent!).Symbol;
        var best = overloads.FirstOrDefault(o => SymbolEqualityComparer.Default.Equals(o, bound))
            ?? overloads.FirstOrDefault(o => For(o, index, name) is not null && Takes(o, list.Arguments.Take(index), model))
            ?? overloads.FirstOrDefault(o => For(o, index, name) is not null) ?? overloads[0];
        return new Call(best, [.. overloads.Where(o => !ReferenceEquals(o, best))], For(best, index, name)?.Name);
    }

    static IEnumerable<ISymbol> Overloads(SemanticModel model, BaseArgumentListSyntax list) => list.Parent switch
    {
        InvocationExpressionSyntax { Expression: var called } => model.GetMemberGroup(called) is { Length: > 0 } group
            ? group
            : model.GetTypeInfo(called).Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } ? [invoke] : [],
        BaseObjectCreationExpressionSyntax creation => Constructors(model.GetTypeInfo(creation).Type),
        PrimaryConstructorBaseTypeSyntax { Type: var type } => Constructors(model.GetTypeInfo(type).Type),
        ElementAccessExpressionSyntax { Expression: var indexed } => Indexers(model.GetTypeInfo(indexed).Type),
        ConstructorInitializerSyntax initializer => model.GetMemberGroup(initializer),
        _ => [],
    };

    static IEnumerable<ISymbol> Constructors(ITypeSymbol? type) => type is INamedTypeSymbol named ? named.InstanceConstructors : [];

    static IEnumerable<ISymbol> Indexers(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            foreach (var indexer in type.GetMembers().OfType<IPropertySymbol>().Where(p => p.IsIndexer)) yield return indexer;
    }

    static bool Takes(ISymbol symbol, IEnumerable<ArgumentSyntax> before, SemanticModel model) =>
        before.Select((argument, i) => (argument.Expression, Parameter: For(symbol, i, argument.NameColon?.Name.Identifier.ValueText)))
            .All(a => a.Parameter is not null && model.ClassifyConversion(a.Expression, a.Parameter.Type).IsImplicit);

    static IParameterSymbol? For(ISymbol symbol, int index, string? name)
    {
        var parameters = Signature.Parameters(symbol);
        if (name is not null) return parameters.FirstOrDefault(p => p.Name == name);
        return index < parameters.Length ? parameters[index] : parameters.LastOrDefault(p => p.IsParams);
    }
}
