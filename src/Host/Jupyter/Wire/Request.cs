using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Workbook.Host.Jupyter.Wire;

/// <summary>A message from a front end.</summary>
/// <param name="Socket">Where it came in.</param>
/// <param name="Route">The identities of the front end; an answer goes back to them.</param>
/// <param name="Header">Its header as it came; an answer carries it as its parent's.</param>
/// <param name="Type">For example execute_request.</param>
/// <param name="Content">What it says.</param>
sealed record Request(Socket Socket, IReadOnlyList<byte[]> Route, byte[] Header, string Type, JsonObject Content)
{
    /// <summary>When it came, on the stopwatch's clock.</summary>
    public long Arrived { get; } = Stopwatch.GetTimestamp();

    /// <summary>The type of the answer: complete_reply to complete_request.</summary>
    public string ReplyType => Type.EndsWith("_request", StringComparison.Ordinal) ? $"{Type[..^"_request".Length]}_reply" : Type;

    /// <summary>A text of the content.</summary>
    /// <exception cref="RequestException">There is none, and it has no default, or it is no text.</exception>
    public string Text(string name, string? byDefault = null) => Value(name, "a text", byDefault);

    /// <summary>A number of the content.</summary>
    /// <exception cref="RequestException">It is no whole number.</exception>
    public int Number(string name, int byDefault) => Value<int?>(name, "a whole number", byDefault)!.Value;

    /// <summary>Yes or no from the content.</summary>
    /// <exception cref="RequestException">It is neither.</exception>
    public bool Flag(string name, bool byDefault) => Value<bool?>(name, "true or false", byDefault)!.Value;

    T Value<T>(string name, string expected, T? byDefault)
    {
        var node = Content[name];
        if (node is null && byDefault is not null) return byDefault;
        if (node is JsonValue value && value.TryGetValue<T>(out var found) && found is not null) return found;
        throw new RequestException($"{Type}: expected {name} to be {expected}. Received: {node?.ToJsonString() ?? "nothing"}.");
    }
}
