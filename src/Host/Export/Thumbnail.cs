using System.Buffers.Text;
using Workbook.Host.Documents;
using Workbook.Host.Files;

namespace Workbook.Host.Export;

/// <summary>The picture of a notebook in an index: its first still picture of a figure (see <see cref="Pictures"/>).</summary>
static class Thumbnail
{
    /// <summary>Writes the picture below <paramref name="folder"/>.</summary>
    /// <param name="document">The notebook with its outputs.</param>
    /// <param name="name">The name of its page without an ending.</param>
    /// <param name="folder">The folder of the index.</param>
    /// <returns>The address of the picture, relative to the index; null when the notebook has none.</returns>
    public static string? Write(NotebookDocument document, string name, string folder)
    {
        var picture = document.Cells.SelectMany(c => c.Outputs).Select(o => o.Bundle).Where(b => b?[FigureHtml.MimeType] is not null)
            .Select(b => Languages.Text(b!["image/png"])).FirstOrDefault(p => p is not null && Base64.IsValid(p));
        if (picture is null) return null;
        var file = $"thumbnails/{name}.png";
        var path = Path.Combine(folder, file);
        AtomicFile.Write(path, part => File.WriteAllBytes(part, Convert.FromBase64String(picture)));
        return PageLink.AddressOf(file);
    }
}
