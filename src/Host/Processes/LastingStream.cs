using System.Text;

namespace Workbook.Host.Processes;

/// <summary>
/// The standard output or the standard error, where it is a file, a pipe or closed. It may come to take nothing more: a disk is full. That
/// is said once, on the other of the two, and ends nothing; only the exit code is no success any more.
/// </summary>
/// <param name="stream">What is written to.</param>
/// <param name="name">Its name, for the message.</param>
/// <param name="other">Where to say that it takes nothing more.</param>
sealed class LastingStream(TextWriter stream, string name, Func<TextWriter> other) : TextWriter
{
    static volatile bool anyLost;

    bool isLost;

    /// <summary>Lets both streams of this process last.</summary>
    public static void Guard()
    {
        if (Console.IsOutputRedirected) Console.SetOut(new LastingStream(Console.Out, "output", () => Console.Error));
        if (Console.IsErrorRedirected) Console.SetError(new LastingStream(Console.Error, "error", () => Console.Out));
    }

    /// <summary>The exit code of a command whose words may have been lost.</summary>
    public static int Outcome(int exitCode) => exitCode == ExitCodes.Passed && anyLost ? ExitCodes.Failed : exitCode;

    public override Encoding Encoding => stream.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void WriteLine(string? value) => Write($"{value}{NewLine}".AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (isLost) return;
        try
        {
            stream.Write(buffer);
            stream.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            isLost = anyLost = true;
            var why = (e.InnerException ?? e).Message;
            other().WriteLine($"The standard {name} takes nothing more: {why}. What would follow there is lost.");
        }
    }
}
