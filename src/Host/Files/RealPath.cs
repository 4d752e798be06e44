using System.Runtime.InteropServices;

namespace Workbook.Host.Files;

/// <summary>Where a path leads once every link in it is followed.</summary>
static partial class RealPath
{
    /// <summary>The path without links; null when nothing lies there, or links go round in a circle.</summary>
    public static string? Of(string path)
    {
        if (OperatingSystem.IsWindows()) return Followed(path);
        var found = Resolve(path, 0);
        try
        {
            return Marshal.PtrToStringUTF8(found);
        }
        finally
        {
            Release(found);
        }
    }

    /// <summary>Whether a path without links lies below a folder without links.</summary>
    public static bool IsBelow(string folder, string path) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>
    /// Whether a file is a regular one that lies below a folder, links followed: what is published of a folder is its own.
    /// </summary>
    public static bool IsOwn(string folder, string file) =>
        RegularFile.Is(file) && Of(folder) is { } root && Of(file) is { } real && IsBelow(root, real);

    static string? Followed(string path)
    {
        try
        {
            var entry = Directory.Exists(path) ? (FileSystemInfo)new DirectoryInfo(path) : new FileInfo(path);
            return entry.Exists ? (entry.ResolveLinkTarget(returnFinalTarget: true) ?? entry).FullName : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Resolve(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Release(nint memory);
}
