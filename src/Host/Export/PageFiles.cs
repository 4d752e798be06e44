using System.Text;
using Workbook.Host.Documents;
using Workbook.Host.Export.Around;
using Workbook.Host.Files;

namespace Workbook.Host.Export;

/// <summary>
/// What a reader can take along of a page: the executed notebook, its source, its data. Source and data lie in <c>files</c>; a source has
/// the ending of a text there, so that it is read on any host and no search for notebooks finds it a second time.
/// </summary>
static class PageFiles
{
    /// <summary>Writes the files and gives links to them, from the page.</summary>
    /// <param name="document">The notebook with its outputs.</param>
    /// <param name="name">The name of its page without an ending.</param>
    /// <param name="from">The folder of the notebook; null when not known.</param>
    /// <param name="folder">The folder of the index.</param>
    public static IReadOnlyList<(PageLink Link, string SavedAs)> Write(NotebookDocument document, string name, string? from, string folder)
    {
        var (up, own) = (PageLink.WayUp(name), Path.GetFileName(name));
        var links = new List<(PageLink, string)>();
        void Add(string file, string savedAs, string title, byte[] bytes)
        {
            AtomicFile.Write(Path.Combine(folder, file), path => File.WriteAllBytes(path, bytes));
            links.Add((new PageLink(up + PageLink.AddressOf(file), title), savedAs));
        }

        Add($"{name}.ipynb", $"{own}.ipynb", "Notebook with outputs (.ipynb)", IpynbWriter.Write(document));
        if (Source(document) is { } source) Add($"files/{name}.dib.txt", $"{own}.dib", "Source (.dib)", source);
        foreach (var data in from is null ? [] : DataFiles.Of(document, from))
        {
            var file = Path.GetFileName(data);
            Add($"files/data/{file}", file, $"Data: {file}", RegularFile.Read(data));
        }

        return links;
    }

    static byte[]? Source(NotebookDocument document)
    {
        try
        {
            return Encoding.UTF8.GetBytes(DibWriter.Write(document));
        }
        catch (NotebookFormatException)
        {
            // A .dib cannot hold every notebook; the .ipynb has it all.
            return null;
        }
    }
}
