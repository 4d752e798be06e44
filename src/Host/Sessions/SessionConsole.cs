using System.Text;
using Workbook.Host.Documents;

namespace Workbook.Host.Sessions;

/// <summary>Console.Out or Console.Error of a notebook: each write is a stream output of the cell that wrote it, at once and in order with displays.</summary>
/// <param name="name">stdout or stderr.</param>
sealed class SessionConsole(string name) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Puts this kind of writer behind Console.Out and Console.Error, and the front end behind Console.In.</summary>
    public static void Install()
    {
        Console.SetOut(new SessionConsole("stdout") { NewLine = "\n" });
        Console.SetIn(new SessionInput());
        Console.SetError(new SessionConsole("stderr") { NewLine = "\n" });
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
        if (!string.IsNullOrEmpty(value)) CellSink.Current.Publish(new StreamOutput(name, value));
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
