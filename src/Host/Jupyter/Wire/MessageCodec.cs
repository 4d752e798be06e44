using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;

namespace Workbook.Host.Jupyter.Wire;

/// <summary>
/// Jupyter's wire protocol, version 5.3: the front end's identities, a delimiter, a signature, then header, parent header, metadata and
/// content as JSON.
/// </summary>
/// <param name="key">The key of the signatures; empty where nobody signs.</param>
sealed class MessageCodec(string key)
{
    /// <summary>The version of the message protocol.</summary>
    public const string Version = "5.3";

    static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();

    static readonly byte[] Empty = "{}"u8.ToArray();

    // A key that stands twice would otherwise be found only when it is asked for.
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    readonly byte[] secret = Encoding.UTF8.GetBytes(key);

    readonly SeenSignatures seen = new();

    readonly string session = Guid.NewGuid().ToString();

    /// <summary>A message for the wire.</summary>
    /// <param name="route">Whom it is for: the identities of a front end, or a topic.</param>
    /// <param name="parent">The header of the request that led to it; null when none did.</param>
    /// <param name="type">For example execute_reply.</param>
    /// <param name="content">What it says.</param>
    public IReadOnlyList<byte[]> Encode(IReadOnlyList<byte[]> route, byte[]? parent, string type, JsonObject content)
    {
        var header = new JsonObject
        {
            ["msg_id"] = Guid.NewGuid().ToString(),
            ["session"] = session,
            ["username"] = "kernel",
            ["date"] = DateTime.UtcNow.ToString("O"),
            ["msg_type"] = type,
            ["version"] = Version,
        };
        byte[][] parts = [Bytes(header), parent ?? Empty, Empty, Bytes(content)];
        return [.. route, Delimiter, Sign(parts), .. parts];
    }

    /// <summary>Reads a message from the wire.</summary>
    /// <exception cref="RequestException">It is no message of the protocol, is not signed with the key, or has come before.</exception>
    public Request Decode(Socket socket, IReadOnlyList<byte[]> message)
    {
        // The name of whoever has sent it stands first, whatever it is.
        var frames = message.ToList();
        var at = frames.FindIndex(1, f => f.AsSpan().SequenceEqual(Delimiter));
        if (at < 0 || frames.Count < at + 6)
            throw new RequestException($"Expected a message of Jupyter's protocol. Received: {frames.Count} frames that are none.");
        byte[][] parts = [.. frames.Skip(at + 2).Take(4)];
        if (!CryptographicOperations.FixedTimeEquals(Sign(parts), frames[at + 1]))
            throw new RequestException("Expected the signature of the connection file's key. Received: another.");
        if (secret.Length > 0 && !seen.Add(frames[at + 1]))
            throw new RequestException("Expected a new message. Received: one that has come before.");
        if (Languages.Text(Read(parts[0])["msg_type"]) is not { } type)
            throw new RequestException("Expected a header with a msg_type. Received: one without.");
        return new Request(socket, frames[..at], parts[0], type, Read(parts[3]));
    }

    static JsonObject Read(byte[] json)
    {
        try
        {
            // Written once, because a text with half a character in it would else be found only when it is asked for.
            var node = JsonNode.Parse(json, null, Strict);
            node?.ToJsonString();
            return node as JsonObject ?? throw new RequestException("Expected a JSON object. Received: another value.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new RequestException($"Expected JSON. Received: something else: {e.Message}");
        }
    }

    static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(NotebookJson.Line(json));

    byte[] Sign(byte[][] parts)
    {
        if (secret.Length == 0) return [];
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        foreach (var part in parts) hash.AppendData(part);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
