using System.Text;
using Workbook.Host.Files;

namespace Workbook.Host.Documents;

/// <summary>Notebook files on disk: the format follows from the extension.</summary>
static class NotebookFile
{
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether the name ends like a notebook's: .dib or .ipynb.</summary>
    public static bool IsNotebook(string path) => Path.GetExtension(path) is ".dib" or ".ipynb";

    /// <summary>Reads a notebook.</summary>
    /// <exception cref="NotebookFormatException">The content is not what the extension promises, or the extension is neither .dib nor
    /// .ipynb.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NotebookDocument Read(string path) => Parse(path, RegularFile.Read(path));

    /// <summary>The notebook that the bytes of a file hold.</summary>
    /// <exception cref="NotebookFormatException">The content is not what the extension promises, or the extension is neither .dib nor
    /// .ipynb.</exception>
    public static NotebookDocument Parse(string path, byte[] bytes)
    {
        try
        {
            _ = Utf8.GetCharCount(bytes);
            return Path.GetExtension(path) switch
            {
                ".dib" => DibReader.Read(Utf8.GetString(bytes)),
                ".ipynb" => IpynbReader.Read(bytes),
                _ => throw Unknown(path),
            };
        }
        catch (DecoderFallbackException e)
        {
            throw new NotebookFormatException(
                $"Expected UTF-8 text. Received: a byte that is none at position {e.Index}. Save the file as UTF-8.");
        }
    }

    /// <summary>The bytes of the document in the format that the path's extension names.</summary>
    /// <exception cref="NotebookFormatException">The document cannot be written in that format.</exception>
    public static byte[] Bytes(NotebookDocument document, string path) => Path.GetExtension(path) switch
    {
        ".dib" => Utf8.GetBytes(DibWriter.Write(document)),
        ".ipynb" => IpynbWriter.Write(document),
        _ => throw Unknown(path),
    };

    static NotebookFormatException Unknown(string path) => new($"Expected a file that ends in .dib or .ipynb. Received: {path}.");
}
