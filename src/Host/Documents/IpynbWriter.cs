using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Host.Documents;

/// <summary>
/// Writes nbformat 4.5: keys in nbformat's own order, one space of indent, arrays of lines, so that Jupyter saves the same bytes.
/// </summary>
static class IpynbWriter
{
    /// <summary>The file's bytes.</summary>
    public static byte[] Write(NotebookDocument document)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, NotebookJson.Indented))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("cells");
            var ids = document.Cells.Select(c => c.Id).OfType<string>().ToHashSet();
            var languages = Languages.Declared(
                document.Metadata["kernelInfo"] as JsonObject
                    ?? (document.Metadata["polyglot_notebook"] as JsonObject)?["kernelInfo"] as JsonObject);
            var next = new Dictionary<string, int>();
            foreach (var cell in document.Cells) WriteCell(writer, cell, cell.Id ??= NewId(cell, ids, next), languages);
            writer.WriteEndArray();
            writer.WritePropertyName("metadata");
            WithDefaults(document.Metadata, Defaults(document.DefaultLanguage)).WriteTo(writer);
            writer.WriteNumber("nbformat", 4);
            writer.WriteNumber("nbformat_minor", 5);
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    static void WriteCell(Utf8JsonWriter writer, Cell cell, string id, Languages languages)
    {
        var isCode = cell.Language is not ("markdown" or "raw");
        writer.WriteStartObject();
        if (!isCode && cell.Attachments is { } attachments)
        {
            writer.WritePropertyName("attachments");
            attachments.WriteTo(writer);
        }

        writer.WriteString("cell_type", isCode ? "code" : cell.Language);
        if (isCode && cell.ExecutionCount is { } count) writer.WriteNumber("execution_count", count);
        else if (isCode) writer.WriteNull("execution_count");
        writer.WriteString("id", id);
        writer.WritePropertyName("metadata");
        CellMetadata(cell, isCode).WriteTo(writer);
        if (isCode)
        {
            writer.WriteStartArray("outputs");
            foreach (var output in cell.Outputs) OutputJson.Write(writer, output, cell.ExecutionCount);
            writer.WriteEndArray();
        }

        writer.WritePropertyName("source");
        // A first line that names a language would be taken for this cell's own when it is read again.
        var isMarked = isCode && languages.Marker(cell.Source.Split('\n', 2)[0].TrimEnd('\r')) is not null;
        writer.WriteLines(isMarked ? $"#!{cell.Language}\n{cell.Source}" : cell.Source);
        writer.WriteEndObject();
    }

    static JsonObject CellMetadata(Cell cell, bool isCode)
    {
        var defaults = new JsonObject();
        if (isCode)
        {
            defaults["dotnet_interactive"] = new JsonObject { ["language"] = cell.Language };
            defaults["polyglot_notebook"] = new JsonObject { ["kernelName"] = cell.Language };
        }

        // JupyterLab folds what is marked so.
        if (isCode && CellOptions.Argument(cell.Tags, "solution") is not null)
            defaults["jupyter"] = new JsonObject { ["source_hidden"] = true };

        // Other tools know tags by their bare names, so an argument stays in the option comment. What no comment names came from metadata
        // and goes back as it was.
        var commented = CellOptions.Tags(cell.Source);
        if (cell.Tags.Count > 0)
            defaults["tags"] = new JsonArray(
                [.. cell.Tags.Select(t => isCode && commented.Contains(t) ? CellOptions.Name(t) : t).Distinct()
                    .Select(t => JsonValue.Create(t))]);
        return WithDefaults(cell.Metadata, defaults);
    }

    static JsonObject Defaults(string language) => new()
    {
        ["kernelspec"] = CSharpKernel.Spec(),
        ["language_info"] = CSharpKernel.LanguageInfo(),
        ["polyglot_notebook"] = new JsonObject
        {
            ["kernelInfo"] = new JsonObject
            {
                ["defaultKernelName"] = language,
                ["items"] = new JsonArray(new JsonObject { ["aliases"] = new JsonArray(), ["name"] = language }),
            },
        },
    };

    /// <summary>The metadata with the keys it lacks, each put where it belongs by the alphabet; what is there stays as it is.</summary>
    static JsonObject WithDefaults(JsonObject metadata, JsonObject defaults)
    {
        var merged = (JsonObject)metadata.DeepClone();
        foreach (var (key, value) in defaults.Where(d => !metadata.ContainsKey(d.Key)))
        {
            var index = merged.TakeWhile(m => string.CompareOrdinal(m.Key, key) < 0).Count();
            merged.Insert(index, key, value!.DeepClone());
        }

        return merged;
    }

    /// <summary>An id made of the cell's text, so that it stays when cells around it change.</summary>
    static string NewId(Cell cell, HashSet<string> taken, Dictionary<string, int> next)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{cell.Language}\n{cell.Source}")))[..8];
        if (taken.Add(hash)) return hash;
        // Counted, so that thousands of equal cells are not compared with one another.
        var n = next.GetValueOrDefault(hash, 2);
        while (!taken.Add($"{hash}-{n}")) n++;
        next[hash] = n + 1;
        return $"{hash}-{n}";
    }
}
