using System.Reflection;
using System.Runtime.Loader;

namespace Workbook.Host.Sessions;

/// <summary>
/// Where the assemblies of a notebook live: its cells, what it refers to, and what that depends on, apart from the host's own.
/// </summary>
sealed class NotebookLoadContext() : AssemblyLoadContext("notebook")
{
    /// <summary>
    /// What the runtime calls the folders with the native libraries of a program's packages. Who looks at a library before it is loaded
    /// looks there.
    /// </summary>
    const string NativeFolders = "NATIVE_DLL_SEARCH_DIRECTORIES";

    readonly string own = AppContext.GetData(NativeFolders) as string ?? "";

    /// <summary>The assemblies that the notebook refers to by now.</summary>
    public ReferenceSet References
    {
        get;
        set
        {
            field = value;
            AppContext.SetData(NativeFolders,
                string.Join(Path.PathSeparator,
                    [.. value.Files.Values.Select(f => Path.GetDirectoryName(f)!).Distinct().Order(StringComparer.Ordinal), own]));
        }
    } = ReferenceSet.Empty;

    /// <summary>
    /// An assembly of this name that is loaded already, in another version than a set would now have it; null when there is none.
    /// </summary>
    public AssemblyName? Outdated(ReferenceSet next) => Assemblies.Select(a => a.GetName())
        .FirstOrDefault(loaded => next.Named.TryGetValue(loaded.Name!, out var entry) && entry.Version != loaded.Version);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        References.Find(assemblyName) is { } path ? LoadFromAssemblyPath(path)
            // A cell asks for a library of another cell in the version of what the compiler was given; there is one assembly for all.
            : Assemblies.FirstOrDefault(a => a.GetName().Name == assemblyName.Name);

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        string[] names = [unmanagedDllName, $"{unmanagedDllName}.dll", $"lib{unmanagedDllName}.so", $"{unmanagedDllName}.so",
            $"lib{unmanagedDllName}.dylib"];
        var native = Path.Combine("runtimes", System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier, "native");
        var path = names.Select(n => References.Files.GetValueOrDefault(n)).OfType<string>()
            .Concat(References.Folders.SelectMany(f => names.SelectMany(n => new[] { Path.Combine(f, n), Path.Combine(f, native, n) })))
            .FirstOrDefault(File.Exists);
        return path is null ? 0 : LoadUnmanagedDllFromPath(path);
    }
}
