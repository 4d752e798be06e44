using Workbook.Tensors;

namespace Workbook.Tests;

/// <summary>What a test writes to the error stream.</summary>
static class ErrorStream
{
    /// <summary>What is said while something is done, also in tasks that it starts.</summary>
    public static string Of(Action act) => ByFlow.Errors.Of(act);

    /// <summary>The same, where no warning counts as said before: neither by this test nor by one beside it.</summary>
    public static string Anew(Action act) => Of(() =>
    {
        using (Warnings.Hear(message =>
        {
            Console.Error.WriteLine("Warning: " + message);
            return true;
        })) act();
    });
}
