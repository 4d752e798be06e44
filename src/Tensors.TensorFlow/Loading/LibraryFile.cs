using System.Buffers.Binary;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace Workbook.Tensors.TensorFlow.Loading;

/// <summary>
/// Looks at a library before it is loaded: a loader that maps a truncated file ends the process, and so does code for another processor.
/// </summary>
static class LibraryFile
{
    /// <summary>What is wrong with a file, as a sentence for an error; null when nothing is seen.</summary>
    public static string? Defect(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var (architecture, length) = Read(file);
            if (architecture is { } a && a != RuntimeInformation.ProcessArchitecture)
                return $"{path} is for {a}; this process is {RuntimeInformation.ProcessArchitecture}.";
            return length > file.Length ? $"{path} is truncated: {file.Length} of at least {length} bytes. Copy or unpack it again." : null;
        }
        // Numbers in a damaged header point anywhere.
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or BadImageFormatException or ArgumentException
            or OverflowException)
        {
            return $"{path} is no library for {RuntimeInformation.RuntimeIdentifier}: {e.Message}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be read: {e.Message}";
        }
    }

    /// <summary>
    /// The processor that a library is for, and how long the file must be; null and 0 where the format says it elsewhere.
    /// </summary>
    static (Architecture?, long) Read(FileStream file)
    {
        if (OperatingSystem.IsWindows()) return Windows(file);
        Span<byte> head = stackalloc byte[64];
        file.ReadExactly(head);
        return BinaryPrimitives.ReadUInt32LittleEndian(head) switch
        {
            0x464C457F when head[4] == 1 && head[5] == 1 => (Processor(head), 0),
            0x464C457F when head[4] == 2 && head[5] == 1 => Elf(file, head),
            0xFEEDFACF when OperatingSystem.IsMacOS() => Mach(file, head),
            // Several processors in one file: the loader picks its part.
            0xBEBAFECA when OperatingSystem.IsMacOS() => (null, 0),
            _ => throw new InvalidDataException("it does not begin as one does."),
        };
    }

    static (Architecture?, long) Elf(FileStream file, ReadOnlySpan<byte> head)
    {
        const int load = 1, dynamic = 2;
        int entry = BinaryPrimitives.ReadUInt16LittleEndian(head[54..]), count = BinaryPrimitives.ReadUInt16LittleEndian(head[56..]);
        var table = new byte[entry * count];
        file.Position = (long)BinaryPrimitives.ReadUInt64LittleEndian(head[32..]);
        file.ReadExactly(table);
        var length = 0L;
        for (var at = 0; at < table.Length; at += entry)
        {
            var segment = table.AsSpan(at);
            if (BinaryPrimitives.ReadInt32LittleEndian(segment) == load)
                length = Math.Max(length,
                    checked(BinaryPrimitives.ReadInt64LittleEndian(segment[8..]) + BinaryPrimitives.ReadInt64LittleEndian(segment[32..])));
            else if (BinaryPrimitives.ReadInt32LittleEndian(segment) == dynamic)
            {
                file.Position = BinaryPrimitives.ReadInt64LittleEndian(segment[8..]);
                // A download that was broken off has its full length already, and zeros where nothing came.
                if (file.ReadByte() == 0)
                    throw new InvalidDataException(
                        "zeros stand where its list of symbols should; the file is not complete. Copy or unpack it again.");
            }
        }
        return (Processor(head), length);
    }

    static Architecture? Processor(ReadOnlySpan<byte> head) =>
        BinaryPrimitives.ReadUInt16LittleEndian(head[18..]) switch
        {
            3 => Architecture.X86,
            40 => Architecture.Arm,
            62 => Architecture.X64,
            183 => Architecture.Arm64,
            _ => null
        };

    static (Architecture?, long) Mach(FileStream file, ReadOnlySpan<byte> head)
    {
        const int segment64 = 0x19;
        var commands = new byte[BinaryPrimitives.ReadInt32LittleEndian(head[20..])];
        file.Position = 32;
        file.ReadExactly(commands);
        var length = 0L;
        for (var at = 0; at < commands.Length; at += Math.Max(8, BinaryPrimitives.ReadInt32LittleEndian(commands.AsSpan(at + 4))))
            if (BinaryPrimitives.ReadInt32LittleEndian(commands.AsSpan(at)) == segment64)
                length = Math.Max(length,
                    BinaryPrimitives.ReadInt64LittleEndian(commands.AsSpan(at + 40))
                        + BinaryPrimitives.ReadInt64LittleEndian(commands.AsSpan(at + 48)));
        return (BinaryPrimitives.ReadInt32LittleEndian(head[4..]) switch
        {
            0x01000007 => Architecture.X64,
            0x0100000C => Architecture.Arm64,
            _ => null
        }, length);
    }

    static (Architecture?, long) Windows(FileStream file)
    {
        using var reader = new PEReader(file, PEStreamOptions.LeaveOpen);
        var headers = reader.PEHeaders;
        return (headers.CoffHeader.Machine switch
        {
            Machine.Amd64 => Architecture.X64,
            Machine.Arm64 => Architecture.Arm64,
            Machine.I386 => Architecture.X86,
            _ => null
        },
            headers.SectionHeaders.Select(s => (long)s.PointerToRawData + s.SizeOfRawData).DefaultIfEmpty().Max());
    }
}
