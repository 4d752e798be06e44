namespace Workbook.Tests.Helpers;

/// <summary>
/// What an action prints to the console. Tests that use it share the collection <c>Console</c>, so that they do not run beside each other.
/// </summary>
static class Printed
{
    /// <summary>The text without the last line end; an exception of the action passes.</summary>
    public static string By(Action action)
    {
        var (before, writer) = (Console.Out, new StringWriter());
        Console.SetOut(writer);
        try
        {
            action();
        }
        finally
        {
            Console.SetOut(before);
        }
        return writer.ToString().TrimEnd();
    }
}
