using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Directives;

namespace Workbook.Host.Sessions;

/// <summary>Says what to write where a program takes what a cell refuses, since the compiler's words lead astray there.</summary>
static class DialectHint
{
    const string Braces =
        "put the lines that use it between { and }, or into a function, and give what later cells need to a variable before them.";

    static readonly CSharpParseOptions Program = DirectiveReader.Dialect.WithKind(SourceCodeKind.Regular);

    /// <summary>A line of advice, or null when there is none to give.</summary>
    public static string? Of(CompilationFailure failure)
    {
        var errors = failure.Errors.Select(e => e.Id).ToHashSet();
        if (errors.Overlaps(["CS8345", "CS9048"])) return $"A variable of a cell lives on after it, and a span cannot: {Braces}";
        if (failure.Errors.FirstOrDefault(e => e.Location.SourceTree is not null)?.Location.SourceTree is not { } tree) return null;
        var text = tree.GetText().ToString();
        var program = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(text, Program).GetRoot();
        var statements = program.Members.OfType<GlobalStatementSyntax>().Select(m => m.Statement).ToList();
        if (statements.OfType<LocalDeclarationStatementSyntax>().Any(s => s.Declaration.Type is RefTypeSyntax))
            return $"A variable of a cell lives on after it, and a reference cannot: {Braces}";
        if (program.Members.Any(m => m is FileScopedNamespaceDeclarationSyntax)
            && errors.Overlaps(["CS1519", "CS8955", "CS8956", "CS8805", "CS7021"]))
            return "After namespace X; all that follows belongs to it, and statements cannot: write namespace X { … }, with the statements "
                + "outside.";
        if (tree.Options.Kind == SourceCodeKind.Regular)
            return "Types of a cell with a namespace or an extension method are compiled apart: they see types of other such cells and "
                + "what a #r names, but no variables, functions or types of plain cells.";
        if (errors.Contains("CS1014") && text.Contains(" with", StringComparison.Ordinal))
            return "At the top of a cell x with { … } reads as the declaration of a property: write (x with { … }).";
        return IsProgram(program, tree) ? "A program may say this at its top, a cell may not: put it between { and }, or into a function."
            : null;
    }

    /// <summary>
    /// Whether the parser of programs has nothing against what the parser of scripts refuses, but for the semicolon that a last expression
    /// lacks.
    /// </summary>
    static bool IsProgram(CompilationUnitSyntax program, SyntaxTree script) =>
        script.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error)
        && program.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)
            .All(d => d.Id == "CS1002" && d.Location.SourceSpan.End >= program.GetLastToken().Span.End);
}
