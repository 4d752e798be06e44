using System.Buffers.Binary;
using System.Text;

namespace Workbook.Tests.Helpers.Recording;

/// <summary>
/// Reads the scalars of a TensorBoard event file by its wire format: length, checksum, message, checksum; Event.step 2, summary 5, value 1,
/// tag 1, simple_value 2.
/// </summary>
static class EventScalars
{
    public static List<(string Tag, long Step, float Value)> Read(string folder)
    {
        var scalars = new List<(string, long, float)>();
        ReadOnlySpan<byte> file = File.ReadAllBytes(Directory.GetFiles(folder, "*tfevents*").Single());
        while (file.Length > 0)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
            var fields = Fields(file.Slice(12, length).ToArray());
            if (fields.TryGetValue(5, out var summary))
            {
                var value = Fields(Fields(summary)[1]);
                scalars.Add(
                    (Encoding.UTF8.GetString(value[1]), BinaryPrimitives.ReadInt64LittleEndian(fields[2]),
                        BinaryPrimitives.ReadSingleLittleEndian(value[2])));
            }
            file = file[(16 + length)..];
        }
        return scalars;
    }

    /// <summary>The fields of a message by number; a varint as eight bytes.</summary>
    static Dictionary<int, byte[]> Fields(ReadOnlySpan<byte> message)
    {
        var fields = new Dictionary<int, byte[]>();
        for (var at = 0; at < message.Length;)
        {
            var (number, wire) = (message[at] >> 3, message[at++] & 7);
            var size = wire switch { 0 => 0, 1 => 8, 5 => 4, _ => (int)Varint(message, ref at) };
            fields[number] = wire == 0 ? BitConverter.GetBytes(Varint(message, ref at)) : message.Slice(at, size).ToArray();
            at += size;
        }
        return fields;
    }

    static long Varint(ReadOnlySpan<byte> message, ref int at)
    {
        long value = 0;
        for (var shift = 0; ; shift += 7)
        {
            value |= (long)(message[at] & 0x7f) << shift;
            if ((message[at++] & 0x80) == 0) return value;
        }
    }
}
