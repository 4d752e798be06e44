using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Tags;

namespace Workbook.Host.Language;

/// <summary>Finds what can stand at a position of a cell.</summary>
static class CompletionFinder
{
    /// <summary>Roslyn's words for what an item is, those that say most first, and JupyterLab's.</summary>
    static readonly (string Tag, string Kind)[] Kinds =
    [
        (WellKnownTags.Keyword, "keyword"), (WellKnownTags.Namespace, "namespace"), (WellKnownTags.Local, "variable"),
            (WellKnownTags.RangeVariable, "variable"),
        (WellKnownTags.Parameter, "parameter"), (WellKnownTags.Method, "function"), (WellKnownTags.ExtensionMethod, "function"),
            (WellKnownTags.Property, "property"),
        (WellKnownTags.Constant, "constant"), (WellKnownTags.EnumMember, "constant"), (WellKnownTags.Field, "field"),
            (WellKnownTags.Event, "event"),
        (WellKnownTags.Enum, "enum"), (WellKnownTags.Interface, "interface"), (WellKnownTags.Class, "class"),
            (WellKnownTags.Structure, "class"),
        (WellKnownTags.Delegate, "class"), (WellKnownTags.TypeParameter, "class"),
    ];

    /// <summary>What can stand at the cursor, with the part of the word before it as beginning.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="cursor">A position in it.</param>
    /// <param name="end">Gives the search up.</param>
    public static async Task<Completions> FindAsync(Document cell, int cursor, CancellationToken end)
    {
        var nothing = new Completions(cursor, cursor, []);
        if (IsInString((await cell.GetSyntaxRootAsync())!, cursor)) return nothing;
        var list = await CompletionService.GetService(cell)!.GetCompletionsAsync(cell, cursor, cancellationToken: end);
        var typed = (await cell.GetTextAsync()).ToString(new(list.Span.Start, cursor - list.Span.Start)).TrimStart('@');
        var items = list.ItemsList.Where(IsWord).Select(Item)
            .Where(i => i.Text.TrimStart('@').StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(i => i.Text).OrderBy(Rank).ThenBy(i => i.Text, StringComparer.OrdinalIgnoreCase).ToList();
        return items.Count == 0 ? nothing : new Completions(list.Span.Start, list.Span.End, items);
    }

    /// <summary>In some strings, formats for example, Roslyn has something to offer; one who types a text does not expect it.</summary>
    static bool IsInString(SyntaxNode root, int cursor)
    {
        var token = root.FindToken(Math.Max(cursor - 1, 0));
        return token.IsKind(SyntaxKind.StringLiteralToken) && token.SpanStart < cursor
            && (cursor < token.Span.End || token.ContainsDiagnostics);
    }

    /// <summary>Whether to take the item is to insert its text. An operator or an override would change the text around it.</summary>
    static bool IsWord(CompletionItem item) =>
        !item.IsComplexTextEdit && item.DisplayTextSuffix is "" or "<>" or ":";

    static Completion Item(CompletionItem item)
    {
        var kind = Kinds.FirstOrDefault(k => item.Tags.Contains(k.Tag)).Kind;

        // To its author, what a cell declares is a variable.
        if (kind == "field" && item.Tags.Contains(WellKnownTags.Private)) kind = "variable";
        return new Completion(item.DisplayText + (item.DisplayTextSuffix == ":" ? ":" : ""), kind ?? "text");
    }

    static int Rank(Completion item) => item.Kind switch
    {
        "parameter" => 0,
        "variable" => 1,
        _ => 2,
    };
}
