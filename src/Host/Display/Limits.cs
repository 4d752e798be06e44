using Workbook.Host.Documents;

namespace Workbook.Host.Display;

/// <summary>How much of a value is shown. A notebook is for reading; whoever wants all of it prints it.</summary>
static class Limits
{
    /// <summary>Rows of a table, and items of a list.</summary>
    public const int Rows = 20;

    /// <summary>Columns of a table.</summary>
    public const int Columns = 20;

    /// <summary>Objects inside objects.</summary>
    public const int Depth = 3;

    /// <summary>Characters of a value on one line of its own.</summary>
    public const int Line = 2000;

    /// <summary>Characters of a value in a table's cell.</summary>
    public const int Cell = 100;

    /// <summary>The note under a table that shows less than there is; null when it shows all.</summary>
    /// <param name="shown">How many are shown.</param>
    /// <param name="total">How many there are; null when only more is known.</param>
    /// <param name="what">Their plural: rows, columns.</param>
    public static string? Note(int shown, int? total, string what) =>
        total == shown ? null : total is null ? $"… the first {shown} {what} are shown" : $"… {shown} of {total} {what} are shown";
}
