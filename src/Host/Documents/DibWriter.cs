using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workbook.Host.Wording;

namespace Workbook.Host.Documents;

/// <summary>Writes the .dib format. Outputs are never stored. Reading and writing what was written gives the same bytes.</summary>
static class DibWriter
{
    /// <summary>The languages that the <c>#!meta</c> block names where the document does not.</summary>
    const string DefaultKernelInfo =
        """{"defaultKernelName":"csharp","items":[{"name":"csharp","languageName":"C#","aliases":["c#","cs"]}]}""";

    /// <summary>The <c>#!meta</c> block of a notebook that says nothing of its own.</summary>
    public static string DefaultMeta => $"{{\"kernelInfo\":{DefaultKernelInfo}}}";

    /// <summary>The text of the document.</summary>
    /// <exception cref="NotebookFormatException">A cell holds a line that would begin another cell, or has a language that .dib
    /// lacks.</exception>
    public static string Write(NotebookDocument document)
    {
        var meta = (document.Metadata["polyglot_notebook"] as JsonObject)?.DeepClone() as JsonObject ?? [];
        if (meta["kernelInfo"] is not JsonObject) meta["kernelInfo"] = JsonNode.Parse(DefaultKernelInfo);
        var languages = Languages.Declared(meta["kernelInfo"] as JsonObject);
        var text = new StringBuilder("#!meta\n\n").Append(NotebookJson.Line(meta)).Append('\n');
        var written = new List<(int Number, string Language, string Source)>();
        foreach (var (cell, index) in document.Cells.Select((c, i) => (c, i)))
        {
            // As the reader will see it: a \r before the end of a line is part of that end.
            var lines = (CellOptions.AreComments(cell.Language) ? CellOptions.WithTags(cell.Source, cell.Tags) : cell.Source).Split('\n')
                .Select(l => l.TrimEnd('\r'));
            var source = string.Join('\n', lines).Trim('\n');
            if (source.Length == 0) continue;
            if (languages.Find(cell.Language) is null)
                throw new NotebookFormatException(
                    $"Cell {index + 1}: a .dib file has no {Harmless.Line(cell.Language)} cells. Change it to markdown or remove it.");
            if (source.Split('\n')
                .FirstOrDefault(l => languages.Marker(l) is not null || l.StartsWith("#!meta", StringComparison.Ordinal)) is { } marker)
                throw new NotebookFormatException(
                    $"Cell {index + 1}: the line \"{marker}\" would begin another cell in a .dib file. "
                        + "Indent it or build it from two strings.");
            text.Append("\n#!").Append(cell.Language).Append("\n\n").Append(source).Append('\n');
            written.Add((index + 1, languages.Find(cell.Language)!, source));
        }

        Verify(text.ToString(), written);
        return text.ToString();
    }

    /// <summary>
    /// Reads what was written: whatever a document holds, a file in which its text has become another cell must not leave this place.
    /// </summary>
    static void Verify(string text, List<(int Number, string Language, string Source)> written)
    {
        var read = written.Count == 0 ? [] : DibReader.Read(text).Cells;
        for (var i = 0; i < Math.Max(read.Count, written.Count); i++)
        {
            var number = written[Math.Min(i, written.Count - 1)].Number;
            if (i >= read.Count || i >= written.Count || (read[i].Language, read[i].Source) != (written[i].Language, written[i].Source))
                throw new NotebookFormatException(
                    $"Cell {number}: a .dib file cannot hold it as it stands; it would be read as another cell. "
                        + "Look for lines that begin with #! and for the names of its languages.");
        }
    }
}
