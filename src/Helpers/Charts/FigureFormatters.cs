namespace Workbook.Helpers;

/// <summary>How a <see cref="Figure"/> looks in a notebook.</summary>
sealed class FigureFormatters
{
    /// <summary>The mime type of plotly.js figures in notebooks.</summary>
    public const string PlotlyJson = "application/vnd.plotly.v1+json";

    /// <summary>plotly.js where it can be drawn, the text alternative everywhere.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
        [new MimeFormatter<Figure>(PlotlyJson, f => f.ToJson()), new MimeFormatter<Figure>("text/plain", f => f.Alt)];
}
