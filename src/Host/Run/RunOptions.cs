namespace Workbook.Host.Run;

/// <summary>How notebooks are run.</summary>
internal sealed record RunOptions
{
    /// <summary>How long one cell may take.</summary>
    public TimeSpan CellTimeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How long a whole notebook may take.</summary>
    public TimeSpan NotebookTimeout { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The folder for what a run leaves behind.</summary>
    public string Output { get; init; } = "out";
}
