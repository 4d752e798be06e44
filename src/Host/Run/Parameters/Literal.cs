using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace Workbook.Host.Run.Parameters;

/// <summary>Writes a value that is given as text as C# would have it in a source.</summary>
static class Literal
{
    static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    static readonly string[] Times = ["H:m", "H:m:s", "H:m:s.FFFFFFF"];

    static readonly string[] Moments = ["yyyy-M-d", .. Times.SelectMany(t => new[] { $"yyyy-M-d {t}", $"yyyy-M-d'T'{t}" })];

    static readonly Dictionary<string, Func<string, string?>> Writers = new()
    {
        ["int"] = v => Whole<int>(v, ""),
        ["uint"] = v => Whole<uint>(v, "u"),
        ["long"] = v => Whole<long>(v, "L"),
        ["ulong"] = v => Whole<ulong>(v, "UL"),
        ["short"] = v => Whole<short>(v, ""),
        ["ushort"] = v => Whole<ushort>(v, ""),
        ["byte"] = v => Whole<byte>(v, ""),
        ["sbyte"] = v => Whole<sbyte>(v, ""),
        ["double"] = v => double.TryParse(v, NumberStyles.Float, Invariant, out var n) && double.IsFinite(n)
            ? n.ToString("R", Invariant) + "d" : null,
        ["float"] = v => float.TryParse(v, NumberStyles.Float, Invariant, out var n) && float.IsFinite(n)
            ? n.ToString("R", Invariant) + "f" : null,
        ["decimal"] = v => decimal.TryParse(v, NumberStyles.Float, Invariant, out var n) ? n.ToString(Invariant) + "m" : null,
        ["bool"] = v => bool.TryParse(v, out var b) ? (b ? "true" : "false") : null,
        ["string"] = v => SymbolDisplay.FormatLiteral(v, quote: true),
        ["char"] = v => v.Length == 1 ? SymbolDisplay.FormatLiteral(v[0], quote: true) : null,
        ["DateTime"] = v => DateTime.TryParseExact(v, Moments, Invariant, DateTimeStyles.None, out var t)
            ? $"new DateTime({Date(DateOnly.FromDateTime(t))}, {Time(TimeOnly.FromDateTime(t))})" : null,
        ["DateOnly"] = v => DateOnly.TryParseExact(v, "yyyy-M-d", Invariant, DateTimeStyles.None, out var d) ? $"new DateOnly({Date(d)})"
            : null,
        ["TimeOnly"] = v => TimeOnly.TryParseExact(v, Times, Invariant, DateTimeStyles.None, out var t) ? $"new TimeOnly({Time(t)})" : null,
        ["TimeSpan"] = v => v.Contains(':') && TimeSpan.TryParse(v, Invariant, out var s)
            ? $"TimeSpan.FromTicks({s.Ticks.ToString(Invariant)}L)" : null,
    };

    /// <summary>The types whose values can be written, but for arrays, lists and enumerations of them.</summary>
    public static IEnumerable<string> Types => Writers.Keys;

    /// <summary>How a value is given where that is not plain to see.</summary>
    public static string Example(string type) => type switch
    {
        "DateTime" => " (as 2026-01-31 or 2026-01-31T12:30:00)",
        "DateOnly" => " (as 2026-01-31)",
        "TimeOnly" => " (as 12:30 or 12:30:05.5)",
        "TimeSpan" => " (as 0:30:00 or 1.12:00:00)",
        "char" => " (one character)",
        _ => "",
    };

    /// <summary>Whether values of a type can be written.</summary>
    public static bool Knows(string type) => Writers.ContainsKey(type);

    /// <summary>The value as a source has it; null when it is not of the type.</summary>
    public static string? Of(string type, string value) => Writers[type](value);

    static string? Whole<T>(string value, string ending)
        where T : struct, System.Numerics.INumber<T> =>
            T.TryParse(value, NumberStyles.AllowLeadingSign, Invariant, out var n) ? n.ToString(null, Invariant) + ending : null;

    static string Date(DateOnly d) => string.Create(Invariant, $"{d.Year}, {d.Month}, {d.Day}");

    static string Time(TimeOnly t) => string.Create(Invariant, $"{t.Hour}, {t.Minute}, {t.Second}")
        + (t.Millisecond + t.Microsecond == 0 ? "" : string.Create(Invariant, $", {t.Millisecond}, {t.Microsecond}"));
}
