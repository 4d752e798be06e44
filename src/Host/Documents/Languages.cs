using System.Text.Json.Nodes;

namespace Workbook.Host.Documents;

/// <summary>The cell languages a document knows: canonical names and their aliases, case-sensitive.</summary>
sealed class Languages
{
    readonly Dictionary<string, string> names = new(StringComparer.Ordinal)
    {
        ["csharp"] = "csharp",
        ["c#"] = "csharp",
        ["C#"] = "csharp",
        ["cs"] = "csharp",
        ["fsharp"] = "fsharp",
        ["f#"] = "fsharp",
        ["F#"] = "fsharp",
        ["fs"] = "fsharp",
        ["html"] = "html",
        ["http"] = "http",
        ["javascript"] = "javascript",
        ["js"] = "javascript",
        ["mermaid"] = "mermaid",
        ["pwsh"] = "pwsh",
        ["powershell"] = "pwsh",
        ["value"] = "value",
        ["markdown"] = "markdown",
        ["md"] = "markdown",
    };

    /// <summary>The languages every document knows.</summary>
    public static Languages Known { get; } = new();

    /// <summary>The known languages and those that a <c>kernelInfo</c> object declares.</summary>
    /// <exception cref="NotebookFormatException">An item has no name, or an alias stands on two kernels.</exception>
    public static Languages Declared(JsonObject? kernelInfo)
    {
        if (kernelInfo?["items"] is not JsonArray items) return Known;
        var languages = new Languages();
        var declared = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (Text((item as JsonObject)?["name"]) is not { Length: > 0 } name)
                throw new NotebookFormatException(
                    "kernelInfo: expected every item to have a \"name\". Received: " + (item?.ToJsonString() ?? "null") + ".");
            foreach (var alias in (item!["aliases"] as JsonArray ?? []).Select(Text).OfType<string>().Prepend(name))
            {
                if (alias.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029'))
                    throw new NotebookFormatException(
                        $"kernelInfo: expected names and aliases of one line. Received: {JsonValue.Create(alias).ToJsonString()}.");
                if (Known is not null && Known.Find(alias) is { } known && known != (Known.Find(name) ?? name))
                    throw new NotebookFormatException(
                        $"kernelInfo: \"{alias}\" is a name of {known} and cannot be one of {name}; remove the alias.");
                if (declared.TryGetValue(alias, out var other) && other != name)
                    throw new NotebookFormatException(
                        $"kernelInfo: the alias \"{alias}\" stands on two kernels, {other} and {name}; remove one of them.");
                declared[alias] = name;
                languages.names[alias] = name;
            }
        }

        return languages;
    }

    /// <summary>The canonical name of a name or alias, or null when it is not known.</summary>
    public string? Find(string alias) => names.GetValueOrDefault(alias);

    /// <summary>The language whose cell begins at this line: the line is exactly <c>#!</c> and a known name; otherwise null.</summary>
    public string? Marker(string line) => line.StartsWith("#!", StringComparison.Ordinal) ? Find(line[2..]) : null;

    /// <summary>The string that a JSON value holds, or null when it holds something else.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
