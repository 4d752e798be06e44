using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Facade;

/// <summary>What can be said of every object of a family when it is made: a property of the base class that is set once.</summary>
/// <remarks>A property that has a value of its own takes null for it, so that the factory need not know it.</remarks>
sealed record Option(string Name, string Type, string Default, string Summary)
{
    public static IEnumerable<Option> Of(ClassDeclarationSyntax type) => type.Members.OfType<PropertyDeclarationSyntax>()
        .Where(p => p.Modifiers.Any(SyntaxKind.PublicKeyword) && p.AccessorList?.Accessors.Any(a =>
            a.IsKind(SyntaxKind.InitAccessorDeclaration)) == true)
        .Select(p => new Option(p.Identifier.Text, p.Type.ToString() is "bool" ? "bool" : p.Type.ToString().TrimEnd('?') + "?",
            p.Type.ToString() is "bool" ? "false" : "null",
            Doc.Of(p)["summary"]![9..^10]));
}
