namespace Workbook.Helpers;

/// <summary>One check as the final tables show it.</summary>
/// <param name="Quantity">What was checked.</param>
/// <param name="Ours">What was computed here.</param>
/// <param name="Reference">What it should be.</param>
/// <param name="Source">Where the reference comes from: a closed form, scikit-learn, R, a theorem.</param>
/// <param name="Difference">The difference, in the measure of the tolerance.</param>
/// <param name="Tolerance">The largest difference that passes.</param>
/// <param name="Passed">Whether it passed.</param>
public sealed record CheckRow(string Quantity, string Ours, string Reference, string Source, string Difference, string Tolerance,
    bool Passed)
{
    /// <summary>Whether the row is a value known elsewhere; the check itself decides.</summary>
    public CheckKind Kind { get; init; } = CheckKind.Claim;

    /// <summary>The sign that begins a check's line: the runner counts lines that begin with it.</summary>
    internal string Sign => Passed ? "✓" : "✗";
}
