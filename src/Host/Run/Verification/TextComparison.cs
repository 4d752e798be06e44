using System.Globalization;
using System.Text.RegularExpressions;

namespace Workbook.Host.Run.Verification;

/// <summary>Compares texts as a reader would: numbers by value, durations, times of day and generated ids not at all.</summary>
static partial class TextComparison
{
    /// <summary>Whether the texts say the same.</summary>
    /// <param name="stored">The text that was stored.</param>
    /// <param name="fresh">The text that came now.</param>
    /// <param name="tolerance">How far numbers may differ, relative to the larger; below 1 the same is allowed absolutely.</param>
    public static bool Same(string stored, string fresh, double tolerance)
    {
        if (stored == fresh) return true;
        var (a, b) = (Masked(stored), Masked(fresh));
        if (a == b) return true;
        var (numbersA, numbersB) = (Number().Matches(a), Number().Matches(b));
        return numbersA.Count == numbersB.Count
            && Number().Replace(a, "#") == Number().Replace(b, "#")
            && numbersA.Zip(numbersB).All(p => SameNumber(p.First.Value, p.Second.Value, tolerance));
    }

    /// <summary>Whether two numbers are as near as the tolerance asks.</summary>
    public static bool Same(double stored, double fresh, double tolerance) =>
        stored.Equals(fresh) || Math.Abs(stored - fresh) <= tolerance * Math.Max(1, Math.Max(Math.Abs(stored), Math.Abs(fresh)));

    static bool SameNumber(string stored, string fresh, double tolerance) =>
        stored == fresh
            || Same(double.Parse(stored, CultureInfo.InvariantCulture), double.Parse(fresh, CultureInfo.InvariantCulture), tolerance);

    static string Masked(string text) =>
        Generated().Replace(Duration().Replace(Moment().Replace(text.ReplaceLineEndings("\n").TrimEnd(), "<time>"), "<duration>"), "<id>");

    [GeneratedRegex(@"(?<![\w.])[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?(?![\w])")]
    private static partial Regex Number();

    // "77 s" and "900 min" may be results ("n = 77 s"): such short units count where the number is a fraction of them or a word before it
    // speaks of time.
    [GeneratedRegex("""
        (?<![\w.])\d+([.,]\d+)?\s?(ns|µs|us|ms|seconds?|minutes?)\b
        |(?<![\w.])\d+[.,]\d+\s?(s|secs?)\b
        |(?<=\b(?i:took|takes?|after|in|within|elapsed|durations?|times?|spent)\b:?\s+)\d+([.,]\d+)?\s?(s|secs?|mins?)\b
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Duration();

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?|\b\d{1,2}:\d\d:\d\d(\.\d+)?\b")]
    private static partial Regex Moment();

    [GeneratedRegex(@"\b[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}\b")]
    private static partial Regex Generated();
}
