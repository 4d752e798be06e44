using Workbook.Host.Wording;

namespace Workbook.Host.Workers.Outside;

/// <summary>Says in words how a worker ended.</summary>
static class ExitReason
{
    /// <summary>The words for an exit code; on Unix, 128 and more means a signal.</summary>
    public static string Words(int exitCode) => exitCode switch
    {
        134 => "The process was aborted (exit code 134): a stack overflow, a crash in native code, an exception on a thread that nothing "
            + "catches, or Environment.FailFast. Its last words are on stderr.",
        135 or 136 or 139 => $"Native code crashed the process (exit code {exitCode}).",
        137 => "The process was killed (exit code 137), by the system if memory ran out.",
        _ when OperatingSystem.IsWindows() && exitCode < 0 => $"The process crashed (0x{exitCode:X8}). Its last words are on stderr.",
        _ => $"The cell ended the process with exit code {exitCode} (Environment.Exit?). A notebook must not end its process.",
    };
}
