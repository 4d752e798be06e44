namespace Workbook.Host.Run;

/// <summary>Writes files so that no reader ever sees half of one, whatever ends this process.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the target, then puts the whole in its place.</summary>
    /// <param name="path">The target.</param>
    /// <param name="write">Writes the content to the path it is given.</param>
    /// <exception cref="IOException">The file cannot be written; the target is as it was.</exception>
    public static void Write(string path, Action<string> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var part = $"{path}.{Environment.ProcessId}.part";
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
}
