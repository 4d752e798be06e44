using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Workbook.Host.Sessions;

/// <summary>
/// The XML documentation of an assembly: the file beside it, or for the framework the files of the SDK's reference pack. Nothing is
/// opened before somebody asks for a text.
/// </summary>
/// <param name="assembly">The full path of the assembly.</param>
/// <remarks>
/// A file is searched anew for each text: in the largest (System.Runtime, 7.7 MB) that takes 2 ms, and a parsed one would keep 100 MB.
/// </remarks>
sealed class AssemblyDocumentation(string assembly) : DocumentationProvider
{
    string Assembly { get; } = assembly;

    static readonly Lazy<IReadOnlyList<FileInfo>> Pack = new(FindPack);

    /// <inheritdoc/>
    protected override string? GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture,
        CancellationToken cancellationToken) =>
        Files().Select(f => Find(f, documentationMemberID)).FirstOrDefault(d => d is not null) ?? "";

    /// <summary>
    /// The framework's own assemblies are not split as its reference assemblies are, so what is not in the file of the same name may be in
    /// any.
    /// </summary>
    IEnumerable<string> Files()
    {
        var name = Path.GetFileNameWithoutExtension(Assembly);
        if (Framework.Paths.GetValueOrDefault(name) == Assembly)
            return Pack.Value.OrderByDescending(f => Path.GetFileNameWithoutExtension(f.Name) == name).ThenByDescending(f => f.Length)
                .Select(f => f.FullName);
        var beside = Path.ChangeExtension(Assembly, ".xml");
        return File.Exists(beside) ? [beside] : [];
    }

    static FileInfo[] FindPack()
    {
        var (root, version) = (Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..")),
            Environment.Version);
        var pack = new DirectoryInfo(Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref"));
        var files = new DirectoryInfo(Path.Combine(pack.FullName, version.ToString(3), "ref", $"net{version.ToString(2)}"));
        if (!files.Exists && pack.Exists)
            files = pack.EnumerateDirectories("net*", SearchOption.AllDirectories).FirstOrDefault(d => d.Name == files.Name) ?? files;
        return files.Exists ? files.GetFiles("*.xml") : [];
    }

    static unsafe string? Find(string path, string id)
    {
        if (new FileInfo(path).Length == 0) return null;
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        using var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            var text = new ReadOnlySpan<byte>(start, checked((int)view.Capacity));
            var at = text.IndexOf(Encoding.UTF8.GetBytes($"<member name=\"{id}\""));
            if (at < 0) return null;
            ReadOnlySpan<byte> close = "</member>"u8;
            var length = text[at..].IndexOf(close);
            return length < 0 ? null : Encoding.UTF8.GetString(text.Slice(at, length + close.Length));
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AssemblyDocumentation other && other.Assembly == Assembly;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Assembly);
}
