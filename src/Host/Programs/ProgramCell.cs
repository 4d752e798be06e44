using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Directives;
using Workbook.Host.Packages;
using Workbook.Host.Sessions;

namespace Workbook.Host.Programs;

/// <summary>A C# cell as part of a program.</summary>
sealed class ProgramCell
{
    readonly List<string> packages = [], usings = [], types = [], losses = [], variables = [];

    readonly int number;

    /// <summary>Takes a cell apart.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="number">Its number, for messages.</param>
    /// <param name="projects">The project that an assembly is built from; null where none is known.</param>
    public ProgramCell(string source, int number, Func<string, string?> projects)
    {
        this.number = number;
        var (directives, code) = DirectiveReader.Read(source);
        var lines = source.Split('\n').ToList();
        var marks = new string[lines.Count];
        foreach (var directive in directives)
        {
            marks[directive.Line - 1] = ProgramWriter.Moved;
            Take(directive, projects);
        }

        var tree = CSharpSyntaxTree.ParseText(UsingDeclarations.Find(code).Text, DirectiveReader.Dialect);
        var root = (CompilationUnitSyntax)tree.GetRoot();
        foreach (var import in root.Usings)
            if (Mark(import, lines, marks, "using")) usings.Add(import.ToString());
        foreach (var member in root.Members)
        {
            if (member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or BaseNamespaceDeclarationSyntax)
            {
                if (Mark(member, lines, marks, "type")) types.Add(member.ToString());
            }
            else if (member is FieldDeclarationSyntax field) variables.AddRange(field.Declaration.Variables.Select(v => v.Identifier.Text));
        }

        foreach (var name in root.DescendantNodes().OfType<IdentifierNameSyntax>().Select(n => n.Identifier.Text)
            .Where(n => n is "display" or "Display" or "HTML" or "DisplayAs" or "Javascript" or "ClearOutput").Distinct())
            losses.Add($"Cell {number}: {name} is the notebook's; a program has to define it, or to write to the console instead.");
        if (root.Members.OfType<GlobalStatementSyntax>()
            .SelectMany(m => m.DescendantNodes(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
                .OfType<ReturnStatementSyntax>().Any())
            losses.Add($"Cell {number}: return ends a cell, and would end the program.");
        Text = string.Join('\n', Shown(root, lines, marks));
    }

    /// <summary>The lines of <c>#:package</c> and <c>#:project</c> that it needs.</summary>
    public IReadOnlyList<string> Packages => packages;

    /// <summary>Its using directives.</summary>
    public IReadOnlyList<string> Usings => usings;

    /// <summary>The types that it declares.</summary>
    public IReadOnlyList<string> Types => types;

    /// <summary>The variables that it declares at its top.</summary>
    public IReadOnlyList<string> Variables => variables;

    /// <summary>What of it does not survive.</summary>
    public IReadOnlyList<string> Losses => losses;

    /// <summary>Its text in the program.</summary>
    public string Text { get; }

    void Take(Directive directive, Func<string, string?> projects)
    {
        if (directive.Name == "#r" && PackageSet.IsPackage(directive.Argument))
        {
            var parts = directive.Argument["nuget:".Length..].Split(',', 2, StringSplitOptions.TrimEntries);
            packages.Add($"#:package {parts[0]}@{(parts.Length == 2 && parts[1].Length > 0 ? parts[1] : "*")}");
        }
        else if (directive.Name == "#r" && projects(directive.Argument) is { } project)
        {
            packages.Add($"#:project {project}");
        }
        else
        {
            var advice = directive.Name == "#r"
                ? " A program of one file refers to packages and projects only: no project that builds this assembly was found." : "";
            losses.Add($"Cell {number}: {directive.Name} {directive.Argument} is kept as a comment; the program does without it.{advice}");
        }
    }

    /// <summary>Takes the lines of a node out of the cell; that cannot be where it shares one with other code.</summary>
    bool Mark(SyntaxNode node, List<string> lines, string[] marks, string what)
    {
        var span = node.GetLocation().GetLineSpan();
        var (first, last) = (span.StartLinePosition.Line, span.EndLinePosition.Line);
        var around = lines[first][..span.StartLinePosition.Character] + lines[last][span.EndLinePosition.Character..];
        if (around.Trim() is { Length: > 0 } rest && !rest.StartsWith("//", StringComparison.Ordinal))
        {
            losses.Add(
                $"Cell {number}: a {what} shares line {first + 1} with other code, where a program cannot have it. "
                    + "Give it lines of its own.");
            return false;
        }

        for (var i = first; i <= last; i++) marks[i] = ProgramWriter.Moved;
        return true;
    }

    /// <summary>A value at the end of the cell is written to the console.</summary>
    IEnumerable<string> Shown(CompilationUnitSyntax root, List<string> lines, string[] marks)
    {
        var value =
            root.Members.LastOrDefault() is GlobalStatementSyntax
            {
                Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last,
            }
                ? last.Expression
                : null;
        var span = value?.GetLocation().GetLineSpan();
        if (span is { StartLinePosition: var start } && lines[start.Line][..start.Character].Trim().Length > 0)
        {
            losses.Add(
                $"Cell {number}: its value shares line {start.Line + 1} with other code, so the program does not write it. "
                    + "Give it a line of its own.");
            span = null;
        }

        for (var i = 0; i < lines.Count; i++)
        {
            if (i == span?.StartLinePosition.Line) yield return $"{ProgramWriter.Added}Console.WriteLine(";
            yield return marks[i] + lines[i];
            if (i == span?.EndLinePosition.Line) yield return $"{ProgramWriter.Added});";
        }
    }
}
