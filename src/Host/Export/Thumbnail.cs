using System.Buffers.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Host.Documents;
using Workbook.Host.Export.Around;
using Workbook.Host.Files;

namespace Workbook.Host.Export;

/// <summary>
/// The picture of a notebook in an index: the figure of its cell tagged <c>remember</c>, else its first figure, without the letters that
/// would be too small there; its still picture (see <see cref="Pictures"/>) where none was drawn for this.
/// </summary>
static partial class Thumbnail
{
    /// <summary>The width in CSS pixels.</summary>
    public const int Width = 480;

    /// <summary>The height in CSS pixels.</summary>
    public const int Height = 270;

    /// <summary>The figure to draw; null when the notebook has none.</summary>
    public static JsonNode? Figure(NotebookDocument document)
    {
        if (Figures(document).Select(b => b[FigureHtml.MimeType]).FirstOrDefault(FigureHtml.IsFigure) is not { } figure) return null;
        var small = figure.DeepClone();
        var layout = small["layout"] as JsonObject ?? [];
        foreach (var key in (string[])["title", "annotations", "sliders", "updatemenus", "width", "height"]) layout.Remove(key);
        layout["showlegend"] = false;
        layout["margin"] = new JsonObject { ["l"] = 40, ["r"] = 16, ["t"] = 16, ["b"] = 40 };
        layout["font"] = new JsonObject { ["size"] = 17, ["color"] = "#222" };
        foreach (var axis in layout.Where(p => Axis().IsMatch(p.Key)).Select(p => p.Value).OfType<JsonObject>())
        {
            (axis["showticklabels"], axis["ticks"], axis["automargin"]) = (false, "", false);
            // Measured from tick labels that are not there, the title would be put on the other side.
            (axis["title"] as JsonObject)?.Remove("standoff");
        }

        foreach (var trace in (small["data"] as JsonArray ?? []).OfType<JsonObject>())
            if (trace["line"] is JsonObject line && NotebookJson.Text(trace["type"]) is null or "scatter") line["width"] = 4;
        small["layout"] = layout.Parent is null ? layout : layout.DeepClone();
        return small;
    }

    /// <summary>Writes the picture below <paramref name="folder"/>.</summary>
    /// <param name="document">The notebook with its outputs.</param>
    /// <param name="drawn">What was drawn for this; null takes the still picture.</param>
    /// <param name="name">The name of its page without an ending.</param>
    /// <param name="folder">The folder of the index.</param>
    /// <returns>The address of the picture, relative to the index; null when the notebook has none.</returns>
    public static string? Write(NotebookDocument document, byte[]? drawn, string name, string folder)
    {
        var still = Figures(document).Select(b => Languages.Text(b["image/png"])).FirstOrDefault(p => p is not null && Base64.IsValid(p));
        var picture = drawn ?? (still is null ? null : Convert.FromBase64String(still));
        if (picture is null) return null;
        AtomicFile.Write(Path.Combine(folder, FileOf(name)), part => File.WriteAllBytes(part, picture));
        return PageLink.AddressOf(FileOf(name));
    }

    /// <summary>The address of a picture that an earlier run has left; null when there is none.</summary>
    public static string? Left(string name, string folder) =>
        File.Exists(Path.Combine(folder, FileOf(name))) ? PageLink.AddressOf(FileOf(name)) : null;

    static string FileOf(string name) => $"thumbnails/{name}.png";

    /// <summary>The figures, those to remember first.</summary>
    static IEnumerable<MimeBundle> Figures(NotebookDocument document) =>
        document.Cells.OrderByDescending(c => c.Tags.Contains("remember")).SelectMany(c => c.Outputs).Select(o => o.Bundle)
            .OfType<MimeBundle>().Where(b => b[FigureHtml.MimeType] is not null);

    [GeneratedRegex(@"^[xy]axis\d*$")]
    private static partial Regex Axis();
}
