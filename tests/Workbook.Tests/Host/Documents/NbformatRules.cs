using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Workbook.Tests.Host.Documents;

/// <summary>What the schema of nbformat 4.5 demands, for machines without Jupyter.</summary>
static class NbformatRules
{
    static readonly Dictionary<string, string[]> CellKeys = new()
    {
        ["code"] = ["id", "cell_type", "metadata", "source", "outputs", "execution_count"],
        ["markdown"] = ["id", "cell_type", "metadata", "source", "attachments"],
        ["raw"] = ["id", "cell_type", "metadata", "source", "attachments"],
    };

    static readonly Dictionary<string, string[]> OutputKeys = new()
    {
        ["stream"] = ["name", "text"],
        ["display_data"] = ["data", "metadata"],
        ["execute_result"] = ["data", "metadata", "execution_count"],
        ["error"] = ["ename", "evalue", "traceback"],
    };

    /// <summary>Fails where a notebook breaks a rule.</summary>
    public static void Hold(JsonNode notebook, string name = "")
    {
        Assert.True(notebook["cells"] is JsonArray, name);
        Assert.Equal(["cells", "metadata", "nbformat", "nbformat_minor"], notebook.AsObject().Select(k => k.Key).Order());
        Assert.Equal((4, 5), ((int)notebook["nbformat"]!, (int)notebook["nbformat_minor"]!));
        var metadata = notebook["metadata"]!.AsObject();
        if (metadata["kernelspec"] is { } spec)
            Assert.True(IsText(spec["name"]) && IsText(spec["display_name"]), $"{name}: kernelspec {spec}");
        if (metadata["language_info"] is { } language) Assert.True(IsText(language["name"]), $"{name}: language_info {language}");
        var cells = notebook["cells"]!.AsArray();
        Assert.Equal(cells.Count, cells.Select(c => (string)c!["id"]!).Distinct().Count());
        foreach (var cell in cells) Cell(cell!.AsObject(), name);
    }

    static void Cell(JsonObject cell, string name)
    {
        var type = (string)cell["cell_type"]!;
        Assert.Empty(cell.Select(k => k.Key).Except(CellKeys[type]));
        Assert.Empty(CellKeys[type].Except(cell.Select(k => k.Key)).Except(["attachments"]));
        Assert.Matches("^[a-zA-Z0-9-_]{1,64}$", (string)cell["id"]!);
        Assert.True(IsLines(cell["source"]), name);
        var metadata = cell["metadata"]!.AsObject();
        foreach (var tag in metadata["tags"]?.AsArray() ?? []) Assert.Matches(new Regex("^[^,]+$", RegexOptions.Singleline), (string)tag!);
        if (metadata["collapsed"] is { } collapsed)
            Assert.True(collapsed.GetValueKind() is JsonValueKind.True or JsonValueKind.False, name);
        foreach (var file in cell["attachments"]?.AsObject() ?? []) Bundle(file.Value!.AsObject(), name);
        if (type != "code") return;
        Count(cell["execution_count"]);
        foreach (var output in cell["outputs"]!.AsArray()) Output(output!.AsObject(), name);
    }

    static void Output(JsonObject output, string name)
    {
        var type = (string)output["output_type"]!;
        Assert.Equal(OutputKeys[type].Append("output_type").Order(), output.Select(k => k.Key).Order());
        if (type == "stream") Assert.True(IsText(output["name"]) && IsLines(output["text"]), name);
        if (type == "error")
            Assert.True(IsText(output["ename"]) && IsText(output["evalue"]) && output["traceback"]!.AsArray().All(IsText), name);
        if (type == "execute_result") Count(output["execution_count"]);
        if (output["data"] is not { } data) return;
        Assert.True(output["metadata"] is JsonObject, name);
        Bundle(data.AsObject(), name);
    }

    static void Bundle(JsonObject bundle, string name)
    {
        foreach (var (type,
            value) in bundle) Assert.True(type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal) || IsLines(value),
                $"{name}: {type}");
    }

    static void Count(JsonNode? count) => Assert.True(count is null || (int)count >= 0);

    static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;

    static bool IsLines(JsonNode? node) => IsText(node) || node is JsonArray lines && lines.All(IsText);
}
