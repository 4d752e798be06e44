namespace Workbook.Host.Files;

/// <summary>A temporary folder for one notebook, so that notebooks that run side by side do not meet; it goes with the run.</summary>
sealed class ScratchFolder : IDisposable
{
    readonly string path = Directory.CreateTempSubdirectory("workbook-").FullName;

    /// <summary>The variables that make it the temporary folder of a process.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["TMPDIR"] = path, ["TEMP"] = path, ["TMP"] = path };

    /// <summary>Removes the folder with all that is in it, as far as the notebook's cells have left it so that it can be removed.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cell removed it already, or left in it what cannot be deleted. Neither is part of the run's outcome; the system clears its temporary folder.
        }
    }
}
