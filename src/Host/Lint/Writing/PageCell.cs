using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Directives;
using Workbook.Host.Documents;

namespace Workbook.Host.Lint.Writing;

/// <summary>A C# cell as the rules of writing see it: parsed, not bound.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Number">Its 1-based number in the notebook.</param>
/// <param name="Root">Its code without directives.</param>
sealed record PageCell(Cell Cell, int Number, CompilationUnitSyntax Root)
{
    /// <summary>The C# cells of a notebook whose code can be read.</summary>
    public static IReadOnlyList<PageCell> Of(NotebookDocument document) =>
        [.. document.Cells.Select((c, i) => (Cell: c, Number: i + 1)).Where(c => c.Cell.Language == "csharp")
            .Where(c => CodeDepth.Problem(c.Cell.Source) is null)
            .Select(c => new PageCell(c.Cell, c.Number, Parse(c.Cell.Source)))];

    /// <summary>Whether it is an exercise or a solution, whose code is the reader's or folded.</summary>
    public bool IsExercise => Cell.Tags.Exists(t => t is "exercise" or "solution") || Calls("Exercise").Any();

    /// <summary>Whether it is the solution of an exercise.</summary>
    public bool IsSolution => Cell.Tags.Contains("solution");

    /// <summary>Its statements in order.</summary>
    public IEnumerable<StatementSyntax> Statements => Root.Members.OfType<GlobalStatementSyntax>().Select(m => m.Statement);

    /// <summary>The calls of a static class of the helpers, such as <c>Check.Less(…)</c>.</summary>
    public IEnumerable<HelperCall> Calls(string type) => Root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        .Select(HelperCall.Of).OfType<HelperCall>().Where(c => c.Type == type);

    /// <summary>A finding at a node of this cell.</summary>
    public Finding At(SyntaxNode node, string rule, string message, bool isAdvice = false) =>
        new(rule, Number, Cell.Line > 0 ? Cell.Line + node.GetLocation().GetLineSpan().StartLinePosition.Line : 0, message)
        { IsAdvice = isAdvice };

    /// <summary>A finding at its first line.</summary>
    public Finding At(string rule, string message, bool isAdvice = false) => new(rule, Number, Cell.Line, message) { IsAdvice = isAdvice };

    static CompilationUnitSyntax Parse(string source) =>
        (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(DirectiveReader.Read(source).Source, DirectiveReader.Dialect).GetRoot();
}
