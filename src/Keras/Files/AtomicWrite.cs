namespace Workbook.Keras;

/// <summary>Writes a file so that one that is there stays as it is until the new one is complete.</summary>
static class AtomicWrite
{
    /// <param name="path">The file; folders are made.</param>
    /// <param name="write">Writes everything to a new file beside it, which then takes its place.</param>
    /// <exception cref="IOException">It cannot be written, for example because the disk is full; what was there is untouched.</exception>
    public static void To(string path, Action<Stream> write)
    {
        var whole = Path.GetFullPath(path);
        if (Path.GetDirectoryName(whole) is { } folder) Directory.CreateDirectory(folder);
        var half = $"{whole}.{Environment.ProcessId}.part";
        try
        {
            using (var stream = File.Create(half))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(half, whole, overwrite: true);
        }
        finally
        {
            File.Delete(half);
        }
    }
}
