using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Host.Sessions;

/// <summary>
/// Cells that the script dialect refuses: namespaces, and static classes with extension methods. They are compiled as a class library;
/// where
/// such a cell has statements too, its types are, and the statements after them as a script.
/// </summary>
static class LibraryCell
{
    static readonly SyntaxKind[] Accessibility = [SyntaxKind.PublicKeyword, SyntaxKind.InternalKeyword, SyntaxKind.PrivateKeyword,
        SyntaxKind.ProtectedKeyword, SyntaxKind.FileKeyword];

    /// <summary>Whether the cell declares types only and at least one of them needs to stand outside a script.</summary>
    public static bool IsOne(CompilationUnitSyntax root) =>
        root.Members.Count > 0 && root.Members.All(IsType) && root.Members.Any(NeedsLibrary);

    /// <summary>Whether any of its types needs to stand outside a script.</summary>
    public static bool NeedsOne(CompilationUnitSyntax root) => root.Members.Any(NeedsLibrary);

    /// <summary>
    /// The source without its types, and without all but its types and usings; null where it does not declare one that needs to stand
    /// outside a script.
    /// </summary>
    public static (string Script, string Library)? Split(CompilationUnitSyntax root, string source)
    {
        if (!root.Members.Any(NeedsLibrary) || root.Members.Any(m => m is FileScopedNamespaceDeclarationSyntax)) return null;
        return (Without(source, root.Members.Where(IsType)), Without(source, root.Members.Where(m => !IsType(m))));
    }

    /// <summary>
    /// The tree with the word public before each type at its top that does not say who may use it: the cells that follow are to.
    /// </summary>
    public static SyntaxTree Opened(SyntaxTree tree)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot();
        var closed = root.DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(m => m is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax
                && !m.Modifiers.Any(t => Accessibility.Contains(t.Kind()))).ToList();
        return closed.Count == 0 ? tree : tree.WithRootAndOptions(root.ReplaceNodes(closed, (_, member) => Open(member)), tree.Options);
    }

    /// <summary>The types at the top of a library, in whatever namespace, as <see cref="CellLibrary.Name"/> writes them.</summary>
    public static IEnumerable<string> Types(CompilationUnitSyntax root) =>
        root.DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<MemberDeclarationSyntax>()
            .Select(member => (Space: Namespace(member), Name: member switch
            {
                BaseTypeDeclarationSyntax type => Metadata(type.Identifier, (type as TypeDeclarationSyntax)?.TypeParameterList),
                DelegateDeclarationSyntax type => Metadata(type.Identifier, type.TypeParameterList),
                _ => null,
            })).Where(t => t.Name is not null).Select(t => CellLibrary.Name(t.Space, t.Name!)).Distinct();

    static string Metadata(SyntaxToken name, TypeParameterListSyntax? parameters) =>
        parameters is null ? name.ValueText : $"{name.ValueText}`{parameters.Parameters.Count}";

    static string Namespace(SyntaxNode member) => string.Join('.', member.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse()
        .Select(n => string.Concat(n.Name.DescendantTokens().Select(t => t.ValueText))));

    static MemberDeclarationSyntax Open(MemberDeclarationSyntax member)
    {
        var first = member.Modifiers.Count > 0 ? member.Modifiers[0] : Keyword(member);
        var word = SyntaxFactory.Token(first.LeadingTrivia, SyntaxKind.PublicKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space));
        var bare = member.ReplaceToken(first, first.WithLeadingTrivia());
        return bare.WithModifiers(bare.Modifiers.Insert(0, word));
    }

    static SyntaxToken Keyword(MemberDeclarationSyntax member) => member switch
    {
        TypeDeclarationSyntax type => type.Keyword,
        EnumDeclarationSyntax type => type.EnumKeyword,
        _ => ((DelegateDeclarationSyntax)member).DelegateKeyword,
    };

    static string Without(string source, IEnumerable<MemberDeclarationSyntax> members)
    {
        var text = source.ToCharArray();
        foreach (var member in members)
            for (var i = member.Span.Start; i < member.Span.End; i++)
                if (text[i] is not ('\n' or '\r')) text[i] = ' ';
        return new string(text);
    }

    static bool IsType(MemberDeclarationSyntax member) =>
        member is BaseNamespaceDeclarationSyntax or BaseTypeDeclarationSyntax or DelegateDeclarationSyntax;

    static bool NeedsLibrary(MemberDeclarationSyntax member) => member is BaseNamespaceDeclarationSyntax
        || (member is ClassDeclarationSyntax type && type.Modifiers.Any(SyntaxKind.StaticKeyword) && type.Members.Any(IsExtension));

    static bool IsExtension(MemberDeclarationSyntax member) => member is ExtensionBlockDeclarationSyntax
        || (member is MethodDeclarationSyntax method && method.ParameterList.Parameters.FirstOrDefault() is { } first
            && first.Modifiers.Any(SyntaxKind.ThisKeyword));
}
