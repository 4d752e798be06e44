using System.Runtime.Loader;

namespace Workbook.Helpers;

/// <summary>How a <see cref="Figure"/> looks in a notebook.</summary>
sealed class FigureFormatters
{
    /// <summary>The mime type of plotly.js figures in notebooks.</summary>
    public const string PlotlyJson = "application/vnd.plotly.v1+json";

    /// <summary>What .NET Interactive shows best.</summary>
    public const string Html = "text/html";

    /// <summary>plotly.js where it can be drawn, the text alternative everywhere.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
        For(AssemblyLoadContext.Default.Assemblies.Any(a => a.GetName().Name == "Microsoft.DotNet.Interactive"));

    /// <summary>
    /// .NET Interactive sends every JSON but application/json as a text, which no front end draws; so it gets HTML that draws.
    /// </summary>
    internal static IEnumerable<object> For(bool isDotNetInteractive) =>
    [
        isDotNetInteractive ? new MimeFormatter<Figure>(Html, FigureHtml.Element) : new MimeFormatter<Figure>(PlotlyJson, f => f.ToJson()),
        new MimeFormatter<Figure>("text/plain", f => f.Alt),
    ];
}
