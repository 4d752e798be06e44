using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Directives;
using Workbook.Host.Documents;

namespace Workbook.Host.Export.Folds;

/// <summary>
/// Cells that do nothing but check. They may compute what they compare, as long as no later cell needs what they declare.
/// </summary>
static class CheckCells
{
    /// <summary>The numbers, from 1, of the cells of a notebook that nobody needs but their checks.</summary>
    public static IReadOnlySet<int> Of(NotebookDocument document)
    {
        var cells = document.Cells.Select((c, i) => (Number: i + 1, c.Language, c.Source))
            .Where(c => c.Language == "csharp" && CodeDepth.Problem(c.Source) is null)
            .Select(c => (c.Number, Root: Parse(c.Source))).ToList();
        return cells.Where(c => OnlyCheck(c.Root) && Needed(c, cells) is null).Select(c => c.Number).ToHashSet();
    }

    /// <summary>Whether the code is statements that check, and declarations and loops that lead to them.</summary>
    public static bool OnlyCheck(CompilationUnitSyntax root) =>
        !root.ContainsDiagnostics && root.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(Checks)
        && root.Members.All(m => m is GlobalStatementSyntax or FieldDeclarationSyntax)
        && root.Members.OfType<GlobalStatementSyntax>().All(m => LeadsToChecks(m.Statement));

    /// <summary>Whether a statement checks, or prepares a check.</summary>
    public static bool LeadsToChecks(StatementSyntax statement) => statement switch
    {
        LocalDeclarationStatementSyntax => true,
        ExpressionStatementSyntax { SemicolonToken.IsMissing: false } line => line.Expression switch
        {
            InvocationExpressionSyntax call => Checks(call),
            AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax => true,
            _ => false,
        },
        BlockSyntax block => block.Statements.All(LeadsToChecks),
        CommonForEachStatementSyntax loop => LeadsToChecks(loop.Statement),
        ForStatementSyntax loop => LeadsToChecks(loop.Statement),
        WhileStatementSyntax loop => LeadsToChecks(loop.Statement),
        UsingStatementSyntax part => LeadsToChecks(part.Statement),
        IfStatementSyntax choice => LeadsToChecks(choice.Statement) && (choice.Else is null || LeadsToChecks(choice.Else.Statement)),
        _ => false,
    };

    /// <summary>A name that a cell declares, and the number of a later cell that uses it; null for none.</summary>
    public static (string Name, int By)? Needed((int Number, CompilationUnitSyntax Root) cell,
        IEnumerable<(int Number, CompilationUnitSyntax Root)> cells)
    {
        var declared = Declared(cell.Root).ToHashSet();
        foreach (var (number, root) in cells.Where(c => c.Number > cell.Number))
        {
            // A name that is declared anew there is another thing.
            declared.ExceptWith(Declared(root));
            var names = root.DescendantNodes().OfType<IdentifierNameSyntax>().Select(n => n.Identifier.Text);
            if (names.FirstOrDefault(declared.Contains) is { } name) return (name, number);
        }

        return null;
    }

    static bool Checks(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax
    {
        Expression: IdentifierNameSyntax { Identifier.Text: "Check" }, Name.Identifier.Text: not ("Table" or "Rows"),
    };

    /// <summary>The variables that code declares for all that follow.</summary>
    static IEnumerable<string> Declared(CompilationUnitSyntax root)
    {
        var statements = root.Members.OfType<GlobalStatementSyntax>().Select(m => m.Statement).ToList();
        var fields = root.Members.OfType<FieldDeclarationSyntax>().SelectMany(f => f.Declaration.Variables);
        var locals = statements.OfType<LocalDeclarationStatementSyntax>().SelectMany(l => l.Declaration.Variables);
        var pairs = statements.OfType<ExpressionStatementSyntax>().Select(s => s.Expression).OfType<AssignmentExpressionSyntax>()
            .SelectMany(a => a.Left.DescendantNodesAndSelf()).OfType<SingleVariableDesignationSyntax>().Select(d => d.Identifier.Text);
        return fields.Concat(locals).Select(v => v.Identifier.Text).Concat(pairs);
    }

    static CompilationUnitSyntax Parse(string source) =>
        (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(DirectiveReader.Read(source).Source, DirectiveReader.Dialect).GetRoot();
}
