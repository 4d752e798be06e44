using Workbook.Host.Files;

namespace Workbook.Host.Export.Markdown;

/// <summary>
/// A picture file that a notebook names. Only what lies in the notebook's own folder or below it becomes part of a page: a page is
/// published, and a notebook may be a stranger's.
/// </summary>
static class FolderPicture
{
    /// <summary>How large a picture may be, in bytes.</summary>
    public const int Limit = 10 << 20;

    /// <summary>The picture, or what is wrong with it.</summary>
    /// <param name="folder">The folder of the notebook.</param>
    /// <param name="address">What the notebook says, relative to it, escaped as an address is.</param>
    public static (byte[]? Bytes, string? Problem) Read(string folder, string address)
    {
        string name;
        string? root, file;
        try
        {
            name = Uri.UnescapeDataString(address.Split('?', '#')[0]);
            if (name.Contains('\0')) return (null, "is no name of a file");
            if (Path.IsPathRooted(name)) return (null, "is not relative to the notebook; put it beside the notebook");
            (root, file) = (RealPath.Of(folder), RealPath.Of(Path.Combine(folder, name)));
            if (root is null || file is null) return (null, "is not there");
            if (!RealPath.IsBelow(root, file)) return (null, "lies outside the notebook's folder; put it beside the notebook or below it");
            return Content(new FileInfo(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"cannot be read ({e.Message})");
        }
    }

    static (byte[]? Bytes, string? Problem) Content(FileInfo file)
    {
        // Pipes and devices have no length; opening one could wait for ever.
        if (!file.Exists || file.Length == 0 || (file.Attributes & (FileAttributes.Directory | FileAttributes.Device)) != 0)
            return (null, "is no file with a picture in it");
        if (file.Length > Limit) return (null, $"is larger than {Limit >> 20} MiB");
        using var stream = file.OpenRead();
        var bytes = new byte[file.Length];
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length && PictureBytes.TypeOf(bytes) is not null
            ? (bytes, null) : (null, "is no PNG, JPEG, GIF, WebP, AVIF or SVG");
    }
}
