using System.Text.RegularExpressions;

namespace Workbook.Host.Wording;

/// <summary>Which warnings say the same: those that differ in numbers and in quoted names only.</summary>
static partial class WarningKind
{
    /// <summary>What a warning begins with.</summary>
    public const string Mark = "Warning: ";

    /// <summary>The kind of a warning: its words without what varies.</summary>
    public static string Of(string warning) => Varying().Replace(warning, "…");

    [GeneratedRegex(@"'[^']*'|-?\d[\d.,eE+-]*|NaN|-?Infinity|∞")]
    private static partial Regex Varying();
}
