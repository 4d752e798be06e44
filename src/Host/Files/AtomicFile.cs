using System.Diagnostics;

namespace Workbook.Host.Files;

/// <summary>Writes files so that no reader ever sees half of one, whatever ends this process.</summary>
static class AtomicFile
{
    const string Extension = ".part";

    /// <summary>Writes beside the target, then puts the whole in its place. What a process that was killed in between left there is removed.</summary>
    /// <param name="path">The target.</param>
    /// <param name="write">Writes the content to the path it is given.</param>
    /// <exception cref="IOException">The file cannot be written; the target is as it was.</exception>
    public static void Write(string path, Action<string> write)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        RemoveLeftovers(path);
        var part = $"{path}.{Environment.ProcessId}{Extension}";
        try
        {
            write(part);
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

    static void RemoveLeftovers(string path)
    {
        var prefix = Path.GetFileName(path) + ".";
        foreach (var part in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*" + Extension))
        {
            var name = Path.GetFileNameWithoutExtension(part);
            if (name.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(name[prefix.Length..], out var process) && !IsAlive(process)) File.Delete(part);
        }
    }

    static bool IsAlive(int id)
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
