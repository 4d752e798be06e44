namespace Workbook.Host.Files;

/// <summary>
/// Writes the files of a folder so that either all of them are there or the folder is as it was. Files of the folder that are not written
/// stay.
/// </summary>
static class AtomicFolder
{
    const string New = ".part", Old = ".old";

    /// <summary>Has the files written into another folder on the same disk, then puts them in their place by renaming.</summary>
    /// <param name="folder">The folder; it is made.</param>
    /// <param name="write">Writes all the files into the folder that it is given.</param>
    /// <exception cref="IOException">A file cannot be written; the folder is as it was.</exception>
    public static T Write<T>(string folder, Func<string, T> write)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(folder))
            throw new IOException($"Expected a folder, or the name of a new one. Received: {folder}, which is a file.");

        // Inside the folder where there is one: it may be a disk of its own, to which nothing beside it can be renamed.
        var isThere = Directory.Exists(folder);
        var stem = isThere ? Path.Combine(folder, $".workbook-{Environment.ProcessId}") : $"{folder}.{Environment.ProcessId}";
        if (isThere) Recover(folder);
        try
        {
            Directory.CreateDirectory(stem + New);
            var result = write(stem + New);
            if (isThere) Exchange(stem + New, folder, stem + Old);
            else Directory.Move(stem + New, folder);
            return result;
        }
        finally
        {
            if (Directory.Exists(stem + New)) Directory.Delete(stem + New, recursive: true);
            if (Directory.Exists(stem + Old)) Directory.Delete(stem + Old, recursive: true);
        }
    }

    static void Exchange(string from, string to, string old)
    {
        var done = new List<string>();
        try
        {
            foreach (var name in Names(from))
            {
                done.Add(name);
                if (File.Exists(Path.Combine(to, name))) Move(to, old, name);
                Move(from, to, name);
            }
        }
        catch
        {
            foreach (var name in done)
            {
                // One that is still where it was written never came into its place, unless it did before the fault.
                if (!File.Exists(Path.Combine(from, name))) Move(to, from, name);
                if (File.Exists(Path.Combine(old, name))) Move(old, to, name);
            }

            throw;
        }
    }

    /// <summary>Puts back what a process that was killed while it renamed had put away, and removes what it left.</summary>
    static void Recover(string folder)
    {
        foreach (var left in Directory.EnumerateDirectories(folder, ".workbook-*").ToList())
        {
            var ending = Path.GetExtension(left);
            var number = Path.GetFileNameWithoutExtension(left)[".workbook-".Length..];
            if (ending is not (New or Old) || !int.TryParse(number, out var process) || AtomicFile.IsAlive(process)) continue;
            foreach (var name in ending == Old ? Names(left) : []) Move(left, folder, name);
            Directory.Delete(left, recursive: true);
        }
    }

    static List<string> Names(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f))
            .Order(StringComparer.Ordinal)];

    static void Move(string from, string to, string name)
    {
        var target = Path.Combine(to, name);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(Path.Combine(from, name), target, overwrite: true);
    }
}
