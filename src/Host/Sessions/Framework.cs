using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Workbook.Host.Sessions;

/// <summary>The assemblies of the running .NET, which every cell can use.</summary>
static class Framework
{
    /// <summary>
    /// The assemblies that most cells need. Each brings those that it refers to, and the compiler keeps something for each in each cell.
    /// </summary>
    public static IReadOnlyList<string> Core { get; } =
    [
        "System.Private.CoreLib", "System.Runtime", "System.Console", "System.Collections", "System.Collections.Concurrent",
        "System.Linq", "System.Memory", "System.Text.RegularExpressions", "System.Threading", "System.Threading.Tasks.Parallel",
    ];

    static readonly Lazy<IReadOnlyDictionary<string, string>> LazyPaths = new(() =>
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetDirectoryName(p) == folder).Distinct()
            .ToDictionary(p => Path.GetFileNameWithoutExtension(p), StringComparer.OrdinalIgnoreCase);
    });

    static readonly Dictionary<string, PortableExecutableReference> References = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The files by simple name.</summary>
    public static IReadOnlyDictionary<string, string> Paths => LazyPaths.Value;

    /// <summary>
    /// The reference to one of them. It is made once: a compiler that gets new ones for each cell keeps megabytes for each.
    /// </summary>
    public static PortableExecutableReference Reference(string name)
    {
        lock (References)
        {
            if (!References.TryGetValue(name, out var reference))
                References[name] = reference = AssemblyMetadata.CreateFromFile(Paths[name])
                    .GetReference(new AssemblyDocumentation(Paths[name]), filePath: Paths[name]);
            return reference;
        }
    }

    /// <summary>The version of one of them, or null when the framework has no such assembly.</summary>
    public static Version? Version(string name) =>
        Paths.TryGetValue(name, out var path) ? AssemblyName.GetAssemblyName(path).Version : null;
}
