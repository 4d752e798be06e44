using Newtonsoft.Json;
using Plotly.NET;

namespace Workbook.Helpers;

/// <summary>A chart that notebooks draw with plotly.js and that says the same in words.</summary>
[TypeFormatterSource(typeof(FigureFormatters), PreferredMimeTypes = [FigureFormatters.Html, "text/plain"])]
public abstract class Figure
{
    // As GenericChart.toJson has them. That one also loads the module which makes script tags, and .NET Interactive brings another
    // FSharp.Core than that module wants.
    static readonly JsonSerializerSettings Settings = new() { ReferenceLoopHandling = ReferenceLoopHandling.Serialize };

    private protected Figure()
    {
    }

    /// <summary>The title: the message of the chart in one sentence.</summary>
    public abstract string Title { get; }

    /// <summary>The text alternative, made from the data: what the chart shows, in sentences.</summary>
    public abstract string Alt { get; }

    /// <summary>Whether its layout has the slider of several states.</summary>
    internal virtual bool Moves => false;

    /// <summary>A new chart of Plotly.NET with all that is drawn.</summary>
    public abstract GenericChart ToChart();

    /// <summary>The chart as plotly.js reads it: an object with data, layout and config.</summary>
    public virtual string ToJson() => JsonConvert.SerializeObject(GenericChart.toChartDTO(ToChart()), Settings);

    /// <summary>Writes a page that opens in any browser, without a network: the chart, with plotly.js in the page (3.6 MB).</summary>
    /// <param name="path">The file, such as "chart.html"; what stands there is replaced.</param>
    public void SaveHtml(string path) => File.WriteAllText(path, FigureHtml.Page(this));

    /// <summary>The text alternative.</summary>
    public override string ToString() => Alt;

    /// <summary>A figure of any chart made with Plotly.NET.</summary>
    /// <param name="title">The message of the chart in one sentence.</param>
    /// <param name="alt">What the chart shows, in sentences, with the numbers.</param>
    /// <param name="chart">Makes the chart; called for each drawing, because Plotly.NET changes and shares what it is given.</param>
    public static Figure Of(string title, string alt, Func<GenericChart> chart) => new Foreign(title, alt, chart);

    sealed class Foreign(string title, string alt, Func<GenericChart> chart) : Figure
    {
        public override string Title => title;

        public override string Alt => alt;

        public override GenericChart ToChart() => chart();
    }
}
