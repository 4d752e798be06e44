using System.Runtime.CompilerServices;
using System.Text;

namespace Workbook.Tests;

/// <summary>What a test writes to the error stream: tests run side by side, and none hears another.</summary>
static class ErrorStream
{
    static readonly AsyncLocal<StringWriter?> heard = new();

    [ModuleInitializer]
    internal static void Listen() => Console.SetError(new ByFlow(Console.Error));

    /// <summary>What is said while something is done, also in tasks that it starts.</summary>
    public static string Of(Action act)
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

    sealed class ByFlow(TextWriter console) : TextWriter
    {
        public override Encoding Encoding => console.Encoding;

        TextWriter Now => heard.Value ?? console;

        public override void Write(char value) => Now.Write(value);

        public override void Write(string? value) => Now.Write(value);

        public override void WriteLine(string? value) => Now.WriteLine(value);

        public override void Flush() => Now.Flush();
    }
}
