using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Facade;

/// <summary>The classes that are written in a folder.</summary>
sealed class Sources
{
    readonly ILookup<string, ClassDeclarationSyntax> byName;

    public Sources(string folder) => byName = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.EndsWith(".generated.cs", StringComparison.Ordinal)
            && !Path.GetRelativePath(folder, f).Split('/', '\\').Any(p => p is "bin" or "obj"))
        .Order(StringComparer.Ordinal)
        .SelectMany(f => CSharpSyntaxTree.ParseText(File.ReadAllText(f)).GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>())
        // In a namespace below stands what has a name that is taken; its factory is written by hand.
        .Where(c => c.Parent is BaseNamespaceDeclarationSyntax space && space.Name.ToString() != "Workbook.Keras.Layers")
        .ToLookup(c => c.Identifier.Text);

    /// <summary>The parts of a class.</summary>
    public IEnumerable<ClassDeclarationSyntax> Parts(string name) => byName[name];

    /// <summary>The public classes of one file each that can be made and descend from a base class, by name.</summary>
    /// <param name="ancestor">The base class.</param>
    /// <param name="except">A class whose descendants are left out.</param>
    public IEnumerable<ClassDeclarationSyntax> Descendants(string ancestor, string? except) => byName
        .Where(c => Ancestors(c.Key).Contains(ancestor) && (except is null || (c.Key != except && !Ancestors(c.Key).Contains(except))))
        .Select(c => c.FirstOrDefault(p => p.BaseList is not null)!)
        .Where(c => c.Modifiers.Any(SyntaxKind.PublicKeyword) && !c.Modifiers.Any(SyntaxKind.AbstractKeyword))
        .OrderBy(c => c.Identifier.Text, StringComparer.Ordinal);

    /// <summary>Whether a class descends from another, with classes between them or without.</summary>
    public bool Descends(ClassDeclarationSyntax type, string ancestor) => Ancestors(type.Identifier.Text).Contains(ancestor);

    IEnumerable<string> Ancestors(string name)
    {
        var types = byName[name].SelectMany(p => p.BaseList?.Types ?? []);
        foreach (var parent in types.Select(t => t.Type.ToString()).Where(byName.Contains))
        {
            yield return parent;
            foreach (var above in Ancestors(parent)) yield return above;
        }
    }
}
