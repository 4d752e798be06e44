using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Plotly.NET;

namespace Workbook.Helpers;

/// <summary>plotly.js as Plotly.NET carries it, 3.6 MB, and where a page finds the same file.</summary>
static class PlotlyScript
{
    const string Start = "Plotly.NET.plotly-", End = ".min.js";

    static readonly Assembly Carrier = typeof(GenericChart).Assembly;

    static readonly Lazy<string> Hash = new(() => "sha384-" + Convert.ToBase64String(SHA384.HashData(Encoding.UTF8.GetBytes(Text))));

    static string Name => Carrier.GetManifestResourceNames()
        .Single(n => n.StartsWith(Start, StringComparison.Ordinal) && n.EndsWith(End, StringComparison.Ordinal));

    /// <summary>Where this version lies on the network.</summary>
    public static string Address => $"https://cdn.plot.ly/plotly-{Name[Start.Length..^End.Length]}{End}";

    /// <summary>What a browser compares the file with before it runs it.</summary>
    public static string Integrity => Hash.Value;

    /// <summary>The script itself.</summary>
    public static string Text
    {
        get
        {
            using var reader = new StreamReader(Carrier.GetManifestResourceStream(Name)!);
            return reader.ReadToEnd();
        }
    }
}
