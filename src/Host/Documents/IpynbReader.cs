using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Host.Documents;

/// <summary>Reads Jupyter's .ipynb format, nbformat 4. Tolerant of missing metadata, sources and output fields.</summary>
static class IpynbReader
{
    /// <summary>Reads a document.</summary>
    /// <exception cref="NotebookFormatException">Not JSON, not nbformat 4, a cell or an output of an unknown type.</exception>
    public static NotebookDocument Read(byte[] utf8)
    {
        var root = Parse(utf8) as JsonObject
            ?? throw new NotebookFormatException("Expected a JSON object, as every .ipynb file is; received another JSON value.");
        if (root["nbformat"] is not JsonValue format || !format.TryGetValue<int>(out var major) || major != 4)
            throw new NotebookFormatException($"Expected \"nbformat\": 4; received {root["nbformat"]?.ToJsonString() ?? "none"}. Upgrade the file with \"jupyter nbconvert --to notebook\".");
        if (root["cells"] is not JsonArray cells)
            throw new NotebookFormatException("Expected an array \"cells\"; received " + (root["cells"] is null ? "none." : "another value."));

        var metadata = root["metadata"] as JsonObject ?? [];
        root.Remove("metadata");
        var kernelInfo = metadata["kernelInfo"] as JsonObject ?? (metadata["polyglot_notebook"] as JsonObject)?["kernelInfo"] as JsonObject;
        var languages = Languages.Declared(kernelInfo);
        var defaultLanguage = DefaultLanguage(metadata, kernelInfo, languages);
        var lines = IpynbLines.Find(utf8);
        return new NotebookDocument
        {
            DefaultLanguage = defaultLanguage,
            Metadata = metadata,
            Cells = [.. cells.Select((c, i) => ReadCell(c, i, lines.GetValueOrDefault(i), defaultLanguage, languages))],
        };
    }

    static JsonNode? Parse(byte[] utf8)
    {
        try
        {
            return NotebookJson.Parse(utf8.AsSpan().StartsWith("\uFEFF"u8) ? utf8.AsSpan(3) : utf8);
        }
        catch (JsonException e)
        {
            throw new NotebookFormatException($"Expected JSON; {e.Message}", (int)(e.LineNumber ?? 0) + 1);
        }
    }

    static string DefaultLanguage(JsonObject metadata, JsonObject? kernelInfo, Languages languages)
    {
        var name = Languages.Text(kernelInfo?["defaultKernelName"])
            ?? Languages.Text((metadata["dotnet_interactive"] as JsonObject)?["language"])
            ?? Languages.Text((metadata["kernelspec"] as JsonObject)?["language"])
            ?? "csharp";
        return languages.Find(name) ?? name;
    }

    static Cell ReadCell(JsonNode? node, int index, int line, string defaultLanguage, Languages languages)
    {
        var where = $"Cell {index + 1}";
        var cell = node as JsonObject ?? throw new NotebookFormatException($"{where}: expected a JSON object.");
        var type = Languages.Text(cell["cell_type"]);
        if (type is not ("code" or "markdown" or "raw"))
            throw new NotebookFormatException($"{where}: expected a cell_type of code, markdown or raw; received {type ?? "none"}.");
        var source = NotebookJson.Text(cell["source"]) ?? "";
        var metadata = cell["metadata"] as JsonObject ?? [];
        cell.Remove("metadata");
        var tags = (metadata["tags"] as JsonArray ?? []).Select(Languages.Text).OfType<string>().ToList();

        var language = type;
        if (type == "code")
        {
            language = Named(metadata, "polyglot_notebook", "kernelName") ?? Named(metadata, "dotnet_interactive", "language") ?? defaultLanguage;
            language = languages.Find(language) ?? language;
            var first = source.Split('\n', 2)[0].TrimEnd('\r');
            if (languages.Marker(first) is { } marked)
            {
                language = marked;
                source = source.Contains('\n') ? source[(source.IndexOf('\n') + 1)..] : "";
                if (line > 0) line++;
            }

            foreach (var tag in CellOptions.Tags(source))
            {
                // The option comment may say more than the metadata: "raises-exception FormatException".
                tags.RemoveAll(t => t == CellOptions.Name(tag));
                if (!tags.Contains(tag)) tags.Add(tag);
            }
        }

        // An empty list of tags stays among the metadata and is written back from there.
        if (tags.Count > 0) metadata.Remove("tags");
        return new Cell
        {
            Language = language,
            Source = source,
            Id = Languages.Text(cell["id"]),
            Line = line,
            Tags = tags,
            Metadata = metadata,
            Attachments = (cell["attachments"] as JsonObject)?.DeepClone() as JsonObject,
            ExecutionCount = cell["execution_count"] is JsonValue count && count.TryGetValue<int>(out var value) ? value : null,
            Outputs = [.. (cell["outputs"] as JsonArray ?? []).Select((o, i) => OutputJson.Read(o, $"{where}, output {i + 1}"))],
        };
    }

    static string? Named(JsonObject metadata, string key, string name) => Languages.Text((metadata[key] as JsonObject)?[name]);
}
