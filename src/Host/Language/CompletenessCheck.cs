using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Workbook.Host.Sessions;

namespace Workbook.Host.Language;

/// <summary>Says whether a cell can be run as it stands. It needs no session, only the parser.</summary>
internal static class CompletenessCheck
{
    /// <summary>The answer for a text.</summary>
    public static Completeness Of(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(DirectiveReader.Read(code).Source, DirectiveReader.Dialect);
        if (!SyntaxFactory.IsCompleteSubmission(tree)) return new Completeness("incomplete", "");
        return new Completeness(tree.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error) ? "invalid" : "complete", "");
    }
}
