using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Workbook.Host.Files;

/// <summary>Writes files so that no reader ever sees half of one, whatever ends this process.</summary>
static class AtomicFile
{
    const string Extension = ".part";

    const int LongestName = 200;

    /// <summary>
    /// Writes beside the target, then puts the whole in its place. What a process that was killed in between left there is removed.
    /// </summary>
    /// <param name="path">The target.</param>
    /// <param name="write">Writes the content to the path it is given.</param>
    /// <exception cref="IOException">The file cannot be written; the target is as it was.</exception>
    public static void Write(string path, Action<string> write)
    {
        // A link in its place is replaced and not followed: it may have come with a notebook, and lead to anything of the user's.
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var prefix = Prefix(path);
        RemoveLeftovers(path, prefix);
        var part = Path.Combine(Path.GetDirectoryName(path)!, $"{prefix}{Environment.ProcessId}{Extension}");
        try
        {
            write(part);
            if (!OperatingSystem.IsWindows() && new FileInfo(path) is { Exists: true, LinkTarget: null })
                File.SetUnixFileMode(part, File.GetUnixFileMode(path));
            File.Move(part, path, overwrite: true);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // So the framework calls a file that is larger than the system or a quota allows.
            throw new IOException($"{path}: {e.Message}", e);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>A name may have 255 bytes. One that would be too long with what is added to it stands for itself by its hash.</summary>
    static string Prefix(string path)
    {
        var name = Path.GetFileName(path);
        return Encoding.UTF8.GetByteCount(name) <= LongestName ? $"{name}."
            : $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32]}.";
    }

    static void RemoveLeftovers(string path, string prefix)
    {
        foreach (var part in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*" + Extension))
        {
            var name = Path.GetFileNameWithoutExtension(part);
            if (name.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(name[prefix.Length..], out var process)
                && !IsAlive(process)) File.Delete(part);
        }
    }

    /// <summary>Whether there is a process of this number.</summary>
    public static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
