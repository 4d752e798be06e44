using System.Text.Json.Nodes;

namespace Workbook.Tests.Host.Jupyter;

/// <summary>A message from a kernel, as a front end sees it.</summary>
/// <param name="Socket">Where it came in: shell, control, stdin, iopub or hb.</param>
/// <param name="Header">Its header.</param>
/// <param name="Parent">The header of the request it belongs to.</param>
/// <param name="Content">What it says.</param>
sealed record KernelMessage(string Socket, JsonObject Header, JsonObject Parent, JsonObject Content)
{
    public string Type => (string)Header["msg_type"]!;

    public string? ParentId => (string?)Parent["msg_id"];

    public string? State => (string?)Content["execution_state"];

    public string? Status => (string?)Content["status"];

    /// <summary>The text/plain of an output, or what a stream wrote.</summary>
    public string? Text => (string?)(Content["text"] ?? Content["data"]?["text/plain"]);
}
