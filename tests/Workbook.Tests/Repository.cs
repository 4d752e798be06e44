namespace Workbook.Tests;

/// <summary>The checkout that the tests run in.</summary>
static class Repository
{
    /// <summary>The folder that holds Workbook.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>The full path of a file or folder given relative to the root, with forward slashes.</summary>
    public static string File(string path) => Path.Combine(Root, path.Replace('/', Path.DirectorySeparatorChar));

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Workbook.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"Workbook.sln was not found above {AppContext.BaseDirectory}.");
    }
}
