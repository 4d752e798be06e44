namespace Workbook.Host.Export.Markdown;

/// <summary>Pictures as addresses that carry the picture itself.</summary>
static class Picture
{
    /// <summary>A data address of a picture file, its type from the name's ending.</summary>
    public static string DataAddress(string file) => DataAddress(Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".svg" => "image/svg+xml",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        _ => "image/png",
    }, Convert.ToBase64String(File.ReadAllBytes(file)));

    /// <summary>A data address of a picture that is in base64 already, as in a notebook's outputs.</summary>
    public static string DataAddress(string mimeType, string base64) => $"data:{mimeType};base64,{base64.Replace("\n", "")}";
}
