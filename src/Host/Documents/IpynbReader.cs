using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Host.Documents;

/// <summary>
/// Reads Jupyter's .ipynb format, nbformat 4. Tolerant of missing metadata, sources and output fields; what is there must be of the kind
/// that the format says, or is put right with a remark.
/// </summary>
static class IpynbReader
{
    static readonly string[] Keys = ["cell_type", "id", "metadata", "source", "outputs", "execution_count", "attachments"];

    /// <summary>Reads a document.</summary>
    /// <exception cref="NotebookFormatException">Not JSON, not nbformat 4, a cell or an output of an unknown type, a source, metadata, tags
    /// or outputs of a kind that says nothing.</exception>
    public static NotebookDocument Read(byte[] utf8)
    {
        var root = Parse(utf8) as JsonObject
            ?? throw new NotebookFormatException("Expected a JSON object, as every .ipynb file is. Received: another JSON value.");
        if (root["nbformat"] is not JsonValue format || !format.TryGetValue<int>(out var major) || major != 4)
            throw new NotebookFormatException(
                $"Expected \"nbformat\": 4. Received: {root["nbformat"]?.ToJsonString() ?? "none"}. "
                    + "Upgrade the file with \"jupyter nbconvert --to notebook\".");
        if (root["cells"] is not JsonArray cells)
            throw new NotebookFormatException(
                "Expected an array \"cells\". Received: " + (root["cells"] is null ? "none." : "another value."));

        var remarks = new Remarks();
        var metadata = Object(root, "metadata", "The notebook");
        root.Remove("metadata");
        NotebookMetadata.Repair(metadata, remarks);
        foreach (var key in root.Select(k => k.Key).Except(["cells", "nbformat", "nbformat_minor"]))
            remarks.Add("The notebook", $"the key {Quoted(key)} is none of the format's; it is left out");
        var kernelInfo = metadata["kernelInfo"] as JsonObject ?? (metadata["polyglot_notebook"] as JsonObject)?["kernelInfo"] as JsonObject;
        var languages = Languages.Declared(kernelInfo);
        var defaultLanguage = DefaultLanguage(metadata, kernelInfo, languages);
        var lines = IpynbLines.Find(utf8);
        var ids = new HashSet<string>();
        return new NotebookDocument
        {
            DefaultLanguage = defaultLanguage,
            Metadata = metadata,
            Cells = [.. cells.Select((c, i) => ReadCell(c, i, lines.GetValueOrDefault(i), defaultLanguage, languages, ids, remarks))],
            Remarks = [.. remarks.Sentences],
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

    static Cell ReadCell(JsonNode? node, int index, int line, string defaultLanguage, Languages languages, HashSet<string> ids,
        Remarks remarks)
    {
        var where = $"Cell {index + 1}";
        var cell = node as JsonObject ?? throw new NotebookFormatException($"{where}: expected a JSON object.");
        var type = Languages.Text(cell["cell_type"]);
        if (type is not ("code" or "markdown" or "raw"))
            throw new NotebookFormatException(
                $"{where}: expected a cell_type of code, markdown or raw. Received: {(type is null ? "none" : Quoted(type))}.");
        var source = !cell.TryGetPropertyValue("source", out var text) ? "" : NotebookJson.Text(text)
            ?? throw new NotebookFormatException(
                $"{where}: expected a source that is a text or a list of texts. Received: {Received(text)}.");
        var metadata = Object(cell, "metadata", where);
        cell.Remove("metadata");
        var tags = NotebookMetadata.Tags(metadata, where, remarks);
        NotebookMetadata.Repair(metadata, type, where, remarks);
        foreach (var key in cell.Select(k => k.Key).Except(Keys))
            remarks.Add(where, $"the key {Quoted(key)} is none of the format's; it is left out");

        var language = type;
        if (type == "code")
        {
            language = Named(metadata, "polyglot_notebook", "kernelName") ?? Named(metadata, "dotnet_interactive", "language")
                ?? defaultLanguage;
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
        var outputs = Outputs(cell, where, remarks);
        if (language is "markdown" or "raw" && outputs.Count > 0)
        {
            remarks.Add(where, "a cell of text has outputs; they are left out");
            outputs = [];
        }

        return new Cell
        {
            Language = language,
            Source = source,
            Id = NotebookMetadata.Id(cell["id"], ids, where, remarks),
            Line = line,
            Tags = tags,
            Metadata = metadata,
            Attachments = Attachments(cell["attachments"], type, where, remarks),
            ExecutionCount = Count(cell["execution_count"], where, remarks),
            Outputs = outputs,
        };
    }

    static List<CellOutput> Outputs(JsonObject cell, string where, Remarks remarks)
    {
        if (!cell.TryGetPropertyValue("outputs", out var value)) return [];
        return value is JsonArray outputs
            ? [.. outputs.Select((o, i) => OutputJson.Read(o, $"{where}, output {i + 1}", remarks)).Where(o => !ThemeStyle.Is(o))]
            : throw new NotebookFormatException($"{where}: expected outputs that are a list. Received: {NotebookMetadata.Shape(value)}.");
    }

    static JsonObject? Attachments(JsonNode? value, string type, string where, Remarks remarks)
    {
        if (value is null) return null;
        if (value is JsonObject files && type != "code"
            && files.All(f => f.Value is JsonObject bundle && bundle.All(t => OutputJson.IsProper(t.Key, t.Value))))
            return (JsonObject)files.DeepClone();
        remarks.Add(where, "the attachments are no files of a cell of text; they are left out");
        return null;
    }

    static int? Count(JsonNode? value, string where, Remarks remarks)
    {
        if (value is null) return null;
        if (value is JsonValue number && number.TryGetValue<int>(out var count) && count >= 0) return count;
        remarks.Add(where, "the execution count is no number of at least 0; it is left out");
        return null;
    }

    static JsonObject Object(JsonObject owner, string key, string where) => !owner.TryGetPropertyValue(key, out var value) ? []
        : value as JsonObject
            ?? throw new NotebookFormatException($"{where}: expected {key} that is an object. Received: {NotebookMetadata.Shape(value)}.");

    static string Received(JsonNode? source) => source is JsonArray lines
        ? $"a list with {NotebookMetadata.Shape(lines.First(l => Languages.Text(l) is null))} in it" : NotebookMetadata.Shape(source);

    /// <summary>A word of the file for a message, where it must not steer the terminal.</summary>
    static string Quoted(string word) => JsonValue.Create(word.Length > 40 ? word[..40] + "…" : word).ToJsonString();

    static string? Named(JsonObject metadata, string key, string name) => Languages.Text((metadata[key] as JsonObject)?[name]);
}
