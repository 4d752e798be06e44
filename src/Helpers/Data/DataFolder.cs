namespace Workbook.Helpers;

/// <summary>The repository's folder with the data files.</summary>
static class DataFolder
{
    const string Known = "diabetes.csv";

    /// <summary>The full path of a file in the folder <c>data</c>, which is looked for above the working directory and above this assembly.</summary>
    /// <exception cref="FileNotFoundException">There is no such folder, or no such file in it.</exception>
    public static string File(string file)
    {
        string[] starts = [Directory.GetCurrentDirectory(), Path.GetDirectoryName(typeof(DataFolder).Assembly.Location) ?? ""];
        foreach (var start in starts.Where(s => s != ""))
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (System.IO.File.Exists(Path.Combine(folder.FullName, "data", Known)) && System.IO.File.Exists(Path.Combine(folder.FullName, "data", file)))
                    return Path.Combine(folder.FullName, "data", file);
        throw new FileNotFoundException(
            $"Expected a folder 'data' with {file}, in or above {string.Join(" or ", starts.Where(s => s != ""))}. Received: none. Run the notebook inside the repository.", file);
    }
}
