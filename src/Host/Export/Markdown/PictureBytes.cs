namespace Workbook.Host.Export.Markdown;

/// <summary>Tells a picture by its first bytes; what a name or a notebook says of it is not believed.</summary>
static class PictureBytes
{
    /// <summary>The mime type of a PNG, JPEG, GIF, WebP, AVIF or SVG; null for anything else.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        _ when bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8) => "image/gif",
        _ when bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) => "image/webp",
        _ when bytes.Length > 12 && bytes[4..].StartsWith("ftypavif"u8) => "image/avif",
        _ when IsSvg(bytes) => "image/svg+xml",
        _ => null,
    };

    /// <summary>An SVG begins with its element, behind a declaration, comments and a document type.</summary>
    static bool IsSvg(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        while (true)
        {
            bytes = bytes.TrimStart(" \t\r\n"u8);
            if (bytes.StartsWith("<svg"u8))
                return bytes.Length > 4 && bytes[4] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'>' or (byte)'/';
            var end = bytes.StartsWith("<?xml"u8) ? "?>"u8 : bytes.StartsWith("<!--"u8) ? "-->"u8 : bytes.StartsWith("<!DOCTYPE svg"u8)
                ? ">"u8 : [];
            var at = end.IsEmpty ? -1 : bytes.IndexOf(end);
            if (at < 0) return false;
            bytes = bytes[(at + end.Length)..];
        }
    }
}
