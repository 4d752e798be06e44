namespace Workbook.Host.Export;

/// <summary>The files that a page is made with, carried in assemblies.</summary>
static class Assets
{
    /// <summary>The version of plotly.js that Plotly.NET 6.0.0 carries.</summary>
    const string PlotlyName = "Plotly.NET.plotly-2.28.0.min.js";

    /// <summary>The style of every page.</summary>
    public static string Style => Read(typeof(Assets).Assembly, "Assets.page.css");

    /// <summary>The script that draws figures and fits them to the reader's screen.</summary>
    public static string Script => Read(typeof(Assets).Assembly, "Assets.page.js");

    /// <summary>plotly.js, 3.6 MB.</summary>
    public static string PlotlyScript => Read(typeof(global::Plotly.NET.GenericChart).Assembly, PlotlyName);

    static string Read(System.Reflection.Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly {assembly.GetName().Name} carries no {name}; was its package updated?");
        return new StreamReader(stream).ReadToEnd();
    }
}
