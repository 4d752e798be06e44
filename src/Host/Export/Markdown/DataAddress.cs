using System.Buffers.Text;

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
}
