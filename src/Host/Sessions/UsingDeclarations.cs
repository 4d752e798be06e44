using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Workbook.Host.Directives;

namespace Workbook.Host.Sessions;

/// <summary>
/// <c>using var</c> and <c>await using var</c> at the top of a cell, which the script dialect does not have: to the compiler they are plain
/// variables,
/// and they are disposed when their cell ends. Later cells still see them, as they see any other variable.
/// </summary>
/// <param name="Names">The variables in the order of the source, and whether they are disposed asynchronously.</param>
/// <param name="Text">The source without the words, every other character in its place.</param>
sealed record UsingDeclarations(IReadOnlyList<(string Name, bool IsAsync)> Names, string Text)
{
    static readonly CSharpParseOptions Program = DirectiveReader.Dialect.WithKind(SourceCodeKind.Regular);

    /// <summary>Finds them: in a program they may stand where a cell has them, so its parser says where they are.</summary>
    public static UsingDeclarations Find(string source)
    {
        if (!source.Contains("using", StringComparison.Ordinal)) return new([], source);
        var found = ((CompilationUnitSyntax)CSharpSyntaxTree.ParseText(source, Program).GetRoot()).Members.OfType<GlobalStatementSyntax>()
            .Select(m => m.Statement).OfType<LocalDeclarationStatementSyntax>().Where(s => !s.UsingKeyword.IsKind(SyntaxKind.None))
                .ToList();
        if (found.Count == 0) return new([], source);
        var text = source.ToCharArray();
        foreach (var statement in found)
        {
            Blank(text, statement.UsingKeyword.Span);
            if (!statement.AwaitKeyword.IsKind(SyntaxKind.None)) Blank(text, statement.AwaitKeyword.Span);
        }

        return new(
            [.. found.SelectMany(
                s => s.Declaration.Variables.Select(v => (v.Identifier.ValueText, !s.AwaitKeyword.IsKind(SyntaxKind.None))))],
                    new string(text));
    }

    /// <summary>Holds them to what the compiler would: they must be of a type that can be disposed.</summary>
    /// <exception cref="CompilationFailure">One is not.</exception>
    public void Check(CSharpCompilation compilation, SyntaxTree tree, ReferenceSet references)
    {
        if (Names.Count == 0) return;
        var model = compilation.GetSemanticModel(tree);
        var variables = tree.GetRoot().ChildNodes().OfType<FieldDeclarationSyntax>().SelectMany(f => f.Declaration.Variables).ToList();
        foreach (var (name, isAsync) in Names)
        {
            var wanted = compilation.GetTypeByMetadataName(isAsync ? typeof(IAsyncDisposable).FullName! : typeof(IDisposable).FullName!)!;
            if (variables.FirstOrDefault(v => v.Identifier.ValueText == name) is not { } variable) continue;
            if (model.GetDeclaredSymbol(variable) is not IFieldSymbol { Type: var type }
                || type.TypeKind is TypeKind.Dynamic or TypeKind.Error) continue;
            if (compilation.ClassifyConversion(type, wanted).IsImplicit) continue;
            var other = isAsync ? "; use 'using' where it can be disposed, but not asynchronously" : "";
            var rule = new DiagnosticDescriptor(isAsync ? "CS8410" : "CS1674", "",
                $"'{type.ToDisplayString()}': type used in a using statement must be implicitly convertible "
                    + $"to '{wanted.ToDisplayString()}'{other}", "Compiler", DiagnosticSeverity.Error, true);
            throw new CompilationFailure([Diagnostic.Create(rule, variable.GetLocation())], references);
        }
    }

    /// <summary>Disposes what the cell has made, the last first.</summary>
    /// <param name="submission">The object whose fields are the cell's variables; null where the cell has not come so far.</param>
    public async Task DisposeAsync(object? submission)
    {
        if (submission is null) return;
        foreach (var (name, isAsync) in Names.Reverse())
        {
            var value = SubmissionFields.Value(submission, name);
            if (isAsync && value is IAsyncDisposable later) await later.DisposeAsync();
            else (value as IDisposable)?.Dispose();
        }
    }

    static void Blank(char[] text, TextSpan span) => text.AsSpan(span.Start, span.Length).Fill(' ');
}
