using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Host.Sessions;

/// <summary>A function of a cell, closed as <see cref="ClosedCode"/> says, that another cell can declare as well.</summary>
/// <param name="symbol">The function.</param>
/// <param name="cell">The cell, compiled.</param>
sealed class PlainFunction(IMethodSymbol symbol, CSharpCompilation cell)
{
    static readonly SymbolDisplayFormat Exact = SymbolDisplayFormat.CSharpErrorMessageFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.IncludeNotNullableReferenceTypeModifier)
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeModifiers)
        .AddParameterOptions(SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeName);

    static readonly SymbolDisplayFormat Parameters = Exact
        .RemoveMemberOptions(SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeModifiers)
        .RemoveParameterOptions(SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeName);

    /// <summary>Its name.</summary>
    public string Name => symbol.Name;

    MethodDeclarationSyntax Declaration => (MethodDeclarationSyntax)symbol.DeclaringSyntaxReferences[0].GetSyntax();

    /// <summary>Its text, behind a word to the compiler from where it is.</summary>
    public string Text
    {
        get
        {
            var from = Declaration.GetLocation().GetMappedLineSpan();
            return $"#line {from.StartLinePosition.Line + 1} \"{from.Path}\"\n{Declaration.ToString()}\n";
        }
    }

    /// <summary>Whether one who calls the function cannot mean the other any more.</summary>
    public bool Hides(PlainFunction other) => other.Signature == Signature;

    string Signature => symbol.ToDisplayString(Parameters);

    /// <summary>Whether its text means the same in a cell that declares all these names.</summary>
    public bool CanStandBeside(IReadOnlySet<string> names) =>
        symbol.DeclaringSyntaxReferences.Length == 1 && !Declaration.GetLocation().GetMappedLineSpan().Path.AsSpan().ContainsAny("\"\r\n")
        && !ClosedCode.Free(Declaration, cell.GetSemanticModel(Declaration.SyntaxTree)).Any(names.Contains);

    /// <summary>Whether a cell that was compiled from the text has the same function.</summary>
    public bool IsIn(CSharpCompilation other) => other.ScriptClass!.GetMembers(Name) is [IMethodSymbol now]
        && now.ToDisplayString(Exact) == symbol.ToDisplayString(Exact);
}
