using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Host.Sessions;

/// <summary>
/// Cells of nothing but statements, variables and <see cref="ClosedCode"/>, one on top of the other. When there are many, one cell takes
/// their place: it declares the same variables and functions, and gets the values. The compiler keeps 35 kB for each cell that stands
/// below the next, and asks each of them for every name.
/// </summary>
/// <param name="most">From how many on.</param>
/// <remarks>
/// Other code that lives on, such as a function or a lambda that uses variables, has those of the old cells in its hands. So from the
/// first cell with such code on, those below it stay as they are.
/// </remarks>
sealed class PlainCells(int most)
{
    /// <summary>From the lowest to the last. Each stands on the one before it, and has run to its end.</summary>
    readonly List<(CSharpCompilation Cell, Type Type)> cells = [];

    int row;

    /// <summary>Whether there have been so many in a row that more are likely to come.</summary>
    public bool AreMany => row >= most / 2;

    /// <summary>Whether nothing of a cell lives on but its variables and functions.</summary>
    /// <param name="root">Its text.</param>
    /// <param name="cell">The cell, compiled.</param>
    public static bool IsOne(CompilationUnitSyntax root, CSharpCompilation cell) =>
        root.Usings.Count + root.Externs.Count + root.AttributeLists.Count == 0 && root.Members.All(IsPlain)
        && !root.DescendantNodes().Any(LivesOn) && !root.DescendantTrivia().Any(SaysMore) && ClosedCode.IsAll(root, cell);

    /// <summary>Code that may live on has been compiled, or a cell has not come to its end.</summary>
    public void Stop()
    {
        cells.Clear();
        row = 0;
    }

    /// <summary>A cell that is one begins to run.</summary>
    public void Count() => row++;

    /// <summary>A cell that is one, and that later cells see, has run to its end.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="type">The type of the object whose fields its variables are.</param>
    public void Add(CSharpCompilation cell, Type type)
    {
        var below = cells.FindLastIndex(c => c.Cell == cell.ScriptCompilationInfo!.PreviousScriptCompilation) + 1;
        cells.RemoveRange(below, cells.Count - below);
        cells.Add((cell, type));
    }

    /// <summary>What the cells under <paramref name="last"/> declare, if there are enough for one to take their place; else null.</summary>
    /// <param name="last">The last of the cells that can be seen.</param>
    /// <param name="states">The objects of the cells.</param>
    /// <param name="least">How many are enough; if not given, what is usual.</param>
    public PlainVariables? Take(CSharpCompilation? last, object?[] states, int? least = null)
    {
        if (cells.Count < (least ?? most) || cells[^1].Cell != last) return null;
        var owners = cells.Select(c => states.First(s => s?.GetType() == c.Type)!).ToList();
        var below = cells[0].Cell.ScriptCompilationInfo!.PreviousScriptCompilation;
        var variables = new OrderedDictionary<string, PlainVariables.Variable>();
        var functions = new Dictionary<string, PlainFunction>();
        foreach (var ((cell, type), owner) in cells.Zip(owners))
        {
            foreach (var symbol in cell.ScriptClass!.GetMembers().Where(m => !m.IsImplicitlyDeclared))
            {
                if (symbol is IFieldSymbol field)
                {
                    variables.Remove(symbol.Name);
                    variables.Add(symbol.Name, new(field, SubmissionFields.Field(type, symbol.Name)!, owner));
                }
                else if (symbol is IMethodSymbol method)
                {
                    var function = new PlainFunction(method, cell);
                    // What overloads each other stays where it is: the compiler asks the cells one by one.
                    if (functions.TryGetValue(symbol.Name, out var other) && !function.Hides(other)) return Refuse();
                    functions[symbol.Name] = function;
                }
            }
        }

        var names = variables.Keys.Concat(functions.Keys).ToHashSet();
        if (names.Count < variables.Count + functions.Count || functions.Values.Any(f => !f.CanStandBeside(names))) return Refuse();
        cells.Clear();
        return new PlainVariables([.. variables.Values], [.. functions.Values], owners, below);
    }

    PlainVariables? Refuse()
    {
        cells.Clear();
        return null;
    }

    static bool IsPlain(MemberDeclarationSyntax member) => member switch
    {
        GlobalStatementSyntax => true,
        FieldDeclarationSyntax { Modifiers.Count: 0, AttributeLists.Count: 0 } => true,
        MethodDeclarationSyntax { AttributeLists.Count: 0, ExplicitInterfaceSpecifier: null } function =>
            function.Modifiers.All(m => m.Kind() is SyntaxKind.StaticKeyword or SyntaxKind.AsyncKeyword),
        _ => false,
    };

    static bool LivesOn(SyntaxNode node) => node is QueryExpressionSyntax or AnonymousObjectCreationExpressionSyntax
        or RefExpressionSyntax or RefTypeSyntax or PointerTypeSyntax or FunctionPointerTypeSyntax or FixedStatementSyntax
        or UnsafeStatementSyntax;

    /// <summary>A directive changes what types mean; documentation is read where a variable is used. A line's number is neither.</summary>
    static bool SaysMore(SyntaxTrivia trivia) => trivia.IsDirective ? !trivia.IsKind(SyntaxKind.LineDirectiveTrivia)
        : trivia.ToString() is ['/', '/', '/', ..] or ['/', '*', '*', ..];
}
