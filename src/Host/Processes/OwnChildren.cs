using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Workbook.Host.Processes;

/// <summary>
/// The processes that this program starts. On Linux it can inherit what loses its parent below it, so whatever is its child and was not
/// started by it is what a worker has left behind, also where that has left its session and cleared its environment.
/// </summary>
static partial class OwnChildren
{
    const int Sigkill = 9, NoHang = 1, SetChildSubreaper = 36, Rounds = 20;

    static readonly Lock Starting = new();

    static readonly HashSet<int> Started = [];

    static bool inherits;

    /// <summary>From now on this process inherits every orphan among its descendants.</summary>
    public static void Inherit()
    {
        if (OperatingSystem.IsLinux()) inherits = ProcessControl(SetChildSubreaper, 1, 0, 0, 0) == 0;
    }

    /// <summary>Starts a process of this program's own.</summary>
    public static Process Start(ProcessStartInfo info)
    {
        lock (Starting)
        {
            var process = Process.Start(info)!;
            Started.Add(process.Id);
            return process;
        }
    }

    /// <summary>Ends what this program has inherited.</summary>
    public static void EndInherited()
    {
        if (!inherits) return;
        lock (Starting)
        {
            for (var round = 0; round < Rounds; round++)
            {
                var found = ProcessTable.Children(Environment.ProcessId).Where(c => !Started.Contains(c.Id)).ToList();
                if (found.TrueForAll(c => c.HasEnded)) round = Rounds;
                foreach (var (id, hasEnded) in found)
                {
                    // Its own children become this program's, and are found in the next round.
                    if (!hasEnded) _ = Signal(id, Sigkill);
                    _ = Wait(id, 0, NoHang);
                }
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint value, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int Wait(int process, nint status, int options);
}
