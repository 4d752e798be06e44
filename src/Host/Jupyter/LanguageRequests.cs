using System.Text.Json.Nodes;
using Workbook.Host.Jupyter.Wire;
using Workbook.Host.Language;

namespace Workbook.Host.Jupyter;

/// <summary>
/// Questions about a text that is being typed; the worker answers them. Jupyter counts positions in code points, C# in UTF-16.
/// </summary>
/// <param name="worker">The worker.</param>
sealed class LanguageRequests(CellWorker worker)
{
    /// <summary>The requests that ask them.</summary>
    public static IReadOnlySet<string> Types { get; } = new HashSet<string> { "complete_request", "inspect_request",
        "is_complete_request" };

    /// <summary>The content of the reply.</summary>
    /// <exception cref="LanguageException">There is no answer.</exception>
    public async Task<JsonObject> AnswerAsync(Request request)
    {
        var code = request.Text("code");
        switch (request.Type)
        {
            case "complete_request":
                return Content(code, await worker.AskAsync(new CompletionQuestion(code, Cursor(request, code))));
            case "inspect_request":
                return Content(
                    await worker.AskAsync(new InspectionQuestion(code, Cursor(request, code), request.Number("detail_level", 0))));
            default:
                var completeness = CompletenessCheck.Of(code);
                return new JsonObject { ["status"] = completeness.Status, ["indent"] = completeness.Indent };
        }
    }

    static int Cursor(Request request, string code) => CodePoints.ToUtf16(code, request.Number("cursor_pos", int.MaxValue));

    static JsonObject Content(string code, Completions found)
    {
        var (start, end) = (CodePoints.FromUtf16(code, found.Start), CodePoints.FromUtf16(code, found.End));
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Items.Select(i => JsonValue.Create(i.Text))]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject
            {
                // Not part of the protocol, but where front ends look for the kinds.
                ["_jupyter_types_experimental"] = new JsonArray(
                    [.. found.Items.Select(
                        i => new JsonObject { ["text"] = i.Text, ["type"] = i.Kind, ["start"] = start, ["end"] = end })]),
            },
        };
    }

    static JsonObject Content(Inspection found) => new()
    {
        ["status"] = "ok",
        ["found"] = found.Text is not null,
        ["data"] = found.Text is null ? new JsonObject() : new JsonObject { ["text/plain"] = found.Text },
        ["metadata"] = new JsonObject(),
    };
}
