using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Workbook.Host.Processes;

/// <summary>
/// How this program starts itself again, whether it runs as an executable of its own, under <c>dotnet</c>, as a tool, or inside a test.
/// </summary>
static class HostCommand
{
    /// <summary>Puts the program and its arguments into a start.</summary>
    public static void Set(ProcessStartInfo info, params string[] arguments)
    {
        var library = typeof(HostCommand).Assembly.Location;
        var executable = Path.ChangeExtension(library, OperatingSystem.IsWindows() ? ".exe" : null);
        info.FileName = File.Exists(executable) ? executable : Dotnet();
        if (!File.Exists(executable)) info.ArgumentList.Add(library);
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
    }

    /// <summary>The dotnet command that belongs to the running .NET.</summary>
    public static string Dotnet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var own = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(own) ? own : name;
    }
}
