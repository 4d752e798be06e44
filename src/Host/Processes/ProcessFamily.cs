using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Workbook.Host.Processes;

/// <summary>
/// A worker and all that its cells start. Without it, a process that a cell started would live on as nobody's child once the worker has
/// exited.
/// On Unix it is a group that is ended as a whole. On Linux what has left the group is found too: the worker inherits every orphan among
/// its descendants,
/// and each process carries the family's mark in its environment. What has left the group, has cleared its environment and outlives its
/// worker's crash is the host's child then: see <see cref="OwnChildren"/>.
/// </summary>
static partial class ProcessFamily
{
    /// <summary>The environment variable that holds the mark.</summary>
    public const string Variable = "WORKBOOK_FAMILY";

    const int Sigkill = 9;

    /// <summary>Whoever starts processes faster than they are found is ended with the group; then their mark remains.</summary>
    const int Rounds = 20;

    /// <summary>
    /// Makes this process the head of a family: of a group, and of a session of its own, so that what it starts cannot stop at a terminal
    /// either.
    /// </summary>
    public static void Found()
    {
        if (OperatingSystem.IsWindows()) return;
        _ = NewSession();
        OwnChildren.Inherit();
    }

    /// <summary>Ends the head and every process of the family that can be found.</summary>
    /// <param name="head">The process that leads it.</param>
    /// <param name="mark">What its members have in their environment.</param>
    public static void End(Process head, string mark)
    {
        if (OperatingSystem.IsWindows())
        {
            if (!head.HasExited) head.Kill(entireProcessTree: true);
            return;
        }

        // The head goes last: as long as it lives, whatever loses its parent becomes its child and can be found.
        if (!head.HasExited) EndDescendants(head.Id);

        // The runtime stops each process of a tree before it ends it, and a host that is itself killed in between leaves them so. A signal
        // to the group does not.
        _ = Signal(-head.Id, Sigkill);
        if (!head.HasExited) _ = Signal(head.Id, Sigkill);
        if (OperatingSystem.IsLinux()) EndAll(() => ProcessTable.Marked(Variable, mark));
    }

    /// <summary>Ends the family that this process heads, and this process.</summary>
    public static void EndOwn()
    {
        if (!OperatingSystem.IsWindows())
        {
            EndChildren();
            _ = Signal(-Environment.ProcessId, Sigkill);
        }

        Process.GetCurrentProcess().Kill();
    }

    /// <summary>Ends what this process heads, before it goes itself: then nobody can find what has left its session and its mark.</summary>
    public static void EndChildren() => EndDescendants(Environment.ProcessId);

    static void EndDescendants(int head)
    {
        if (OperatingSystem.IsLinux()) EndAll(() => ProcessTable.Descendants(head));
    }

    static void EndAll(Func<IReadOnlyList<int>> find)
    {
        for (var round = 0; round < Rounds && find() is { Count: > 0 } found; round++)
            foreach (var id in found) _ = Signal(id, Sigkill);
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int NewSession();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
