using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Export.Latex;
using Workbook.Host.Export.Markdown;

namespace Workbook.Host.Export;

/// <summary>The outputs of the cells of one page.</summary>
/// <param name="markdown">The page's Markdown, for outputs that are Markdown.</param>
sealed class OutputHtml(MarkdownPage markdown)
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How many figures there are so far.</summary>
    public int Figures { get; private set; }

    /// <summary>The HTML of a cell's outputs; empty when it has none.</summary>
    public string Write(Cell cell)
    {
        if (cell.Outputs.Count == 0) return "";
        var html = new StringBuilder("<div class=\"outputs\">\n");
        for (var i = 0; i < cell.Outputs.Count; i++)
        {
            if (cell.Outputs[i] is StreamOutput stream)
            {
                // One write of the cell is one output; a reader sees one text.
                var text = new StringBuilder(stream.Text);
                while (i + 1 < cell.Outputs.Count && cell.Outputs[i + 1] is StreamOutput next && next.Name == stream.Name) text.Append(((StreamOutput)cell.Outputs[++i]).Text);
                html.Append(StreamHtml.Write(stream.Name, text.ToString()));
            }
            else html.Append(Write(cell.Outputs[i], cell));
        }
        return html.Append("</div>\n").ToString();
    }

    string Write(CellOutput output, Cell cell) => output switch
    {
        DisplayOutput display => Write(display.Data, cell),
        ResultOutput result => Write(result.Data, cell),
        ErrorOutput error => Write(error, cell.Tags.Any(t => t.StartsWith("raises-exception", StringComparison.Ordinal))),
        _ => throw new NotSupportedException($"A page cannot show an output of the type {output.GetType().Name}."),
    };

    string Write(MimeBundle data, Cell cell)
    {
        var alt = WebUtility.HtmlEncode(CellOptions.Value(cell.Source, "alt") ?? data["text/plain"]?.ToString() ?? "Picture");
        if (data[FigureHtml.MimeType] is not null) return FigureHtml.Write(data, ++Figures, CellOptions.Value(cell.Source, "alt"));
        if (Text(data, "text/html") is { } html) return $"<div class=\"html scroll\">{html}</div>\n";
        if (Text(data, "image/svg+xml") is { } svg) return Image("image/svg+xml", Convert.ToBase64String(Encoding.UTF8.GetBytes(svg)), alt);
        foreach (var type in (string[])["image/png", "image/jpeg", "image/gif", "image/webp"])
            if (Text(data, type) is { } picture) return Image(type, picture, alt);
        if (Text(data, "text/markdown") is { } text) return $"<div class=\"prose\">{markdown.Render(text, "An output in Markdown")}</div>\n";
        if (Text(data, "text/latex") is { } latex) return $"<div class=\"formula\">{MathMl.Convert(latex.Trim('$', ' ', '\n'), display: true)}</div>\n";
        if (data["application/json"] is { } json) return Pre(json.ToJsonString(Indented));
        return Pre(Text(data, "text/plain") ?? "");
    }

    static string Write(ErrorOutput error, bool isExpected)
    {
        var traceback = string.Join('\n', error.Traceback);
        return $"""
            <div class="{(isExpected ? "error expected" : "error")}"><p><strong>{WebUtility.HtmlEncode(error.Name)}</strong>{(isExpected ? " (expected)" : "")}: {WebUtility.HtmlEncode(error.Message)}</p>
            {(traceback.Length == 0 ? "" : $"<pre>{WebUtility.HtmlEncode(traceback)}</pre>")}</div>

            """;
    }

    static string Image(string type, string base64, string alt) => $"<img src=\"{Picture.DataAddress(type, base64)}\" alt=\"{alt}\">\n";

    static string Pre(string text) => $"<pre class=\"value\">{WebUtility.HtmlEncode(text)}</pre>\n";

    static string? Text(MimeBundle data, string type) => data[type] is JsonValue value ? value.ToString() : null;
}
