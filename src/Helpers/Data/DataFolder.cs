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
        string[] starts = [Directory.GetCurrentDirectory(), AppContext.BaseDirectory];
        foreach (var start in starts)
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "data", Known)) && File.Exists(Path.Combine(folder.FullName, "data", file)))
                    return File.ReadAllText(Path.Combine(folder.FullName, "data", file));
        using var carried = typeof(DataFolder).Assembly.GetManifestResourceStream($"data/{file}") ?? throw Missing(file, starts);
        using var reader = new StreamReader(carried);
        return reader.ReadToEnd();
    }

    static FileNotFoundException Missing(string file, string[] starts) => new(
        $"Expected one of the files {string.Join(", ", Names)}, or a folder 'data' with {file} in or above {string.Join(" or ", starts)}. "
        + $"Received: {file}. Read a file of your own with Csv.Read(path).", file);

    static IEnumerable<string> Names => typeof(DataFolder).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith("data/", StringComparison.Ordinal)).Select(n => n["data/".Length..]).Order(StringComparer.Ordinal);
}
