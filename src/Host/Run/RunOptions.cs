using Workbook.Host.Export;
using Workbook.Host.Run.Parameters;

namespace Workbook.Host.Run;

/// <summary>How notebooks are run.</summary>
sealed record RunOptions
{
    /// <summary>How long one cell may take.</summary>
    public TimeSpan CellTimeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How long a whole notebook may take.</summary>
    public TimeSpan NotebookTimeout { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The folder for what a run leaves behind; null, the default, leaves nothing.</summary>
    public string? Output { get; init; }

    /// <summary>How many notebooks run side by side.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>How much managed memory a notebook may use, in bytes; null for as much as there is.</summary>
    public long? Memory { get; init; }

    /// <summary>Values for the parameters of the notebooks.</summary>
    public IReadOnlyList<Assignment> Assignments { get; init; } = [];

    /// <summary>Which cells run.</summary>
    public CellSelection Only { get; init; } = CellSelection.All;

    /// <summary>
    /// What the notebooks' library is asked to compute with, as the environment variable WORKBOOK_BACKEND; null leaves the choice to it.
    /// </summary>
    public string? Backend { get; init; }

    /// <summary>Whether notebooks are left out of which nothing has changed since their last green run.</summary>
    public bool Changed { get; init; }

    /// <summary>Whether packages must be had in the versions that are asked for.</summary>
    public bool Locked { get; init; }

    /// <summary>Whether .NET Interactive runs the notebooks instead of this host.</summary>
    public bool Foreign { get; init; }

    /// <summary>Whether fresh outputs are compared with stored ones.</summary>
    public bool Verify { get; init; }

    /// <summary>Whether stored outputs are replaced by fresh ones.</summary>
    public bool Update { get; init; }

    /// <summary>Whether HTML and scripts of the notebooks' own are kept off the pages.</summary>
    public bool IsSanitized { get; init; }

    /// <summary>What the pages have in common; null makes pages that stand alone.</summary>
    public BookFrame? Frame { get; init; }

    /// <summary>Whether what cells write is shown while they run.</summary>
    public bool ShowOutput { get; init; }
}
