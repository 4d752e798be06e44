namespace Workbook.Host.Run;

/// <summary>A temporary folder for one notebook, so that notebooks that run side by side do not meet; it goes with the run.</summary>
internal sealed class ScratchFolder : IDisposable
{
    readonly string path = Directory.CreateTempSubdirectory("workbook-").FullName;

    /// <summary>The variables that make it the temporary folder of a process.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["TMPDIR"] = path, ["TEMP"] = path, ["TMP"] = path };

    /// <summary>Removes the folder with all that is in it.</summary>
    public void Dispose() => Directory.Delete(path, recursive: true);
}
