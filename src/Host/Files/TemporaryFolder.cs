using System.Runtime.InteropServices;

namespace Workbook.Host.Files;

/// <summary>The system's folder for temporary files.</summary>
static partial class TemporaryFolder
{
    const string Variable = "TMPDIR";

    const string Usual = "/tmp";

    const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The folder.</summary>
    public static string Path => System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetTempPath());

    /// <summary>Sees to it that there is one, for this process and those that it starts.</summary>
    /// <returns>What was wrong with the one that the environment names; null when nothing was.</returns>
    public static string? Settle()
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(Path)) return null;
        var received = Path;
        Environment.SetEnvironmentVariable(Variable, Usual);
        return $"{Variable}: expected a folder. Received: {received}, which is none. {Usual} is used.";
    }

    /// <summary>Makes a folder that only this user can enter.</summary>
    public static void MakeOwn(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnersOnly);
    }

    /// <summary>Whether a folder was made by this user for this user alone.</summary>
    public static bool IsOwn(string path) =>
        OperatingSystem.IsWindows() || FileKind.Of(path) is { } found && found.Owner == User() && found.Permissions == OwnersOnly;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint User();
}
