using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Host.Directives;

/// <summary>
/// Variables whose type is that of another, whose type is that of a third, and so on; and type parameters bounded by each other. Whoever
/// asks for the first is sent through all of them, and in that recursion Roslyn 5.12 has no guard: 3,000 variables end a process.
/// </summary>
static class CodeChains
{
    /// <summary>The longest way, in steps down the tree of the code: some 600 variables that are each made of the last.</summary>
    const int Limit = 4000;

    /// <summary>The steps from a type parameter to its bound.</summary>
    const int Bound = 10;

    /// <summary>Whether there is a way that is longer.</summary>
    public static bool AreDeep(CompilationUnitSyntax root)
    {
        var ways = new Dictionary<string, List<(string To, int Steps)>>();
        foreach (var member in root.Members)
        {
            if (member is not (GlobalStatementSyntax or FieldDeclarationSyntax)) continue;
            var names = Declared(member).ToList();
            if (names.Count == 0) continue;
            var uses = Uses(member);
            foreach (var name in names) Of(name).AddRange(uses);
        }

        foreach (var clause in root.DescendantNodes().OfType<TypeParameterConstraintClauseSyntax>())
            Of(clause.Name.Identifier.ValueText).AddRange(clause.Constraints.OfType<TypeConstraintSyntax>()
                .Select(c => c.Type).OfType<IdentifierNameSyntax>().Select(t => (t.Identifier.ValueText, Bound)));
        return Longest(ways) > Limit;

        List<(string To, int Steps)> Of(string name) => ways.TryGetValue(name, out var known) ? known : ways[name] = [];
    }

    /// <summary>The variables of later cells whose type the compiler has to find out.</summary>
    static IEnumerable<string> Declared(SyntaxNode member) =>
        (member is FieldDeclarationSyntax { Declaration: { Type.IsVar: true } declaration }
            ? declaration.Variables.Select(v => v.Identifier.ValueText) : [])
        .Concat(member.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Select(d => d.Identifier.ValueText));

    static List<(string To, int Steps)> Uses(SyntaxNode member)
    {
        var uses = new Dictionary<string, int>();
        var open = new Stack<(SyntaxNode Node, int Depth)>([(member, 1)]);
        while (open.TryPop(out var at))
        {
            if (at.Node is IdentifierNameSyntax { Identifier.ValueText: var name })
                uses[name] = Math.Max(at.Depth, uses.GetValueOrDefault(name));
            foreach (var child in at.Node.ChildNodes()) open.Push((child, at.Depth + 1));
        }

        return [.. uses.Select(u => (u.Key, u.Value))];
    }

    /// <summary>A circle has no length: the compiler sees it and goes no further.</summary>
    static int Longest(Dictionary<string, List<(string To, int Steps)>> ways)
    {
        var lengths = new Dictionary<string, int>();
        var open = new Stack<(string Name, bool IsLeft)>();
        foreach (var name in ways.Keys) open.Push((name, false));
        while (open.TryPop(out var at))
        {
            if (at.IsLeft)
            {
                lengths[at.Name] = ways[at.Name].Max(w => (int?)(w.Steps + lengths.GetValueOrDefault(w.To))) ?? 0;
                if (lengths[at.Name] > Limit) return lengths[at.Name];
                continue;
            }

            if (!lengths.TryAdd(at.Name, 0)) continue;
            open.Push((at.Name, true));
            foreach (var (to, _) in ways[at.Name])
                if (ways.ContainsKey(to) && !lengths.ContainsKey(to)) open.Push((to, false));
        }

        return 0;
    }
}
