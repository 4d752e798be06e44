using System.Runtime.InteropServices;

namespace Workbook.Host.Files;

/// <summary>What a path leads to on Unix, links followed. .NET itself does not tell a pipe or a device from a file.</summary>
/// <param name="Words">A regular file, a folder, a pipe, a socket, a device.</param>
/// <param name="IsRegular">Whether it is a regular file.</param>
/// <param name="Owner">The number of the user whose it is.</param>
/// <param name="Permissions">Who may do what with it.</param>
sealed partial record FileKind(string Words, bool IsRegular, uint Owner, UnixFileMode Permissions)
{
    const int TypeMask = 0xF000;

    /// <summary>What lies there; null when nothing does, or it cannot be told.</summary>
    public static FileKind? Of(string path)
    {
        var status = default(Status);
        if (Stat(path, ref status) != 0) return null;
        var words = (status.Mode & TypeMask) switch
        {
            0x8000 => "a regular file",
            0x4000 => "a folder",
            0x1000 => "a pipe",
            0xC000 => "a socket",
            _ => "a device",
        };
        return new FileKind(words, (status.Mode & TypeMask) == 0x8000, status.Owner, (UnixFileMode)(status.Mode & 0xFFF));
    }

    /// <summary>.NET's own layout, the same on all systems; it is longer than the part that is read here.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    struct Status
    {
        public int Flags;
        public int Mode;
        public uint Owner;
    }

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, ref Status status);
}
