using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Host.Documents;

/// <summary>Reads the .dib format of .NET Interactive: cells of text, each after a line that is exactly <c>#!</c> and a language.</summary>
static class DibReader
{
    const string MetaMarker = "#!meta";

    /// <summary>Reads a document. Any text is one, but for a malformed <c>#!meta</c> block.</summary>
    /// <exception cref="NotebookFormatException">The <c>#!meta</c> block is empty, not JSON, or names an alias twice.</exception>
    public static NotebookDocument Read(string text)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n');
        for (var i = 0; i < lines.Length - 1; i++)
            if (lines[i].EndsWith('\r')) lines[i] = lines[i][..^1];

        var metaStart = Array.FindIndex(lines, l => l.StartsWith(MetaMarker, StringComparison.Ordinal));
        var metaEnd = metaStart < 0 ? -1 : Array.FindIndex(lines, metaStart + 1, l => l.StartsWith("#!", StringComparison.Ordinal));
        if (metaStart >= 0 && metaEnd < 0) metaEnd = lines.Length;
        var meta = metaStart < 0 ? null : ReadMeta(lines[metaStart..metaEnd], metaStart + 1);
        var kernelInfo = meta?["kernelInfo"] as JsonObject;
        var languages = Languages.Declared(kernelInfo);
        var defaultLanguage = Languages.Text(kernelInfo?["defaultKernelName"]) is { } name ? languages.Find(name) ?? name : "csharp";

        var cells = new List<Cell>();
        var (language, start) = (defaultLanguage, 0);
        var body = new List<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (i >= metaStart && i < metaEnd) continue;
            if (languages.Marker(lines[i]) is { } next)
            {
                Add(cells, language, body, start);
                (language, start) = (next, i + 1);
                body.Clear();
                continue;
            }

            if (body.Count == 0) start = i;
            body.Add(lines[i]);
        }

        Add(cells, language, body, start);
        if (cells.Count == 0) cells.Add(new Cell { Language = defaultLanguage, Source = "", Line = 1 });
        return new NotebookDocument
        {
            DefaultLanguage = defaultLanguage,
            Cells = cells,
            Metadata = meta is null ? [] : new JsonObject { ["polyglot_notebook"] = meta },
        };
    }

    static void Add(List<Cell> cells, string language, List<string> body, int start)
    {
        var first = body.FindIndex(l => l.Length > 0);
        if (first < 0) return;
        var last = body.FindLastIndex(l => l.Length > 0);
        var source = string.Join('\n', body[first..(last + 1)]);
        cells.Add(new Cell
        {
            Language = language,
            Source = source,
            Line = start + first + 1,
            Tags = language == "markdown" ? [] : CellOptions.Tags(source),
        });
    }

    static JsonObject ReadMeta(string[] block, int line)
    {
        var json = string.Join('\n', block)[MetaMarker.Length..];
        if (string.IsNullOrWhiteSpace(json))
            throw new NotebookFormatException(
                "#!meta: expected a JSON object on the lines below. Received: nothing. Remove the line or add {\"kernelInfo\":{}}.", line);
        try
        {
            return NotebookJson.Parse(Encoding.UTF8.GetBytes(json)) as JsonObject
                ?? throw new NotebookFormatException("#!meta: expected a JSON object. Received: another JSON value.", line);
        }
        catch (JsonException e)
        {
            throw new NotebookFormatException($"#!meta: expected one JSON object; {e.Message}", line + (int)(e.LineNumber ?? 0));
        }
    }
}
