using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Host.Sessions;

/// <summary>
/// Of which cells a later one can see anything. The compiler keeps some 40 kB for each cell that stands below the next, so those that
/// nobody can see do not stand there: a session whose cells are run again and again does not grow by it.
/// </summary>
static class VisibleCells
{
    /// <summary>
    /// What a cell is compiled on: the last cell, or, where it declares anew all that the last declares, as a cell that is run again does,
    /// what is below that.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="last">The last of those that can be seen; null where there is none.</param>
    public static CSharpCompilation? Below(CompilationUnitSyntax cell, CSharpCompilation? last)
    {
        if (last?.SyntaxTrees.SingleOrDefault()?.GetRoot() is not CompilationUnitSyntax root || SharesTypes(root)) return last;
        return SyntaxFactory.AreEquivalent(root, cell, topLevel: false) || IsHidden(root, last, cell)
            ? last.ScriptCompilationInfo!.PreviousScriptCompilation : last;
    }

    /// <summary>Whether a later cell can see anything of a compiled one.</summary>
    public static bool IsSeen(CompilationUnitSyntax root, CSharpCompilation cell) =>
        root.Usings.Count > 0 || root.Externs.Count > 0 || SharesTypes(root) || Declared(cell).Any();

    /// <summary>Methods do not hide those of the same name, so only variables are looked at.</summary>
    static bool IsHidden(CompilationUnitSyntax root, CSharpCompilation last, CompilationUnitSyntax cell)
    {
        if (root.Usings.Count > 0 || root.Externs.Count > 0) return false;
        var names = cell.Members.OfType<FieldDeclarationSyntax>().SelectMany(f => f.Declaration.Variables)
            .Select(v => v.Identifier.ValueText).ToHashSet();
        return names.Count > 0 && Declared(last).All(m => m is IFieldSymbol && names.Contains(m.Name));
    }

    static IEnumerable<ISymbol> Declared(CSharpCompilation cell) =>
        cell.ScriptClass is { } type ? type.GetMembers().Where(m => !m.IsImplicitlyDeclared) : [];

    /// <summary>Types without a name that equal ones of later cells are the same as.</summary>
    static bool SharesTypes(CompilationUnitSyntax root) => root.DescendantNodes()
        .Any(n => n is AnonymousObjectCreationExpressionSyntax or AnonymousFunctionExpressionSyntax or QueryExpressionSyntax);
}
