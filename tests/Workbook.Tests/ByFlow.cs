using System.Runtime.CompilerServices;
using System.Text;
using Xunit;

namespace Workbook.Tests;

/// <summary>
/// A stream of the console while tests run side by side: what a test writes is heard by who listens in its flow, else it belongs to the
/// test's own output, which is shown if the test fails.
/// </summary>
sealed class ByFlow(TextWriter console) : TextWriter
{
    readonly AsyncLocal<StringWriter?> heard = new();

    public static ByFlow Output { get; } = new(Console.Out);

    public static ByFlow Errors { get; } = new(Console.Error);

    public override Encoding Encoding => console.Encoding;

    [ModuleInitializer]
    internal static void Install()
    {
        Console.SetOut(Output);
        Console.SetError(Errors);
    }

    /// <summary>What is written while something is done, also by tasks that it starts; an exception passes.</summary>
    public string Of(Action act)
    {
        var outer = heard.Value;
        var writer = new StringWriter();
        heard.Value = writer;
        try
        {
            act();
        }
        finally
        {
            heard.Value = outer;
        }
        return writer.ToString();
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void WriteLine() => Write(console.NewLine);

    public override void WriteLine(string? value) => Write(value + console.NewLine);

    public override void Write(string? value)
    {
        if (heard.Value is { } listener)
            lock (listener) listener.Write(value);
        else if (!ToTest(value)) console.Write(value);
    }

    public override void Flush() => console.Flush();

    static bool ToTest(string? value)
    {
        if (TestContext.Current.TestOutputHelper is not { } test) return false;
        try
        {
            test.Write(value ?? "");
            return true;
        }
        catch (InvalidOperationException)
        {
            // Its test is over: a task that it left behind.
            return false;
        }
    }
}
