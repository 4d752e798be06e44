namespace Workbook.Tensors.TensorFlow.Loading;

/// <summary>
/// Where native libraries are found by name. A file is looked at before it is loaded, so the loader is not asked: it would map what it
/// finds.
/// </summary>
static class LoaderFolders
{
    /// <summary>Those of packages, as the runtime or the notebook's program names them.</summary>
    public static IEnumerable<string> Packages() => Split(AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string);

    /// <summary>The system's: what the user has set, then what is always looked at.</summary>
    public static IEnumerable<string> System() =>
        OperatingSystem.IsWindows() ? Split(Environment.GetEnvironmentVariable("PATH"))
        : [.. Split(Environment.GetEnvironmentVariable(OperatingSystem.IsMacOS() ? "DYLD_LIBRARY_PATH" : "LD_LIBRARY_PATH")),
            .. Configured(), "/usr/local/lib", "/usr/lib", "/usr/lib64"];

    /// <summary>What an administrator has added on Linux, the distribution's own folders among it.</summary>
    static IEnumerable<string> Configured() =>
        Directory.Exists("/etc/ld.so.conf.d")
            ? Directory.EnumerateFiles("/etc/ld.so.conf.d", "*.conf").Order(StringComparer.Ordinal).SelectMany(File.ReadLines)
                .Select(l => l.Trim()).Where(l => l.StartsWith('/')) : [];

    static IEnumerable<string> Split(string? folders) =>
        (folders ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Path.TrimEndingDirectorySeparator);
}
