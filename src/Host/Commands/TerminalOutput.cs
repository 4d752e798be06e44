using System.Text;
using Spectre.Console;

namespace Workbook.Host.Commands;

/// <summary>
/// The terminal, as long as there is one. That it was closed is told by a signal; until that is heard, what is written to it fails, and
/// that is no fault of the run.
/// </summary>
/// <param name="stream">The console's stream, which is another one once the terminal is known to be gone.</param>
sealed class TerminalOutput(Func<TextWriter> stream) : TextWriter, IAnsiConsoleOutput
{
    readonly AnsiConsoleOutput terminal = new(stream());

    /// <inheritdoc/>
    public TextWriter Writer => this;

    /// <inheritdoc/>
    public bool IsTerminal => true;

    /// <inheritdoc/>
    public int Width => terminal.Width;

    /// <inheritdoc/>
    public int Height => terminal.Height;

    /// <inheritdoc/>
    public override Encoding Encoding => stream().Encoding;

    /// <inheritdoc/>
    public void SetEncoding(Encoding encoding) => terminal.SetEncoding(encoding);

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        try
        {
            stream().Write(value);
        }
        catch (IOException)
        {
            // There is nobody left to read it.
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }
}
