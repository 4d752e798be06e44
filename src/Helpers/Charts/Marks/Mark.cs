using DynamicObj;
using Plotly.NET;

namespace Workbook.Helpers;

/// <summary>Something that a plot draws: a trace of plotly.js, a direct label, and a sentence of the text alternative.</summary>
abstract record Mark(string Name, Pen Pen)
{
    /// <summary>Whether the name stands beside the mark; it is in the text alternative in any case.</summary>
    public bool Labelled { get; init; } = true;

    /// <summary>The horizontal values that the axis should show.</summary>
    public virtual IEnumerable<double> X => [];

    /// <summary>The vertical values that the axis should show.</summary>
    public virtual IEnumerable<double> Y => [];

    /// <summary>What the mark says, for those who do not see it.</summary>
    public abstract string Sentence { get; }

    /// <summary>The trace, made afresh: Plotly.NET changes and shares what it is given.</summary>
    public abstract Trace ToTrace(PlotAxis x, PlotAxis y);

    /// <summary>Where the mark's direct label belongs; null for none.</summary>
    public virtual Label? Label(PlotAxis x, PlotAxis y) => null;

    /// <summary>The annotations that the mark places itself.</summary>
    public virtual IEnumerable<object> Annotations(PlotAxis x, PlotAxis y) => [];

    protected static Trace Trace(string type, params IEnumerable<(string Key, object? Value)> properties)
    {
        var trace = new Trace(type);
        foreach (var (key, value) in properties)
            if (value is not null) trace.SetProperty(key, value);
        return trace;
    }

    /// <summary>Numbers as plotly.js reads them: short, and null where there is no number.</summary>
    protected static double?[] Plain(IEnumerable<double> values) =>
        [.. values.Select(v => double.IsFinite(v) ? Numbers.Round(v, 7) : (double?)null)];
}
