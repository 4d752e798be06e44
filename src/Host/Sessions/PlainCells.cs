using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Host.Sessions;

/// <summary>
/// Cells of nothing but statements and variables, one on top of the other. When there are many, one cell takes their place: it declares the
/// same variables and gets their values. The compiler keeps 35 kB for each cell that stands below the next, and asks each of them for
/// every name.
/// </summary>
/// <param name="most">From how many on.</param>
/// <remarks>
/// Code that lives on, such as a function, a lambda or what follows an <c>await</c>, has the variables of the old cells in its hands. So
/// from the first cell with such code on, those below it stay as they are.
/// </remarks>
sealed class PlainCells(int most)
{
    /// <summary>From the lowest to the last. Each stands on the one before it, and has run to its end.</summary>
    readonly List<(CSharpCompilation Cell, Type Type)> cells = [];

    /// <summary>Whether nothing of a cell lives on but its variables.</summary>
    public static bool IsOne(CompilationUnitSyntax root) =>
        root.Usings.Count + root.Externs.Count + root.AttributeLists.Count == 0
        && root.Members.All(m => m is GlobalStatementSyntax or FieldDeclarationSyntax { Modifiers.Count: 0, AttributeLists.Count: 0 })
        && !root.DescendantNodes().Any(LivesOn) && !root.DescendantTokens().Any(t => t.IsKind(SyntaxKind.AwaitKeyword))
        && !root.DescendantTrivia().Any(SaysMore);

    /// <summary>Code that may live on has been compiled, or a cell has not come to its end.</summary>
    public void Stop() => cells.Clear();

    /// <summary>A cell that is one, and that later cells see, has run to its end.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="type">The type of the object whose fields its variables are.</param>
    public void Add(CSharpCompilation cell, Type type)
    {
        var below = cells.FindLastIndex(c => c.Cell == cell.ScriptCompilationInfo!.PreviousScriptCompilation) + 1;
        cells.RemoveRange(below, cells.Count - below);
        cells.Add((cell, type));
    }

    /// <summary>The cells under <paramref name="last"/> that one can take the place of, if there are enough; else null.</summary>
    /// <param name="last">The last of the cells that can be seen.</param>
    /// <param name="states">The objects of the cells.</param>
    public PlainVariables? Take(CSharpCompilation? last, object?[] states)
    {
        if (cells.Count < most || cells[^1].Cell != last) return null;
        var variables = new OrderedDictionary<string, PlainVariables.Variable>();
        var owners = new List<object>();
        foreach (var (cell, type) in cells)
        {
            owners.Add(states.First(s => s?.GetType() == type)!);
            foreach (var symbol in cell.ScriptClass!.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsImplicitlyDeclared))
            {
                variables.Remove(symbol.Name);
                variables.Add(symbol.Name, new(symbol, SubmissionFields.Field(type, symbol.Name)!, owners[^1]));
            }
        }

        var below = cells[0].Cell.ScriptCompilationInfo!.PreviousScriptCompilation;
        Stop();
        return new PlainVariables([.. variables.Values], owners, below);
    }

    static bool LivesOn(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax
        or QueryExpressionSyntax or AnonymousObjectCreationExpressionSyntax or RefExpressionSyntax or RefTypeSyntax or PointerTypeSyntax
        or FunctionPointerTypeSyntax or FixedStatementSyntax or UnsafeStatementSyntax;

    /// <summary>A directive changes what types mean; documentation is read where a variable is used. A line's number is neither.</summary>
    static bool SaysMore(SyntaxTrivia trivia) => trivia.IsDirective ? !trivia.IsKind(SyntaxKind.LineDirectiveTrivia)
        : trivia.ToString() is ['/', '/', '/', ..] or ['/', '*', '*', ..];
}
