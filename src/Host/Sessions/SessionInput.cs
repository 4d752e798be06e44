namespace Workbook.Host.Sessions;

/// <summary>Console.In of a notebook: whoever sits before it is asked for each line when a cell wants one.</summary>
sealed class SessionInput : TextReader
{
    string line = "";

    int position;

    CellSink? owner;

    /// <inheritdoc/>
    public override int Peek() => Fill() ? line[position] : -1;

    /// <inheritdoc/>
    public override int Read() => Fill() ? line[position++] : -1;

    bool Fill()
    {
        // What one cell has left of its line is no input of the next.
        var cell = CellSink.Current;
        if (cell == owner && position < line.Length) return true;
        if (cell.ReadLine() is not { } next) return false;
        (line, position, owner) = (next + "\n", 0, cell);
        return true;
    }
}
