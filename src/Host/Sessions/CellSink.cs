using Workbook.Host.Documents;

namespace Workbook.Host.Sessions;

/// <summary>Where the outputs of one cell go. A task that a cell started keeps writing to that cell, however late it writes.</summary>
/// <param name="Publish">Takes an output as it happens.</param>
/// <param name="Replace">Takes the new content of all outputs with a display id.</param>
sealed record CellSink(Action<CellOutput> Publish, Action<string, MimeBundle> Replace)
{
    /// <summary>Takes back the outputs so far: at once, or when it is given true, when the next one comes.</summary>
    public Action<bool> Clear { get; init; } = _ => { };

    /// <summary>
    /// Waits for the next line of input, without its end; null when the input is at its end. It is given what is asked, and whether the
    /// answer is not to be seen.
    /// </summary>
    public Func<string, bool, string?> Ask { get; init; } = (_, _) => null;

    static readonly AsyncLocal<CellSink?> Flowing = new();

    static volatile CellSink? latest;

    /// <summary>The sink of the cell that started the running code; the latest cell's where the code came without its context.</summary>
    /// <exception cref="InvalidOperationException">No cell has begun to run.</exception>
    public static CellSink Current =>
        Flowing.Value ?? latest ?? throw new InvalidOperationException("A value can be displayed only while a notebook runs.");

    /// <summary>Makes this the sink of the code that runs from here on.</summary>
    public void Enter() => Flowing.Value = latest = this;
}
