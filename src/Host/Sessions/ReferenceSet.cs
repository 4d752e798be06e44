using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Workbook.Host.Sessions;

/// <summary>
/// The assemblies that a notebook refers to beyond the framework. Immutable, so that a cell that does not compile changes nothing.
/// </summary>
/// <remarks>
/// Of two versions of one assembly the newer is used, the framework's included. The host's own packages are never in the way:
/// they live in another load context and no cell sees them.
/// </remarks>
sealed record ReferenceSet
{
    /// <summary>An assembly: where it lies, and how the compiler sees it.</summary>
    public sealed record Entry(string Path, Version Version, PortableExecutableReference Reference);

    /// <summary>No assemblies.</summary>
    public static ReferenceSet Empty { get; } = new();

    /// <summary>The assemblies that cells can name, by simple name.</summary>
    public ImmutableDictionary<string, Entry> Named { get; private init; } = ImmutableDictionary.Create<string, Entry>(
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Folders in which the assemblies named here find those that they depend on, in the order of the references.</summary>
    public ImmutableList<string> Folders { get; private init; } = [];

    /// <summary>Assemblies and native libraries from packages, by file name, that are loaded only when asked for.</summary>
    public ImmutableDictionary<string, string> Files { get; private init; } = ImmutableDictionary.Create<string, string>(
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The framework's assemblies that a compilation is given.</summary>
    public ImmutableHashSet<string> FromFramework { get; private init; } = Framework.Core.ToImmutableHashSet(
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Everything a compilation refers to. The names of .NET Interactive are this host's, also where a package brings those of its own.
    /// </summary>
    public IEnumerable<MetadataReference> All =>
        FromFramework.Where(n => !Named.ContainsKey(n)).Select(Framework.Reference)
            .Concat(Named.Where(n => !n.Key.StartsWith("Microsoft.DotNet.Interactive", StringComparison.OrdinalIgnoreCase))
                .Select(n => n.Value.Reference));

    /// <summary>The set with further assemblies of the framework.</summary>
    public ReferenceSet WithFramework(IEnumerable<string> names) =>
        this with { FromFramework = FromFramework.Union(names) };

    /// <summary>The set with one more assembly that cells can name, and with its folder.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <exception cref="BadImageFormatException">The file is no .NET assembly.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ReferenceSet Add(string path)
    {
        var identity = AssemblyName.GetAssemblyName(path);
        var (name, version) = (identity.Name!, identity.Version ?? new Version());
        if (Named.TryGetValue(name, out var known) && (known.Path == path || known.Version >= version)) return this;
        if (Framework.Version(name) >= version) return this;
        var folder = Path.GetDirectoryName(path)!;
        return this with
        {
            Named = Named.SetItem(name,
                new Entry(path, version, MetadataReference.CreateFromFile(path, documentation: new AssemblyDocumentation(path)))),
            Folders = Folders.Contains(folder) ? Folders : Folders.Add(folder),
        };
    }

    /// <summary>The set with the files of restored packages: managed assemblies can be named, native libraries are found.</summary>
    public ReferenceSet AddPackages(IEnumerable<string> assemblies, IEnumerable<string> natives)
    {
        var set = assemblies.Aggregate(this, (s, path) => s.Add(path));
        return set with { Folders = Folders, Files = Files.SetItems(natives.Select(n => KeyValuePair.Create(Path.GetFileName(n), n))) };
    }

    /// <summary>The file of an assembly that an assembly of this set depends on, or null when it is the framework's or nowhere.</summary>
    public string? Find(AssemblyName name)
    {
        if (Named.TryGetValue(name.Name!, out var entry)) return entry.Path;
        var path = Folders.Select(f => Path.Combine(f, name.Name + ".dll")).FirstOrDefault(File.Exists);
        return path is null || Framework.Version(name.Name!) >= AssemblyName.GetAssemblyName(path).Version ? null : path;
    }
}
