using System.Globalization;

namespace Workbook.Host.Processes;

/// <summary>
/// The processor time of one thread, whatever else its process and the machine do. Where the system does not say it (all but Linux), that
/// of the whole process.
/// </summary>
sealed class ThreadClock
{
    const string Own = "/proc/thread-self";

    /// <summary>As programs see it on Linux, whatever the kernel's own clock is.</summary>
    const double TicksPerSecond = 100;

    readonly string? file;

    readonly TimeSpan start;

    ThreadClock(string? file) => (this.file, start) = (file, Now(file));

    /// <summary>A clock of the calling thread, which any thread may read. It begins at 0.</summary>
    public static ThreadClock OfThis()
    {
        // The link reads <process>/task/<thread>, and only this thread's says which it is.
        var file = new FileInfo(Own).LinkTarget is { } own ? $"/proc/{own}/stat" : null;
        return new ThreadClock(File.Exists(file) ? file : null);
    }

    /// <summary>What the thread has used by now; null when it has ended.</summary>
    public TimeSpan? Elapsed
    {
        get
        {
            try
            {
                return Now(file) - start;
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    static TimeSpan Now(string? file)
    {
        if (file is null) return Environment.CpuUsage.TotalTime;
        // Behind the name, which may hold anything, come the state and numbers; the twelfth and thirteenth are the times.
        var text = File.ReadAllText(file);
        var numbers = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((Number(numbers[11]) + Number(numbers[12])) / TicksPerSecond);
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
