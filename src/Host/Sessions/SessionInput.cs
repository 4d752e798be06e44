namespace Workbook.Host.Sessions;

/// <summary>Console.In of a notebook: whoever sits before it is asked for each line when a cell wants one.</summary>
sealed class SessionInput : TextReader
{
    string line = "";

    int position;

    CellSink? owner;

    /// <summary>Asks whoever sits before the notebook.</summary>
    /// <param name="prompt">What is asked.</param>
    /// <param name="isPassword">Whether the answer is not to be seen.</param>
    /// <exception cref="InvalidOperationException">Nobody sits there.</exception>
    public static string Ask(string prompt, bool isPassword) => CellSink.Current.Ask(prompt, isPassword)
        ?? throw new InvalidOperationException(
            $"The cell asks \"{prompt}\", and nobody is there to answer. "
                + "Run it in a front end, or make it a parameter: //| tags: parameters in a cell, and --set.");

    /// <inheritdoc/>
    public override int Peek() => Fill() ? line[position] : -1;

    /// <inheritdoc/>
    public override int Read() => Fill() ? line[position++] : -1;

    bool Fill()
    {
        // What one cell has left of its line is no input of the next.
        var cell = CellSink.Current;
        if (cell == owner && position < line.Length) return true;
        if (cell.Ask("", false) is not { } next) return false;
        (line, position, owner) = (next + "\n", 0, cell);
        return true;
    }
}
