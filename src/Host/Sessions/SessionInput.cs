namespace Workbook.Host.Sessions;

/// <summary>Console.In of a notebook: whoever sits before it is asked for each line when a cell wants one.</summary>
internal sealed class SessionInput : TextReader
{
    string line = "";

    int position;

    /// <inheritdoc/>
    public override int Peek() => Fill() ? line[position] : -1;

    /// <inheritdoc/>
    public override int Read() => Fill() ? line[position++] : -1;

    bool Fill()
    {
        if (position < line.Length) return true;
        if (CellSink.Current.ReadLine() is not { } next) return false;
        (line, position) = (next + "\n", 0);
        return true;
    }
}
