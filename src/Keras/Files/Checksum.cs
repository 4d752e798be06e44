namespace Workbook.Keras;

/// <summary>
/// The checksum of zip archives, CRC-32 (ISO 3309, polynomial edb88320). The framework writes it and does not look at it when it reads.
/// </summary>
sealed class Checksum
{
    static readonly uint[] table = [.. Enumerable.Range(0, 256).Select(i =>
    {
        var value = (uint)i;
        for (var bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
        return value;
    })];

    uint state = uint.MaxValue;

    /// <summary>The sum of all bytes so far.</summary>
    public uint Value => ~state;

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var sum = state;
        foreach (var b in bytes) sum = table[(byte)(sum ^ b)] ^ (sum >> 8);
        state = sum;
    }
}
