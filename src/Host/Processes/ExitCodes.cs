namespace Workbook.Host.Processes;

/// <summary>How a run tells its outcome. Of several, the highest counts.</summary>
static class ExitCodes
{
    /// <summary>Every cell did what it promises.</summary>
    public const int Passed = 0;

    /// <summary>A cell failed, a notebook could not be read, or an output differs under --verify.</summary>
    public const int Failed = 1;

    /// <summary>
    /// The command line asks for what cannot be done: an unknown option, a missing path, an output folder that cannot be written, nothing
    /// to verify.
    /// </summary>
    public const int Usage = 2;

    /// <summary>A cell timed out or ended its process.</summary>
    public const int TimedOutOrCrashed = 3;

    /// <summary>The run was ended from outside, by Ctrl+C or a signal.</summary>
    public const int Interrupted = 130;
}
