using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Host.Sessions;

/// <summary>Cells that the script dialect refuses: namespaces, and static classes with extension methods. They are compiled as a class library.</summary>
static class LibraryCell
{
    /// <summary>Whether the cell declares types only and at least one of them needs to stand outside a script.</summary>
    public static bool IsOne(CompilationUnitSyntax root) =>
        root.Members.Count > 0 && root.Members.All(m => m is BaseNamespaceDeclarationSyntax or BaseTypeDeclarationSyntax or DelegateDeclarationSyntax) && root.Members.Any(NeedsLibrary);

    static bool NeedsLibrary(MemberDeclarationSyntax member) => member is BaseNamespaceDeclarationSyntax
        || (member is ClassDeclarationSyntax type && type.Modifiers.Any(SyntaxKind.StaticKeyword) && type.Members.Any(IsExtension));

    static bool IsExtension(MemberDeclarationSyntax member) => member is ExtensionBlockDeclarationSyntax
        || (member is MethodDeclarationSyntax method && method.ParameterList.Parameters.FirstOrDefault() is { } first && first.Modifiers.Any(SyntaxKind.ThisKeyword));
}
