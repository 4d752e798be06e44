using System.Buffers.Text;
using System.Text;

namespace Workbook.Host.Export.Markdown;

/// <summary>Addresses that carry a picture themselves.</summary>
static class DataAddress
{
    /// <summary>The address of a picture whose bytes say what it is.</summary>
    public static string Of(byte[] picture) => Of(PictureBytes.TypeOf(picture)!, picture);

    /// <summary>The address of a picture of a type.</summary>
    public static string Of(string mimeType, byte[] picture) => $"data:{mimeType};base64,{Convert.ToBase64String(picture)}";

    /// <summary>
    /// The address of a picture that a notebook holds in base64; null when it is none. Nothing of the text itself gets into the address.
    /// </summary>
    public static string? OfBase64(string mimeType, string base64)
    {
        if (base64.Length == 0 || !Base64.IsValid(base64)) return null;
        return Of(mimeType, Convert.FromBase64String(base64));
    }

    /// <summary>
    /// An address that carries a picture anew, of nothing but the picture's bytes, which say what it is; null when they are no picture.
    /// </summary>
    public static string? Recognised(string address)
    {
        var comma = address.IndexOf(',');
        if (comma < 0 || !address.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return null;
        var (head, body) = (address[..comma], address[(comma + 1)..]);
        var isBase64 = head.EndsWith(";base64", StringComparison.OrdinalIgnoreCase);
        if (isBase64 && !Base64.IsValid(body)) return null;
        var bytes = isBase64 ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(Uri.UnescapeDataString(body));
        return PictureBytes.TypeOf(bytes) is { } type ? Of(type, bytes) : null;
    }
}
