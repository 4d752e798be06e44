using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Host.Documents;

/// <summary>Writes the .dib format. Outputs are never stored. Reading and writing what was written gives the same bytes.</summary>
static class DibWriter
{
    /// <summary>The languages that the <c>#!meta</c> block names where the document does not.</summary>
    const string DefaultKernelInfo = """{"defaultKernelName":"csharp","items":[{"name":"csharp","languageName":"C#","aliases":["c#","cs"]}]}""";

    /// <summary>The <c>#!meta</c> block of a notebook that says nothing of its own.</summary>
    public static string DefaultMeta => $"{{\"kernelInfo\":{DefaultKernelInfo}}}";

    /// <summary>The text of the document.</summary>
    /// <exception cref="NotebookFormatException">A cell holds a line that would begin another cell, or has a language that .dib lacks.</exception>
    public static string Write(NotebookDocument document)
    {
        var meta = (document.Metadata["polyglot_notebook"] as JsonObject)?.DeepClone() as JsonObject ?? [];
        if (meta["kernelInfo"] is not JsonObject) meta["kernelInfo"] = JsonNode.Parse(DefaultKernelInfo);
        var languages = Languages.Declared(meta["kernelInfo"] as JsonObject);
        var text = new StringBuilder("#!meta\n\n").Append(NotebookJson.Line(meta)).Append('\n');
        foreach (var (cell, index) in document.Cells.Select((c, i) => (c, i)))
        {
            var source = (cell.Language == "markdown" ? cell.Source : CellOptions.WithTags(cell.Source, cell.Tags)).Trim('\n');
            if (source.Length == 0) continue;
            if (languages.Find(cell.Language) is null)
                throw new NotebookFormatException($"Cell {index + 1}: a .dib file has no {cell.Language} cells. Change it to markdown or remove it.");
            if (source.Split('\n').FirstOrDefault(l => languages.Marker(l) is not null || l.StartsWith("#!meta", StringComparison.Ordinal)) is { } marker)
                throw new NotebookFormatException($"Cell {index + 1}: the line \"{marker}\" would begin another cell in a .dib file. Indent it or build it from two strings.");
            text.Append("\n#!").Append(cell.Language).Append("\n\n").Append(source).Append('\n');
        }

        return text.ToString();
    }
}
