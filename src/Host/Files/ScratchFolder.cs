namespace Workbook.Host.Files;

/// <summary>
/// A temporary folder, so that notebooks that run side by side do not meet; it goes with the run. One whose run was killed is removed by a
/// later run:
/// it is known by a file that its owner holds locked as long as it lives.
/// </summary>
sealed class ScratchFolder : IDisposable
{
    const string Prefix = "workbook-";

    const string Alive = "alive";

    /// <summary>The path of a pipe or socket may have about a hundred characters.</summary>
    const int LongestRoot = 60;

    /// <summary>Between the making of a folder and that of its lock, another run must not take it for an abandoned one.</summary>
    static readonly TimeSpan Youth = TimeSpan.FromMinutes(1);

    static readonly Lock Collecting = new();

    static readonly HashSet<string> Collected = [];

    readonly string path;

    readonly FileStream alive;

    /// <summary>A new folder in the system's temporary folder.</summary>
    public ScratchFolder() : this(TemporaryFolder.Path)
    {
    }

    ScratchFolder(string root)
    {
        lock (Collecting)
            if (Collected.Add(root)) Collect(root);
        path = Path.Combine(root, $"{Prefix}{Guid.NewGuid():N}"[..(Prefix.Length + 12)]);
        TemporaryFolder.MakeOwn(path);
        alive = new FileStream(At(Alive), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        TemporaryFolder.MakeOwn(At("t"));
    }

    /// <summary>
    /// A new folder in which a pipe or socket can lie, in the system's temporary folder if its path is not too long for that.
    /// </summary>
    public static ScratchFolder WithShortPath() =>
        new(new[] { TemporaryFolder.Path, "/tmp", "/var/tmp" }.FirstOrDefault(r => r.Length <= LongestRoot && Directory.Exists(r))
            ?? TemporaryFolder.Path);

    /// <summary>The variables that make it the temporary folder of a process.</summary>
    public IReadOnlyDictionary<string, string> Environment => new[] { "TMPDIR", "TEMP", "TMP" }.ToDictionary(n => n, _ => At("t"));

    /// <summary>The path of something in the folder.</summary>
    public string At(string name) => Path.Combine(path, name);

    /// <summary>Removes the folder with all that is in it, as far as what used it has left it so that it can be removed.</summary>
    public void Dispose()
    {
        alive.Dispose();
        Remove(path);
    }

    static void Collect(string root)
    {
        foreach (var folder in new DirectoryInfo(root).EnumerateDirectories($"{Prefix}*",
            new EnumerationOptions { IgnoreInaccessible = true }))
            if (folder.LinkTarget is null && folder.LastWriteTimeUtc < DateTime.UtcNow - Youth && IsAbandoned(folder.FullName))
                Remove(folder.FullName);
    }

    static bool IsAbandoned(string folder)
    {
        var mark = Path.Combine(folder, Alive);
        if (!File.Exists(mark) || !TemporaryFolder.IsOwn(folder)) return false;
        try
        {
            using var locked = new FileStream(mark, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cell removed it already, or left in it what cannot be deleted. Neither is part of the run's outcome; the system clears its
            // temporary folder.
        }
    }
}
