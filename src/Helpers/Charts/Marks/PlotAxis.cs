using static Workbook.Helpers.Numbers;

namespace Workbook.Helpers;

/// <summary>One axis of a plot: its title, its scale and the part of it that is seen.</summary>
sealed class PlotAxis(string title, bool log)
{
    const double Padding = 0.04;

    /// <summary>What the axis shows, with its unit.</summary>
    public string Title { get; } = title;

    /// <summary>Whether the scale is logarithmic.</summary>
    public bool Log { get; } = log;

    /// <summary>Names for the positions 0, 1, …; null for numbers.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Whether a unit is as long as on the horizontal axis.</summary>
    public bool IsSquare { get; set; }

    /// <summary>The part to show; null: all values.</summary>
    public (double Min, double Max)? Zoom { get; set; }

    /// <summary>What is seen whatever the values, so that several plots show the same; null: what <see cref="See"/> finds.</summary>
    public (double Min, double Max)? Held { get; set; }

    /// <summary>The smallest and the largest value that are seen.</summary>
    public (double Min, double Max) Range { get; private set; }

    (double Min, double Max) seen;

    /// <summary>Sees the zoomed part, or all values and a little more on each side.</summary>
    public void See(IEnumerable<double> values)
    {
        var finite = values.Where(v => double.IsFinite(v) && (!Log || v > 0)).ToList();
        if (finite.Count == 0) finite.Add(1);
        seen = Zoom ?? (finite.Min(), finite.Max());
        double min = Scale(seen.Min), max = Scale(seen.Max);
        var pad = Names is not null ? 0.6 : max > min ? (max - min) * Padding : Math.Max(Math.Abs(max) * 0.1, 1e-12);
        Range = Held ?? Zoom ?? (Unscale(min - pad), Unscale(max + pad));
    }

    /// <summary>Where a value lies: 0 at the low end of the axis, 1 at its high end.</summary>
    public double Position(double value) => (Scale(value) - Scale(Range.Min)) / (Scale(Range.Max) - Scale(Range.Min));

    /// <summary>The value at a share of what is seen, from the first value to the last.</summary>
    public double At(double share) => Unscale(Scale(seen.Min) + share * (Scale(seen.Max) - Scale(seen.Min)));

    /// <summary>The same axis, which has seen nothing yet.</summary>
    public PlotAxis Anew() => new(Title, Log) { Names = Names, Zoom = Zoom, IsSquare = IsSquare };

    /// <summary>Whether a value is seen.</summary>
    public bool Sees(double value) => double.IsFinite(value) && (!Log || value > 0) && Position(value) is >= -1e-9 and <= 1 + 1e-9;

    /// <summary>A value as annotations of plotly.js place it: as its logarithm on a logarithmic axis.</summary>
    public double Anchor(double value) => Round(Scale(value), 6);

    /// <summary>The sentence of the text alternative.</summary>
    public string Sentence(string direction) => Names is null
        ? $"{direction}: {Title} from {Show(seen.Min, 3)} to {Show(seen.Max, 3)}{(Log ? ", logarithmic" : "")}."
        : $"{direction}: {string.Join(", ", Names.Reverse())}.";

    /// <summary>The axis as plotly.js wants it.</summary>
    public object ToLayout() => new
    {
        title = new { text = Title, standoff = 8 },
        type = Log ? "log" : "linear",
        range = new[] { Anchor(Range.Min), Anchor(Range.Max) },
        tickvals = Names is null ? null : Enumerable.Range(0, Names.Count).ToArray(),
        ticktext = Names?.ToArray(),
        exponentformat = "power",
        dtick = Log ? Ticks(Scale(Range.Max) - Scale(Range.Min)) : null,
        tickangle = 0,
        gridcolor = Look.Grid,
        linecolor = Look.Ink,
        zeroline = Names is null,
        zerolinecolor = "#bbbbbb",
        ticks = "outside",
        tickcolor = Look.Ink,
        automargin = true,
        scaleanchor = IsSquare ? "x" : null,
    };

    /// <summary>
    /// Over two decades, decades only; over one, 1, 2 and 5 of each. plotly.js would otherwise crowd a logarithmic axis with digits, which
    /// meet on a narrow screen, and turn the numbers round.
    /// </summary>
    static object? Ticks(double decades) => decades > 2 ? Math.Ceiling(decades / 5) : decades > 1 ? "D2" : null;

    double Scale(double value) => Log ? Math.Log10(value) : value;

    double Unscale(double value) => Log ? Math.Pow(10, value) : value;
}
