using System.IO.Enumeration;
using System.Text.Json.Nodes;
using Workbook.Host.Jupyter.Wire;
using Workbook.Host.Language;

namespace Workbook.Host.Jupyter;

/// <summary>
/// The cells that a kernel has run, for front ends that let their user leaf through them. Nothing is kept from one kernel to the next.
/// </summary>
sealed class History
{
    /// <summary>The number of the session; there is only this one.</summary>
    const int Session = 1;

    readonly List<(int Count, string Source, string? Output)> entries = [];

    /// <summary>Adds a cell.</summary>
    /// <param name="count">Its number.</param>
    /// <param name="source">Its text.</param>
    /// <param name="output">The text of its value; null when it has none.</param>
    public void Add(int count, string source, string? output) => entries.Add((count, source, output));

    /// <summary>The content of the reply to a history_request.</summary>
    /// <exception cref="RequestException">The kind of access is none of the protocol's three.</exception>
    public JsonObject Answer(Request request)
    {
        var isWithOutput = request.Flag("output", false);
        var found = Find(request)
            .Select(e => new JsonArray(Session, e.Count, isWithOutput ? new JsonArray(e.Source, e.Output) : JsonValue.Create(e.Source)));
        return new JsonObject { ["status"] = "ok", ["history"] = new JsonArray([.. found]) };
    }

    IEnumerable<(int Count, string Source, string? Output)> Find(Request request)
    {
        switch (request.Text("hist_access_type", "tail"))
        {
            case "tail":
                return entries.TakeLast(request.Number("n", 10));
            case "range":
                var (session, start, stop) = (request.Number("session", 0), request.Number("start", 0),
                    request.Number("stop", int.MaxValue));
                return session is 0 or Session ? entries.Where(e => e.Count >= start && e.Count < stop) : [];
            case "search":
                var pattern = request.Text("pattern", "*");
                var found = entries.Where(e => FileSystemName.MatchesSimpleExpression(pattern, e.Source, ignoreCase: false));
                if (request.Flag("unique", false)) found = found.Reverse().DistinctBy(e => e.Source).Reverse();
                return found.TakeLast(request.Number("n", int.MaxValue));
            case var other:
                throw new RequestException($"history_request: expected hist_access_type to be range, tail or search. Received: {other}.");
        }
    }
}
