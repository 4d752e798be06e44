namespace Workbook.Tensors.TensorFlow.Loading;

/// <summary>Where Python's package managers put TensorFlow: the folder <c>tensorflow</c> among the packages of an installation.</summary>
static class PythonInstallations
{
    /// <summary>
    /// The folders of that name: of PYTHONPATH, the active environment, the Pythons on the PATH, the user. None of them is started.
    /// </summary>
    public static IEnumerable<string> Folders()
    {
        var packages = Paths("PYTHONPATH").Concat(Roots().SelectMany(Packages));
        return packages.Select(p => Path.Combine(p, "tensorflow")).Where(Directory.Exists).Distinct();
    }

    static IEnumerable<string> Roots()
    {
        string[] environments = [.. Paths("VIRTUAL_ENV"), .. Paths("CONDA_PREFIX")];
        var executables = OperatingSystem.IsWindows() ? new[] { "python.exe" } : ["python3", "python"];
        var found = Paths("PATH").Where(f => executables.Any(e => File.Exists(Path.Combine(f, e))))
            .Select(f => OperatingSystem.IsWindows() ? f : Path.Combine(f, ".."));
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return [.. environments, .. found, .. OperatingSystem.IsWindows() ? [] : new[] { "/usr/local" },
            OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "Python")
                : Path.Combine(home, ".local")];
    }

    static IEnumerable<string> Packages(string root)
    {
        if (OperatingSystem.IsWindows())
            return [Path.Combine(root, "Lib", "site-packages"), .. Versions(root).Select(v => Path.Combine(v, "site-packages"))];
        var library = Path.Combine(root, "lib");
        return [.. Versions(library).SelectMany(v => new[] { Path.Combine(v, "site-packages"), Path.Combine(v, "dist-packages") }),
            Path.Combine(library, "python3", "dist-packages")];
    }

    /// <summary>python3.12 and the like, the newest first.</summary>
    static IEnumerable<string> Versions(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder, "python3*",
                new EnumerationOptions { IgnoreInaccessible = true, MatchCasing = MatchCasing.CaseInsensitive })
                    .OrderByDescending(v => v.Length).ThenByDescending(v => v) : [];

    static string[] Paths(string variable) =>
        Environment.GetEnvironmentVariable(variable)?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
}
