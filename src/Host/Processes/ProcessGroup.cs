using System.Runtime.InteropServices;

namespace Workbook.Host.Processes;

/// <summary>
/// A worker and all that its cells start, as one group that can be ended as a whole. Without it, a process that a cell started would
/// live on as nobody's child once the worker has exited. Unix only; Windows has no such groups, and there the worker's children are ended by their descent.
/// </summary>
static partial class ProcessGroup
{
    const int Sigkill = 9;

    /// <summary>Makes this process the leader of a group, and of a session of its own: what it starts cannot stop at a terminal either.</summary>
    public static void Lead()
    {
        if (!OperatingSystem.IsWindows()) _ = NewSession();
    }

    /// <summary>Ends every process of the group that is still there.</summary>
    /// <param name="leader">The id of the process that leads it, or has led it.</param>
    public static void Kill(int leader)
    {
        if (!OperatingSystem.IsWindows()) _ = Signal(-leader, Sigkill);
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int NewSession();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
