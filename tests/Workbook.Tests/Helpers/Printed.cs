namespace Workbook.Tests.Helpers;

/// <summary>What an action prints to the console.</summary>
static class Printed
{
    /// <summary>The text without the last line end; an exception of the action passes.</summary>
    public static string By(Action action) => ByFlow.Output.Of(action).TrimEnd();
}
