using System.Text;
using Workbook.Host.Documents;

namespace Workbook.Host.Sessions;

/// <summary>
/// Console.Out or Console.Error of a notebook: each write is a stream output of the cell that wrote it, at once and in order with displays.
/// </summary>
/// <param name="name">stdout or stderr.</param>
sealed class SessionConsole(string name) : TextWriter
{
    const int Longest = 1 << 20;

    static SessionConsole[] own = [];

    /// <summary>The first half of a character whose second has not been written yet, and the cell that wrote it.</summary>
    (CellSink Cell, char Half)? held;

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Puts this kind of writer behind Console.Out and Console.Error, and the front end behind Console.In.</summary>
    public static void Install()
    {
        own = [new SessionConsole("stdout") { NewLine = "\n" }, new SessionConsole("stderr") { NewLine = "\n" }];
        Console.SetOut(own[0]);
        Console.SetIn(new SessionInput());
        Console.SetError(own[1]);
    }

    /// <summary>Publishes what a cell has left half written.</summary>
    public static void Finish()
    {
        foreach (var console in own) console.Flush();
    }

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value)) return;
        var cell = CellSink.Current;
        if (ReferenceEquals(held?.Cell, cell)) (value, held) = (held!.Value.Half + value, null);
        else Flush();
        for (var start = 0; start < value.Length;)
        {
            // One message cannot hold any amount, and none may end between the halves of a character.
            var end = Math.Min(value.Length, start + Longest);
            if (char.IsHighSurrogate(value[end - 1]))
            {
                end--;
                if (end == value.Length - 1) held = (cell, value[end]);
            }

            if (end > start) cell.Publish(new StreamOutput(name, value[start..end]));
            start = held is null ? end : value.Length;
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        if (held is var (cell, half)) cell.Publish(new StreamOutput(name, half.ToString()));
        held = null;
    }

    /// <inheritdoc/>
    public override void WriteLine() => Write(NewLine);

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + NewLine);

    /// <inheritdoc/>
    public override void WriteLine(char[] buffer, int index, int count) => WriteLine(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine(ReadOnlySpan<char> buffer) => WriteLine(buffer.ToString());
}
