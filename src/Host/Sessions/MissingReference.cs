using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Workbook.Host.Sessions;

/// <summary>Says which <c>#r</c> is missing when a cell names a type or namespace that lies beside a referenced assembly.</summary>
internal static class MissingReference
{
    static readonly string[] Codes = ["CS0103", "CS0234", "CS0246"];

    /// <summary>A line of advice, or null when there is none to give.</summary>
    public static string? Hint(CompilationFailure failure)
    {
        var names = failure.Errors.Where(e => Codes.Contains(e.Id) && e.Location.SourceTree is not null)
            .Select(e => e.Location.SourceTree!.GetText().ToString(e.Location.SourceSpan).Split('.')[^1]).ToHashSet();
        if (names.Count == 0) return null;
        var found = failure.References.Folders.SelectMany(f => Directory.EnumerateFiles(f, "*.dll"))
            .Where(p => !failure.References.Named.ContainsKey(Path.GetFileNameWithoutExtension(p)))
            .Where(p => Declares(p, names)).Select(p => $"#r \"{p}\"").ToList();
        return found.Count == 0 ? null : $"A cell can name only what a #r names. Add {string.Join(" or ", found)}, with a path relative to the notebook.";
    }

    static bool Declares(string path, HashSet<string> names)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata) return false;
        var metadata = file.GetMetadataReader();
        return metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(t => (t.Attributes & System.Reflection.TypeAttributes.Public) != 0)
            .Any(t => names.Contains(metadata.GetString(t.Name)) || metadata.GetString(t.Namespace).Split('.').Any(names.Contains));
    }
}
