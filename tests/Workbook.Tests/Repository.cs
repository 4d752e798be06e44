namespace Workbook.Tests;

/// <summary>The checkout that the tests run in.</summary>
static class Repository
{
    /// <summary>The folder that holds Workbook.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>The full path of a file or folder given relative to the root, with forward slashes.</summary>
    public static string File(string path) => Path.Combine(Root, path.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The C# files below a folder, relative to the root with forward slashes; what builds leave there is left out.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(File(folder), "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Workbook.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"Workbook.sln was not found above {AppContext.BaseDirectory}.");
    }
}
