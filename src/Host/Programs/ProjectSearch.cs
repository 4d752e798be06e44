namespace Workbook.Host.Programs;

/// <summary>Finds the project that an assembly is built from: the one of its name in the repository around the notebook.</summary>
static class ProjectSearch
{
    /// <summary>The project as seen from a folder; null where there is none.</summary>
    /// <param name="assembly">The argument of a <c>#r</c>.</param>
    /// <param name="notebook">The notebook's path.</param>
    /// <param name="folder">Where the program will lie.</param>
    public static string? Find(string assembly, string notebook, string folder)
    {
        for (var at = new DirectoryInfo(Path.GetDirectoryName(Path.GetFullPath(notebook))!); at is not null; at = at.Parent)
        {
            if (!at.EnumerateFiles("*.sln*").Any() && !Path.Exists(Path.Combine(at.FullName, ".git"))) continue;
            var name = $"{Path.GetFileNameWithoutExtension(assembly.Replace('\\', '/'))}.csproj";
            var options = new EnumerationOptions
            {
                RecurseSubdirectories = true,
                IgnoreInaccessible = true,
                AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden,
                MaxRecursionDepth = 6
            };
            return at.EnumerateFiles(name, options).Select(f => Path.GetRelativePath(folder, f.FullName).Replace('\\', '/'))
                .FirstOrDefault();
        }

        return null;
    }
}
