using System.Globalization;
using Workbook.Host.Documents;

namespace Workbook.Host.Run.Verification;

/// <summary>
/// How far the numbers in a cell's outputs may differ from those that are stored, as <c>//| tolerance: 0.01</c> declares it.
/// </summary>
static class CellTolerance
{
    /// <summary>The tolerance where a cell declares none.</summary>
    const double Default = 1e-6;

    /// <summary>Reads the tolerance of a cell; null where it is <c>any</c>, so that the cell is not compared.</summary>
    /// <returns>What is wrong with what the cell declares; null when nothing is.</returns>
    public static string? Read(string source, out double? tolerance)
    {
        var option = CellOptions.Value(source, "tolerance");
        tolerance = option == "any" ? null : Default;
        if (option is null or "any") return null;
        if (!double.TryParse(option, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number < 0
            || !double.IsFinite(number))
            return $"Expected a tolerance that is a number such as 0.01, or any. Received: {option}.";
        tolerance = number;
        return null;
    }
}
