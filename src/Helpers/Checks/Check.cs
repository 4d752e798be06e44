using static Workbook.Helpers.Numbers;

namespace Workbook.Helpers;

/// <summary>What a notebook asserts. Each check prints one line, adds a row to the ground-truth table, and throws when it fails.</summary>
/// <remarks>
/// A line begins with "✓ " or "✗ ": whoever runs the notebook counts these lines. The rows live as long as the process, which runs
/// one notebook.
/// </remarks>
public static class Check
{
    static readonly List<CheckRow> Recorded = [];

    /// <summary>The checks so far, in their order.</summary>
    public static IReadOnlyList<CheckRow> Rows => Recorded;

    /// <summary>A number equals a reference within a tolerance: |ours − reference| ≤ within, or ≤ relative · |reference|.</summary>
    /// <param name="quantity">What is checked, as the table names it.</param>
    /// <param name="ours">What was computed here.</param>
    /// <param name="reference">What it should be.</param>
    /// <param name="within">The largest absolute difference; state this or <paramref name="relative"/>.</param>
    /// <param name="relative">The largest difference as a part of the reference.</param>
    /// <param name="source">Where the reference comes from.</param>
    /// <exception cref="CheckException">The difference is larger, or a number is NaN.</exception>
    /// <exception cref="ArgumentException">Neither tolerance is given, or both are.</exception>
    public static void Equal(string quantity, double ours, double reference, double? within = null, double? relative = null, string source = "")
    {
        if (within is null == relative is null)
            throw new ArgumentException($"{quantity}: expected one tolerance, within or relative. Received: {(within is null ? "none" : "both")}.");
        var difference = Math.Abs(ours - reference) / (relative is null ? 1 : Math.Abs(reference));
        var tolerance = within ?? relative!.Value;
        var measure = relative is null ? "|difference|" : "relative difference";
        var passed = difference <= tolerance;
        Record(new(quantity, Show(ours), Show(reference), source, Show(difference, 2), Show(tolerance, 2) + (relative is null ? "" : " relative"), passed),
            $"{Show(ours)} (reference {Show(reference)}{Comma(source)}; {measure} {Show(difference, 2)} {(passed ? "≤" : "> allowed")} {Show(tolerance, 2)})");
    }

    /// <summary>A whole number, such as a step or a count, equals a reference exactly.</summary>
    /// <param name="quantity">What is checked, as the table names it.</param>
    /// <param name="ours">What was computed here.</param>
    /// <param name="reference">What it should be.</param>
    /// <param name="source">Where the reference comes from.</param>
    /// <exception cref="CheckException">The numbers differ.</exception>
    public static void Equal(string quantity, long ours, long reference, string source = "") =>
        Record(new(quantity, $"{ours}", $"{reference}", source, $"{Math.Abs(ours - reference)}", "exact", ours == reference),
            $"{ours} (reference {reference}{Comma(source)}; exact)");

    /// <summary>A number is below a bound: ours &lt; bound.</summary>
    /// <param name="quantity">What is checked, as the table names it.</param>
    /// <param name="ours">What was computed here.</param>
    /// <param name="bound">What it must stay below.</param>
    /// <param name="source">Where the bound comes from.</param>
    /// <exception cref="CheckException">The number is not below the bound, or is NaN.</exception>
    public static void Less(string quantity, double ours, double bound, string source = "") => Bound(quantity, ours, bound, source, ours < bound, "<");

    /// <summary>A number is above a bound: ours &gt; bound.</summary>
    /// <param name="quantity">What is checked, as the table names it.</param>
    /// <param name="ours">What was computed here.</param>
    /// <param name="bound">What it must stay above.</param>
    /// <param name="source">Where the bound comes from.</param>
    /// <exception cref="CheckException">The number is not above the bound, or is NaN.</exception>
    public static void Greater(string quantity, double ours, double bound, string source = "") => Bound(quantity, ours, bound, source, ours > bound, ">");

    /// <summary>A statement holds.</summary>
    /// <param name="statement">What is checked, as a sentence.</param>
    /// <param name="condition">Whether it holds.</param>
    /// <param name="source">Why it should hold.</param>
    /// <exception cref="CheckException">It does not hold.</exception>
    public static void True(string statement, bool condition, string source = "") =>
        Record(new(statement, condition ? "true" : "false", "true", source, "", "", condition),
            (condition ? "true" : "false (expected true)") + (source == "" ? "" : $" ({source})"));

    /// <summary>The ground-truth table: one row for each check so far.</summary>
    public static Table Table() => new(
        ["quantity", "ours", "reference", "source", "|difference|", "tolerance", "passed"],
        Recorded.Select(r => (string[])[r.Quantity, r.Ours, r.Reference, r.Source, r.Difference, r.Tolerance, r.Sign]));

    /// <summary>Forgets the checks so far.</summary>
    internal static void Reset() => Recorded.Clear();

    static void Bound(string quantity, double ours, double bound, string source, bool passed, string relation) =>
        Record(new(quantity, Show(ours), $"{relation} {Show(bound)}", source, "", "", passed),
            $"{Show(ours)} ({(passed ? "" : "expected ")}{relation} {Show(bound)}{Comma(source)})");

    static void Record(CheckRow row, string result)
    {
        Recorded.Add(row);
        var line = $"{row.Sign} {row.Quantity}: {result}";
        Console.WriteLine(line);
        if (!row.Passed) throw new CheckException(line[2..]);
    }

    static string Comma(string source) => source == "" ? "" : $", {source}";
}
