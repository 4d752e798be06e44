using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.QuickInfo;
using Workbook.Host.Run.Parameters;

namespace Workbook.Host.Language;

/// <summary>Says what a name is, or a call, in plain text: the signature, and the documentation.</summary>
static class Inspector
{
    /// <summary>As many other overloads as a short answer lists.</summary>
    const int Few = 8;

    /// <summary>
    /// What there is to say about the name that the position is in or right behind; if it is none, about the call around it.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="cursor">A position in it.</param>
    /// <param name="isDetailed">Whether to add remarks, exceptions and every overload.</param>
    /// <param name="end">Gives the search up.</param>
    /// <returns>The text; null when there is nothing to say.</returns>
    public static async Task<string?> InspectAsync(Document cell, int cursor, bool isDetailed,
        CancellationToken end)
    {
        var model = (await cell.GetSemanticModelAsync(end))!;
        var root = await model.SyntaxTree.GetRootAsync();
        if (WordAt(root, cursor) is { } word && await DescribeAsync(cell, model, word, isDetailed, end) is { } description)
            return description;
        return Call.At(model, cursor) is { } call ? Describe(call.Best, call.Others, call.Parameter, model.Compilation, isDetailed) : null;
    }

    static SyntaxToken? WordAt(SyntaxNode root, int cursor)
    {
        var token = root.FindToken(cursor);
        if (!IsWord(token) && cursor > 0) token = root.FindToken(cursor - 1);
        return IsWord(token) && token.SpanStart <= cursor && cursor <= token.Span.End ? token : null;
    }

    static bool IsWord(SyntaxToken token) => token.IsKind(SyntaxKind.IdentifierToken) || SyntaxFacts.IsKeywordKind(token.Kind());

    static async Task<string?> DescribeAsync(Document cell, SemanticModel model, SyntaxToken word, bool isDetailed,
        CancellationToken end)
    {
        var symbol = await SymbolFinder.FindSymbolAtPositionAsync(cell, word.SpanStart, end);
        if (symbol is IMethodSymbol method) return Describe(method, Overloads(model, word, method), null, model.Compilation, isDetailed);
        var info = await QuickInfoService.GetService(cell)!.GetQuickInfoAsync(cell, word.SpanStart, end);
        if (info is null) return null;
        var head = info.Sections.Where(s => s.Kind is QuickInfoSectionKinds.Description or QuickInfoSectionKinds.AnonymousTypes)
            .Select(s => s.Text.Trim());
        var text = symbol switch
        {
            null => info.Sections.Where(s => s.Kind == QuickInfoSectionKinds.DocumentationComments).Select(s => s.Text),
            IParameterSymbol parameter => [Documentation.Of(parameter.ContainingSymbol, model.Compilation).Parameter(parameter.Name)],
            _ => Paragraphs(symbol, null, model.Compilation, isDetailed),
        };
        return Join(head.Concat(text));
    }

    static IReadOnlyList<ISymbol> Overloads(SemanticModel model, SyntaxToken word, IMethodSymbol method) =>
        [.. model.GetMemberGroup(word.Parent!)
            .Where(o => !SymbolEqualityComparer.Default.Equals(o.OriginalDefinition, method.OriginalDefinition))];

    static string Describe(ISymbol symbol, IReadOnlyList<ISymbol> others, string? current, Compilation compilation, bool isDetailed)
    {
        var listed = isDetailed ? others.Count : Math.Min(others.Count, Few);
        var overloads = others.Take(listed).Select(Signature.Of).Concat(listed < others.Count ? [$"and {others.Count - listed} more"] : []);
        return Join(
            [Signature.Of(symbol), .. Paragraphs(symbol, current, compilation, isDetailed),
                Section("Other overloads", overloads.Select(o => $"  {o}"))])!;
    }

    static IEnumerable<string> Paragraphs(ISymbol symbol, string? current, Compilation compilation, bool isDetailed)
    {
        var documentation = Documentation.Of(symbol, compilation);
        yield return documentation.Section("summary");
        yield return Section("Parameters",
            Signature.Parameters(symbol).Select(p => Parameter(p.Name, documentation.Parameter(p.Name), p.Name == current)));
        if (documentation.Section("returns") is { Length: > 0 } returns) yield return $"Returns: {returns}";
        if (!isDetailed) yield break;
        yield return documentation.Section("value");
        yield return documentation.Section("remarks");
        yield return Section("Exceptions", documentation.Exceptions.Select(e => $"  {e.Type}: {e.When}"));
    }

    /// <summary>The parameter whose argument is being typed is shown with an arrow, also where nothing is said of it.</summary>
    static string Parameter(string name, string text, bool isCurrent) => (isCurrent, text) switch
    {
        (true, "") => $"→ {name}",
        (true, _) => $"→ {name}: {text}",
        (false, "") => "",
        (false, _) => $"  {name}: {text}",
    };

    static string Section(string title, IEnumerable<string> lines)
    {
        var said = lines.Where(l => l.Length > 0).Select(l => l.ReplaceLineEndings("\n    ")).ToList();
        return said.Count == 0 ? "" : $"{title}:\n{string.Join('\n', said)}";
    }

    static string? Join(IEnumerable<string> paragraphs) =>
        string.Join("\n\n", paragraphs.Where(p => p.Length > 0)) is { Length: > 0 } text ? text : null;
}
