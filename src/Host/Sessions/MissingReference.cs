using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Host.Sessions;

/// <summary>Says which <c>#r</c> is missing when a cell names a type or namespace that lies beside a referenced assembly.</summary>
static class MissingReference
{
    static readonly string[] Codes = ["CS0103", "CS0234", "CS0246"];

    /// <summary>A line of advice, or null when there is none to give.</summary>
    /// <param name="failure">What the compiler said.</param>
    /// <param name="folder">The notebook's folder, from which the paths are shown.</param>
    public static string? Hint(CompilationFailure failure, string folder)
    {
        var names = failure.Errors.Where(e => Codes.Contains(e.Id) && e.Location.SourceTree is not null).Select(Name).ToHashSet();
        if (names.Count == 0) return null;
        var found = failure.References.Folders.SelectMany(f => Directory.EnumerateFiles(f, "*.dll"))
            .Where(p => !failure.References.Named.ContainsKey(Path.GetFileNameWithoutExtension(p)))
            .Where(p => Declares(p, names))
            .Select(p => $"#r \"{Path.GetRelativePath(folder, p).Replace('\\', '/')}\"").ToList();
        return found.Count == 0 ? null : $"A cell can name only what a #r names. Add {string.Join(" or ", found)}.";
    }

    /// <summary>The name that was not found, with the namespace before it where the source has one.</summary>
    static string Name(Diagnostic error)
    {
        var node = error.Location.SourceTree!.GetRoot().FindNode(error.Location.SourceSpan);
        return node.Parent switch
        {
            QualifiedNameSyntax name when name.Right == node => name.ToString(),
            MemberAccessExpressionSyntax access when access.Name == node => access.ToString(),
            _ => node is GenericNameSyntax generic ? generic.Identifier.Text : node.ToString(),
        };
    }

    static bool Declares(string path, HashSet<string> names)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata) return false;
        var metadata = file.GetMetadataReader();
        return metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(t => (t.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
            .Any(t => Matches(metadata.GetString(t.Namespace), metadata.GetString(t.Name).Split('`')[0], names));
    }

    static bool Matches(string space, string type, HashSet<string> names) =>
        names.Contains(type) || names.Contains($"{space}.{type}")
            || names.Any(n => space == n || space.StartsWith(n + ".", StringComparison.Ordinal));
}
