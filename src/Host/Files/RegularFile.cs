namespace Workbook.Host.Files;

/// <summary>
/// Reads files that others have made: regular ones only, since a pipe is waited for and a device has no end, and none beyond a limit.
/// </summary>
static class RegularFile
{
    /// <summary>More is no notebook; it would take many times its size in memory.</summary>
    public const long Limit = 256 << 20;

    /// <summary>The content as text.</summary>
    /// <exception cref="IOException">It is no regular file, is too large, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string Text(string path)
    {
        using var reader = new StreamReader(new MemoryStream(Read(path)));
        return reader.ReadToEnd();
    }

    /// <summary>Whether a file is there that can be read without waiting.</summary>
    public static bool Is(string path) => File.Exists(path) && (OperatingSystem.IsWindows() || FileKind.Of(path) is { IsRegular: true });

    /// <summary>The content.</summary>
    /// <exception cref="IOException">It is no regular file, is too large, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] Read(string path, long limit = Limit)
    {
        if (!OperatingSystem.IsWindows() && FileKind.Of(path) is { IsRegular: false } kind)
            throw new IOException($"Expected a regular file. Received: {kind.Words}.");
        // Asked by its path, a link says the length of its own text.
        using var file = File.OpenRead(path);
        var length = file.Length;
        if (length > limit) throw new IOException($"Expected a file of at most {limit >> 20} MiB. Received: {length >> 20} MiB.");
        var content = new byte[length];
        var read = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return content[..read];
    }
}
