using System.Buffers.Binary;
using System.Text;

namespace Workbook.Host.Jupyter.Zmtp;

/// <summary>
/// How two sides of ZMTP 3 introduce themselves, without encryption (the mechanism NULL): a greeting of 64 bytes, then READY with what each
/// is.
/// </summary>
static class Handshake
{
    const string Mechanism = "NULL";

    static readonly byte[] Greeting = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, .. Padded(Mechanism, 20), 0, .. new byte[31]];

    /// <summary>Does the part of a socket of one kind.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="reader">Its reader.</param>
    /// <param name="type">The kind, as the protocol names it.</param>
    /// <param name="partners">The kinds that it may talk to.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The identity that the other side has given itself; empty when it has none.</returns>
    /// <exception cref="WireException">The other side is something else.</exception>
    public static async Task<byte[]> AnswerAsync(Stream stream, FrameReader reader, string type, IReadOnlyList<string> partners,
        CancellationToken cancellation)
    {
        await stream.WriteAsync(Greeting, cancellation);
        var signature = await reader.BytesAsync(10, cancellation);
        if (signature[0] != 0xFF || (signature[9] & 1) == 0)
            throw new WireException("Expected the signature of ZMTP. Received: something else.");
        var rest = await reader.BytesAsync(54, cancellation);
        if (rest[0] < 3) throw new WireException($"Expected ZMTP 3. Received: version {rest[0]}.");
        if (!rest.AsSpan(2, 20).SequenceEqual(Padded(Mechanism, 20)))
            throw new WireException("Expected the mechanism NULL. Received: another.");
        await stream.WriteAsync(FrameWriter.Command("READY", Property("Socket-Type", Encoding.ASCII.GetBytes(type))), cancellation);

        var frame = await reader.FrameAsync(cancellation);
        if (!frame.IsCommand || !frame.Body.AsSpan().StartsWith("\u0005READY"u8))
            throw new WireException("Expected the command READY. Received: another frame.");
        var properties = Properties(frame.Body.AsSpan(6));
        var partner = Encoding.ASCII.GetString(properties.GetValueOrDefault("socket-type") ?? []);
        if (!partners.Contains(partner))
            throw new WireException($"Expected a socket of type {string.Join(" or ", partners)}. Received: {partner}.");
        return properties.GetValueOrDefault("identity") ?? [];
    }

    static Dictionary<string, byte[]> Properties(ReadOnlySpan<byte> bytes)
    {
        var found = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase);
        while (bytes.Length > 0)
        {
            var name = bytes[0];
            if (bytes.Length < 1 + name + 4) throw new WireException("Expected the properties of READY. Received: a part of one.");
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(1 + name)..]);
            if (length > bytes.Length - 5 - name)
                throw new WireException($"Expected a property of READY. Received: one that claims {length} bytes.");
            found[Encoding.ASCII.GetString(bytes.Slice(1, name))] = bytes.Slice(5 + name, (int)length).ToArray();
            bytes = bytes[(5 + name + (int)length)..];
        }

        return found;
    }

    static byte[] Property(string name, ReadOnlySpan<byte> value)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        return [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. length, .. value];
    }

    static byte[] Padded(string text, int length) => [.. Encoding.ASCII.GetBytes(text), .. new byte[length - text.Length]];
}
