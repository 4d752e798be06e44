namespace Workbook.Helpers;

/// <summary>The data files: those of the repository where the program runs in it, else those that this assembly carries.</summary>
static class DataFolder
{
    const string Known = "diabetes.csv";

    /// <summary>
    /// The text of a file in the folder <c>data</c>, which is looked for above the working directory and above this assembly.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static string Read(string file)
    {
        if (InRepository(file) is { } path) return File.ReadAllText(path);
        using var reader = new StreamReader(Carried(file));
        return reader.ReadToEnd();
    }

    /// <summary>Where a file lies; what this assembly carries is copied to the folder for temporary files.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static string Path(string file)
    {
        if (InRepository(file) is { } path) return path;
        using var carried = Carried(file);
        var folder = Directory.CreateTempSubdirectory("workbook-data-").FullName;
        var copy = System.IO.Path.Combine(folder, file);
        using var to = File.Create(copy);
        carried.CopyTo(to);
        return copy;
    }

    static string[] Starts => [Directory.GetCurrentDirectory(), AppContext.BaseDirectory];

    static string? InRepository(string file)
    {
        foreach (var start in Starts)
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                string At(string name) => System.IO.Path.Combine(folder.FullName, "data", name);
                if (File.Exists(At(Known)) && File.Exists(At(file))) return At(file);
            }
        return null;
    }

    static Stream Carried(string file) =>
        typeof(DataFolder).Assembly.GetManifestResourceStream($"data/{file}") ?? throw Missing(file, Starts);

    static FileNotFoundException Missing(string file, string[] starts) => new(
        $"Expected one of the files {string.Join(", ", Names)}, or a folder 'data' with {file} in or above {string.Join(" or ", starts)}. "
        + $"Received: {file}. Read a file of your own with Csv.Read(path).", file);

    static IEnumerable<string> Names => typeof(DataFolder).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith("data/", StringComparison.Ordinal)).Select(n => n["data/".Length..]).Order(StringComparer.Ordinal);
}
