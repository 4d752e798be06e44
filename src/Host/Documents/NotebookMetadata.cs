using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Workbook.Host.Documents;

/// <summary>
/// Puts right what nbformat 4.5 forbids in metadata and ids, so that what is written back opens in every program that asks the format's
/// schema. Each repair is remarked.
/// </summary>
static partial class NotebookMetadata
{
    /// <summary>
    /// The metadata of a notebook: what is no kernelspec, language_info, title or list of authors is taken out, and names that are missing
    /// are filled in.
    /// </summary>
    public static void Repair(JsonObject metadata, Remarks remarks)
    {
        const string where = "The notebook's metadata";
        Keep(metadata, "kernelspec", v => v is JsonObject, "an object", where, remarks);
        Keep(metadata, "language_info", v => v is JsonObject, "an object", where, remarks);
        Keep(metadata, "title", IsText, "a text", where, remarks);
        Keep(metadata, "authors", v => v is JsonArray, "a list", where, remarks);
        Keep(metadata, "orig_nbformat", v => v is JsonValue n && n.TryGetValue<int>(out var number) && number > 0, "a number above 0",
            where, remarks);
        if (metadata["kernelspec"] is JsonObject spec)
        {
            // Front ends choose a kernel by its name; one that is shown but has no name is not known to any of them.
            Name(spec, "name", ".net-csharp", "kernelspec", remarks);
            Name(spec, "display_name", ".NET (C#)", "kernelspec", remarks);
        }

        if (metadata["language_info"] is not JsonObject language) return;
        Name(language, "name", Languages.Text((metadata["kernelspec"] as JsonObject)?["language"]) ?? "C#", "language_info", remarks);
        Keep(language, "codemirror_mode", v => IsText(v) || v is JsonObject, "a text or an object", "language_info", remarks);
        foreach (var key in (string[])["file_extension", "mimetype", "pygments_lexer"])
            Keep(language, key, IsText, "a text", "language_info", remarks);
    }

    /// <summary>The metadata of a cell, its tags apart.</summary>
    public static void Repair(JsonObject metadata, string type, string where, Remarks remarks)
    {
        Keep(metadata, "name", v => Languages.Text(v) is { Length: > 0 }, "a text", where, remarks);
        Keep(metadata, "jupyter", v => v is JsonObject, "an object", where, remarks);
        if (type == "raw") Keep(metadata, "format", IsText, "a text", where, remarks);
        if (type != "code") return;
        Keep(metadata, "collapsed", IsTruth, "true or false", where, remarks);
        Keep(metadata, "scrolled", v => IsTruth(v) || Languages.Text(v) == "auto", "true, false or auto", where, remarks);
        Keep(metadata, "execution", v => v is JsonObject times && times.All(t => IsText(t.Value)), "an object of texts", where, remarks);
    }

    /// <summary>The tags of a cell.</summary>
    /// <exception cref="NotebookFormatException">They are neither a list of texts nor a text.</exception>
    public static List<string> Tags(JsonObject metadata, string where, Remarks remarks)
    {
        if (!metadata.TryGetPropertyValue("tags", out var value)) return [];
        IEnumerable<string> tags;
        if (value is JsonArray list && list.All(t => Languages.Text(t) is not null)) tags = list.Select(t => Languages.Text(t)!);
        else if (Languages.Text(value) is { } text)
        {
            remarks.Add(where, "the tags are a text and no list; it is read as a list, split at its commas");
            (tags, metadata["tags"]) = ([text], new JsonArray());
        }
        else throw new NotebookFormatException(
            $"{where}: expected tags that are a list of texts. Received: {Shape(value)}. Write them as [\"parameters\"].");

        var found = tags.ToList();
        var proper = found.SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()
            .ToList();
        if (!proper.SequenceEqual(found) && value is JsonArray)
            remarks.Add(where, "tags are empty, repeated or hold commas; they are read without that");
        return proper;
    }

    /// <summary>The id of a cell; null when it is none or taken, so that a new one is made.</summary>
    public static string? Id(JsonNode? id, HashSet<string> taken, string where, Remarks remarks)
    {
        if (id is null) return null;
        if (Languages.Text(id) is not { } text || !ProperId().IsMatch(text))
            remarks.Add(where, "the id is not 1 to 64 letters, digits, hyphens and underscores; it gets a new one");
        else if (!taken.Add(text)) remarks.Add(where, "the id is another cell's too; it gets a new one");
        else return text;
        return null;
    }

    /// <summary>What a JSON value is, for messages.</summary>
    public static string Shape(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => $"the number {node.ToJsonString()}",
        _ => node.ToJsonString(),
    };

    static void Keep(JsonObject owner, string key, Func<JsonNode?, bool> isProper, string expected, string where, Remarks remarks)
    {
        if (!owner.TryGetPropertyValue(key, out var value) || isProper(value)) return;
        remarks.Add(where, $"{key} is {Shape(value)} and not {expected}; it is left out");
        owner.Remove(key);
    }

    static void Name(JsonObject owner, string key, string value, string where, Remarks remarks)
    {
        if (Languages.Text(owner[key]) is not null) return;
        remarks.Add(where, $"there is no {key}; it becomes {value}");
        owner[key] = value;
    }

    static bool IsText(JsonNode? node) => Languages.Text(node) is not null;

    static bool IsTruth(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out _);

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex ProperId();
}
