using System.Runtime.CompilerServices;
using DynamicObj;
using Microsoft.FSharp.Collections;
using Plotly.NET;

namespace Workbook.Helpers;

/// <summary>A chart on two axes, built mark by mark: <c>new Plot(title, x, y).Line(…).Truth(…).Event(…)</c>.</summary>
/// <remarks>
/// Lines bear their names beside them. Both axes show all marks unless <see cref="Zoom"/> says otherwise. Marks are drawn in the order in
/// which they were added.
/// </remarks>
public sealed class Plot : Figure
{
    readonly List<Mark> marks = [];
    readonly PlotAxis x;
    readonly PlotAxis y;

    /// <summary>An empty plot.</summary>
    /// <param name="title">The message of the chart in one sentence.</param>
    /// <param name="x">What the horizontal axis shows, with its unit.</param>
    /// <param name="y">What the vertical axis shows, with its unit.</param>
    /// <param name="logX">Whether the horizontal scale is logarithmic; values up to zero are then not drawn.</param>
    /// <param name="logY">Whether the vertical scale is logarithmic; values up to zero are then not drawn.</param>
    public Plot(string title, string x, string y, bool logX = false, bool logY = false) : this(title, new PlotAxis(x, logX), new(y, logY))
    {
    }

    internal Plot(string title, PlotAxis x, PlotAxis y)
    {
        Title = title;
        this.x = x;
        this.y = y;
    }

    /// <inheritdoc/>
    public override string Title { get; }

    /// <inheritdoc/>
    public override string Alt
    {
        get
        {
            See();
            return string.Join(" ", new[] { Title.TrimEnd('.') + ".", x.Sentence("Horizontal"), y.Sentence("Vertical") }
                .Concat(marks.Select(m => m.Sentence)).Concat(Badges.Sentences));
        }
    }

    /// <summary>A line, such as the evolution of a variable. Where a number is not finite, the line is broken.</summary>
    /// <param name="name">What the line shows; it stands beside its end. Marks of one name have one colour.</param>
    /// <param name="x">Horizontal values, such as steps.</param>
    /// <param name="y">Vertical values, as many.</param>
    /// <param name="judge">Who judges the variable: the badge before the name, explained under the chart. Default: nobody.</param>
    /// <param name="hue">The colour. Default: the next one that this chart has not used.</param>
    /// <param name="label">Whether the name stands beside the end.</param>
    /// <exception cref="ArgumentException">There are not as many values on both axes.</exception>
    public Plot Line(string name, IEnumerable<double> x, IEnumerable<double> y, Judge? judge = null, Hue? hue = null, bool label = true) =>
        Compared(name, x, y, SeriesStyle.Line, judge, hue, label);

    /// <summary>Points, with the symbol of their judge; a circle where nobody judges.</summary>
    /// <param name="name">What the points show; it stands beside the last. Marks of one name have one colour.</param>
    /// <param name="x">Horizontal values.</param>
    /// <param name="y">Vertical values, as many.</param>
    /// <param name="judge">Who judges the variable: the symbol, explained under the chart. Default: nobody.</param>
    /// <param name="hue">The colour. Default: the next one that this chart has not used.</param>
    /// <param name="label">Whether the name stands beside the last point.</param>
    /// <param name="hollow">Whether the symbol is hollow, which tells two kinds of points apart.</param>
    /// <param name="xError">Half the width of the bar through each point, such as its standard error; null: no bars.</param>
    /// <param name="yError">Half the height of the bar through each point, such as its standard error; null: no bars.</param>
    /// <param name="names">A name for each point: seen when pointed at, and written beside it where there is room; null: none.</param>
    /// <exception cref="ArgumentException">There are not as many values, errors and names as points.</exception>
    public Plot Points(string name, IEnumerable<double> x, IEnumerable<double> y, Judge? judge = null, Hue? hue = null, bool label = true,
        bool hollow = false, IEnumerable<double>? xError = null, IEnumerable<double>? yError = null, IReadOnlyList<string>? names = null)
    {
        Compared(name, x, y, hollow ? SeriesStyle.Hollow : SeriesStyle.Points, judge, hue, label);
        var points = (SeriesMark)marks[^1];
        double[]? xErrors = xError?.ToArray(), yErrors = yError?.ToArray();
        foreach (var (what, count) in new[] { ("errors", xErrors?.Length), ("errors", yErrors?.Length), ("names", names?.Count) })
            if (count is { } n && n != points.Xs.Length)
                throw new ArgumentException($"'{name}': expected as many {what} as points, {points.Xs.Length}. Received: {n}.");
        marks[^1] = points with { XErrors = xErrors, YErrors = yErrors, Names = names };
        return this;
    }

    /// <summary>A path through the plane with a marker at each step.</summary>
    /// <inheritdoc cref="Line"/>
    public Plot Path(string name, IEnumerable<double> x, IEnumerable<double> y, Judge? judge = null, Hue? hue = null, bool label = true) =>
        Compared(name, x, y, SeriesStyle.Path, judge, hue, label);

    /// <summary>An arrow from one point to another, such as a step that is worth seeing.</summary>
    /// <param name="text">What happens; it stands beside the middle of the arrow.</param>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where its head is.</param>
    /// <param name="hue">The colour. Default: that of the text.</param>
    /// <param name="atHead">Whether the text stands at the head instead.</param>
    public Plot Arrow(string text, (double X, double Y) from, (double X, double Y) to, Hue? hue = null, bool atHead = false) =>
        Add(new ArrowMark(text, from, to, hue is { } h ? Pen.Of(h) : new(Look.Ink), atHead));

    /// <summary>The area between two lines, such as an interval that moves along: a fan.</summary>
    /// <param name="name">What lies between; it stands beside its end.</param>
    /// <param name="x">Horizontal values, in increasing order.</param>
    /// <param name="low">The lower line, as many.</param>
    /// <param name="high">The upper line, as many.</param>
    /// <param name="hue">The colour of lines and area.</param>
    /// <param name="label">Whether the name stands beside the end.</param>
    /// <exception cref="ArgumentException">There are not as many values in all three.</exception>
    public Plot Band(string name, IEnumerable<double> x, IEnumerable<double> low, IEnumerable<double> high, Hue hue, bool label = true)
    {
        double[] xs = [.. x], lows = [.. low], highs = [.. high];
        return xs.Length == lows.Length && xs.Length == highs.Length
            ? Add(new BandMark(name, Pen.Of(hue), xs, lows, highs) { Labelled = label })
            : throw new ArgumentException($"Band '{name}': expected as many values on both lines as on the axis. Received: {xs.Length}, "
                + $"{lows.Length} and {highs.Length}.");
    }

    /// <summary>Makes a unit as long on one axis as on the other, so that angles are what they are.</summary>
    public Plot Square()
    {
        y.IsSquare = true;
        return this;
    }

    /// <summary>A known truth as a dashed black line, such as a closed form.</summary>
    /// <param name="name">Where the truth comes from; it stands beside the line's end.</param>
    /// <param name="x">Horizontal values.</param>
    /// <param name="y">Vertical values, as many.</param>
    /// <param name="label">Whether the name stands beside the line.</param>
    /// <exception cref="ArgumentException">There are not as many values on both axes.</exception>
    public Plot Truth(string name, IEnumerable<double> x, IEnumerable<double> y, bool label = true) =>
        Series(name, x, y, Pen.Truth, SeriesStyle.Line, label);

    /// <summary>A known value as a dashed black line across the plot.</summary>
    /// <param name="name">What the value is; it stands beside the line.</param>
    /// <param name="x">The value on the horizontal axis; the line is then vertical.</param>
    /// <param name="y">The value on the vertical axis; the line is then horizontal. State one of both.</param>
    /// <param name="label">Whether the name stands beside the line.</param>
    /// <exception cref="ArgumentException">Neither value is given, or both are.</exception>
    public Plot Truth(string name, double? x = null, double? y = null, bool label = true) => Level(name, x, y, Pen.Truth, label);

    /// <summary>Something to compare with that is no truth, such as a first value or a guess, as a dotted grey line.</summary>
    /// <param name="name">What it is; it stands beside the line's end.</param>
    /// <param name="x">Horizontal values.</param>
    /// <param name="y">Vertical values, as many.</param>
    /// <param name="label">Whether the name stands beside the line.</param>
    /// <exception cref="ArgumentException">There are not as many values on both axes.</exception>
    public Plot Reference(string name, IEnumerable<double> x, IEnumerable<double> y, bool label = true) =>
        Series(name, x, y, Pen.Reference, SeriesStyle.Line, label);

    /// <summary>A value to compare with that is no truth, such as a guess, as a dotted grey line across the plot.</summary>
    /// <inheritdoc cref="Truth(string, double?, double?, bool)"/>
    public Plot Reference(string name, double? x = null, double? y = null, bool label = true) => Level(name, x, y, Pen.Reference, label);

    /// <summary>A moment worth pointing at.</summary>
    /// <param name="text">What happens, such as "crosses zero at step 39".</param>
    /// <param name="x">Where, on the horizontal axis.</param>
    /// <param name="y">Where, on the vertical axis.</param>
    /// <param name="below">Whether the text stands below the point.</param>
    public Plot Event(string text, double x, double y, bool below = false) => Add(new EventMark(text, x, y, below));

    /// <summary>Shows a part of the plane only.</summary>
    /// <param name="x">The smallest and the largest horizontal value; null: all.</param>
    /// <param name="y">The smallest and the largest vertical value; null: all.</param>
    public Plot Zoom((double Min, double Max)? x = null, (double Min, double Max)? y = null)
    {
        this.x.Zoom = x;
        this.y.Zoom = y;
        return this;
    }

    /// <summary>The plot up to a share of its growth, and how far that is.</summary>
    /// <param name="share">From 0 to 1.</param>
    /// <param name="points">How many points a growing line may have, roughly.</param>
    internal (string Label, Figure Plot) Until(double share, int points)
    {
        See();
        var growing = Growing.ToList();
        var runs = growing.Exists(m => m.Runs);
        var until = x.At(share);
        if (growing.SelectMany(m => m.Xs).All(v => v % 1 == 0)) until = Math.Round(until);
        var part = new Plot(Title, x.Anew(), y.Anew());
        foreach (var mark in marks)
            if (runs && share < 1 && mark is EventMark moment && moment.AtX > until) continue;
            else part.Add(mark is SeriesMark { Grows: true } series ? series.Until(share, until, x, points) : mark);
        return (Numbers.Show(runs ? until : (int)(share * (growing.Max(m => m.Xs.Length) - 1)), 4), part);
    }

    /// <summary>What counts its growth: the horizontal axis, or the steps of its paths.</summary>
    internal string Counted => Growing.Any(m => m.Runs) ? x.Title : "step";

    /// <summary>Whether something in it grows.</summary>
    internal bool Grows => Growing.Any();

    IEnumerable<SeriesMark> Growing => marks.OfType<SeriesMark>().Where(m => m.Grows);

    /// <inheritdoc/>
    public override GenericChart ToChart()
    {
        See();
        var badges = Badges;
        var labels = marks.Select(m => m.Label(x, y) is { } label ? label with { Text = badges.Before(m) + label.Text } : null)
            .OfType<Label>().ToList();
        var top = Look.Top(Title);
        var height = Look.Height - top - Look.Bottom - badges.Height;
        var layout = new Layout();
        layout.SetProperty("title", Look.Title(Title));
        layout.SetProperty("meta", new { alt = Alt });
        layout.SetProperty("height", Look.Height);
        layout.SetProperty("autosize", true);
        layout.SetProperty("margin", new { l = Look.Left, r = Labels.Margin(labels, x), t = top, b = Look.Bottom + badges.Height });
        layout.SetProperty("font", new { family = Look.Font, size = 13, color = Look.Ink });
        layout.SetProperty("paper_bgcolor", "#ffffff");
        layout.SetProperty("plot_bgcolor", "#ffffff");
        layout.SetProperty("showlegend", false);
        layout.SetProperty("xaxis", x.ToLayout());
        layout.SetProperty("yaxis", y.ToLayout());
        layout.SetProperty("annotations",
            marks.SelectMany(m => m.Annotations(x, y))
                .Concat(PointNames.Place([.. marks.OfType<SeriesMark>()], x, y, height)).Concat(Labels.Place(labels, x, y, height))
                .Concat(badges.Legend).ToArray());
        var config = new Config();
        config.SetProperty("displayModeBar", false);
        var traces = ListModule.OfSeq(marks.Select(m => m.ToTrace(x, y)));
        return GenericChart.setConfig(config, GenericChart.setLayout(layout, GenericChart.ofTraceObjects(false, traces)));
    }

    /// <summary>Makes plots show the same part of the plane: all that any of them shows.</summary>
    internal static void Hold(IReadOnlyList<Plot> plots)
    {
        foreach (var plot in plots) plot.See();
        foreach (var side in (Func<Plot, PlotAxis>[])[p => p.x, p => p.y])
        {
            var ranges = plots.Select(p => side(p).Range).ToList();
            foreach (var plot in plots) side(plot).Held = (ranges.Min(r => r.Min), ranges.Max(r => r.Max));
        }
    }

    Plot Compared(string name, IEnumerable<double> x, IEnumerable<double> y, SeriesStyle style, Judge? judge, Hue? hue, bool label)
    {
        var same = marks.OfType<SeriesMark>().FirstOrDefault(m => m.IsCompared && m.Name == name)?.Pen;
        var pen = hue is { } h ? Pen.Of(h)
            : same ?? Enumerable.Range(0, Pen.Different).Select(Pen.Number).FirstOrDefault(p => !Used(p)) ?? Pen.Number(marks.Count);
        return Series(name, x, y, pen, style, label, judge, compared: true);
    }

    bool Used(Pen pen) => marks.OfType<SeriesMark>().Any(m => m.IsCompared && m.Pen == pen);

    internal Plot Add(Mark mark)
    {
        marks.Add(mark);
        return this;
    }

    Plot Level(string name, double? x, double? y, Pen pen, bool label, [CallerMemberName] string kind = "") => x is null == y is null
        ? throw new ArgumentException($"{kind} '{name}': expected one value, x or y. Received: {(x is null ? "none" : "both")}.")
        : Add(new LevelMark(name, x ?? y!.Value, x is not null, pen) { Labelled = label });

    Plot Series(string name, IEnumerable<double> x, IEnumerable<double> y, Pen pen, SeriesStyle style, bool label = true,
        Judge? judge = null, bool compared = false)
    {
        double[] xs = [.. x], ys = [.. y];
        return xs.Length == ys.Length
            ? Add(new SeriesMark(name, pen, xs, ys, style) { Labelled = label, Judge = judge, IsCompared = compared })
            : throw new ArgumentException($"'{name}': expected as many values on both axes. Received: {xs.Length} and {ys.Length}.");
    }

    Badges Badges => new([.. marks.OfType<SeriesMark>().Where(m => m.IsCompared)]);

    void See()
    {
        x.See(marks.SelectMany(m => m.X));
        y.See(marks.SelectMany(m => m.Y));
    }
}
