using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Directives;
using Workbook.Host.Documents;

namespace Workbook.Host.Run.Parameters;

/// <summary>Reads the parameters of a cell from its text; nothing is compiled for it.</summary>
static class ParameterSyntax
{
    static readonly string[] Moments = ["DateTime", "DateOnly", "TimeOnly", "TimeSpan"];

    /// <summary>The variables that the cell declares at its top.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="document">Its notebook, which may declare enumerations.</param>
    public static IEnumerable<Parameter> Read(Cell cell, NotebookDocument document) =>
        from member in Root(cell).Members
        let declaration = member switch
        {
            FieldDeclarationSyntax field => field.Declaration,
            GlobalStatementSyntax { Statement: LocalDeclarationStatementSyntax local } => local.Declaration,
            _ => null,
        }
        where declaration is not null
        from variable in declaration.Variables
        let type = declaration.Type.IsVar ? TypeOf(variable.Initializer?.Value) : declaration.Type.ToString()
        select new Parameter(variable.Identifier.Text, type is null ? null : ParameterType.Parse(type, name => MembersOf(name, document)));

    // Of code that nests too deep the compiler says so; reading it here could end the process.
    static CompilationUnitSyntax Root(Cell cell) =>
        (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(CodeDepth.Problem(cell.Source) is null ? cell.Source : "",
            DirectiveReader.Dialect).GetRoot();

    /// <summary>The names of an enumeration that a cell declares, or the framework in the namespace System.</summary>
    static IReadOnlyCollection<string>? MembersOf(string name, NotebookDocument document)
    {
        var declared = document.Cells.Where(c => c.Language == "csharp" && c.Source.Contains("enum", StringComparison.Ordinal))
            .SelectMany(c => Root(c).DescendantNodes().OfType<EnumDeclarationSyntax>()).FirstOrDefault(e => e.Identifier.Text == name);
        if (declared is not null) return [.. declared.Members.Select(m => m.Identifier.Text)];
        return Type.GetType($"System.{name}") is { IsEnum: true } type ? Enum.GetNames(type) : null;
    }

    static string? TypeOf(ExpressionSyntax? value) => value switch
    {
        PrefixUnaryExpressionSyntax minus => TypeOf(minus.Operand),
        ParenthesizedExpressionSyntax inner => TypeOf(inner.Expression),
        CastExpressionSyntax cast => cast.Type.ToString(),
        DefaultExpressionSyntax empty => empty.Type.ToString(),
        InterpolatedStringExpressionSyntax => "string",
        ObjectCreationExpressionSyntax made => made.Type.ToString(),
        ArrayCreationExpressionSyntax array => $"{array.Type.ElementType}[]",
        ImplicitArrayCreationExpressionSyntax array => ElementOf(array.Initializer.Expressions) is { } element ? $"{element}[]" : null,
        MemberAccessExpressionSyntax { Expression: PredefinedTypeSyntax type } => type.ToString(),
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax type } => type.Identifier.Text,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax type } }
            when Moments.Contains(type.Identifier.Text) => type.Identifier.Text,
        LiteralExpressionSyntax literal => literal.Token.Value switch
        {
            int => "int",
            uint => "uint",
            long => "long",
            ulong => "ulong",
            double => "double",
            float => "float",
            decimal => "decimal",
            bool => "bool",
            string => "string",
            char => "char",
            _ => null,
        },
        _ => null,
    };

    /// <summary>The type that all have; of whole numbers and such with a fraction it is the latter.</summary>
    static string? ElementOf(IEnumerable<ExpressionSyntax> items) => items.Select(TypeOf).Distinct().ToList() switch
    {
        [var only] => only,
        var several when several.All(t => t is "int" or "double") => "double",
        _ => null,
    };
}
