using Workbook.Host.Export.Markdown;

namespace Workbook.Host.Export;

/// <summary>The files that a page is made with, carried in assemblies: a style and a script for each feature.</summary>
static class Assets
{
    /// <summary>The version of plotly.js that Plotly.NET 6.0.0 carries.</summary>
    public const string PlotlyVersion = "2.28.0";

    /// <summary>The features, each with its style and its scripts, in the order in which a page has them.</summary>
    static readonly (PageFeature? Feature, string? Style, string[] Scripts)[] Parts =
    [
        (null, "page.css", ["page.js"]),
        (PageFeature.Code, "code.css", ["copy.js"]),
        (PageFeature.Predictions, "prediction.css", ["prediction.js"]),
        (PageFeature.Figures, "figure.css", ["colours.js", "labels.js"]),
        (PageFeature.Sliders, "slider.css", ["slider.js"]),
        (PageFeature.Figures, null, ["figures.js"]),
        (PageFeature.Terms, "term.css", ["term.js"]),
        (PageFeature.Search, "search.css", ["search.js"]),
    ];

    /// <summary>The script that chooses light or dark before anything is painted.</summary>
    public static string ThemeScript => Read("theme.js");

    /// <summary>plotly.js, 3.6 MB.</summary>
    public static string PlotlyScript =>
        Read(typeof(global::Plotly.NET.GenericChart).Assembly, $"Plotly.NET.plotly-{PlotlyVersion}.min.js");

    /// <summary>The style of a page that has these features.</summary>
    public static string Style(IReadOnlySet<PageFeature> features) =>
        string.Concat(Of(features).Select(p => p.Style).OfType<string>().Select(Read));

    /// <summary>The scripts of a page that has these features.</summary>
    public static IEnumerable<string> Scripts(IReadOnlySet<PageFeature> features) =>
        Of(features).SelectMany(p => p.Scripts).Select(Read);

    static IEnumerable<(PageFeature? Feature, string? Style, string[] Scripts)> Of(IReadOnlySet<PageFeature> features) =>
        Parts.Where(p => p.Feature is not { } feature || features.Contains(feature));

    static string Read(string name) => Read(typeof(Assets).Assembly, $"Assets.{name}");

    static string Read(System.Reflection.Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly {assembly.GetName().Name} carries no {name}; was its package updated?");
        return new StreamReader(stream).ReadToEnd();
    }
}
