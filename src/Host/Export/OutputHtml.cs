using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Host.Documents;
using Workbook.Host.Export.Folds;
using Workbook.Host.Export.Latex;
using Workbook.Host.Export.Markdown;

namespace Workbook.Host.Export;

/// <summary>
/// The outputs of the cells of one page. An output is what a cell made of its data, so all of it that is no HTML by its type is encoded.
/// </summary>
/// <param name="markdown">The page's Markdown, for outputs that are Markdown.</param>
/// <param name="state">What the parts of the page share.</param>
sealed partial class OutputHtml(MarkdownPage markdown, PageState state)
{
    /// <summary>A table of more rows is folded.</summary>
    const int LongTable = 16;

    static readonly string[] Pictures = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    static readonly JsonSerializerOptions Indented = new()
    { WriteIndented = true, MaxDepth = 512, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How many figures there are so far.</summary>
    public int Figures { get; private set; }

    /// <summary>A cell's outputs.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="place">The cell's place, for notes.</param>
    public ShownOutputs Write(Cell cell, string place)
    {
        var checks = new List<string>();
        var html = new StringBuilder();
        for (var i = 0; i < cell.Outputs.Count; i++)
        {
            if (cell.Outputs[i] is StreamOutput stream)
            {
                // One write of the cell is one output; a reader sees one text.
                var text = new StringBuilder(stream.Text);
                while (i + 1 < cell.Outputs.Count && cell.Outputs[i + 1] is StreamOutput next && next.Name == stream.Name)
                    text.Append(((StreamOutput)cell.Outputs[++i]).Text);
                html.Append(StreamHtml.Write(stream.Name, text.ToString(), checks));
            }
            else html.Append(Write(cell.Outputs[i], cell, $"{place}, output {i + 1}"));
        }
        return new ShownOutputs(html.Length == 0 ? "" : $"<div class=\"outputs\">\n{html}</div>\n", checks);
    }

    string Write(CellOutput output, Cell cell, string place)
    {
        if (output is ErrorOutput error)
            return Write(error, cell.Tags.Any(t => t.StartsWith("raises-exception", StringComparison.Ordinal)));
        var data = output.Bundle ?? throw new NotSupportedException($"A page cannot show an output of the type {output.GetType().Name}.");
        try
        {
            return Rich(data, cell, place) ?? Pre(Text(data, "text/plain") ?? "");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Outputs are of any shape that a program may give them; one that cannot be drawn must not take the page with it.
            state.Note("output", new(place), $"cannot be drawn ({e.Message}); the page shows its text.");
            return Pre(Text(data, "text/plain") ?? "");
        }
    }

    /// <summary>The richest form that a page knows; null when there is none but text.</summary>
    string? Rich(MimeBundle data, Cell cell, string place)
    {
        var own = CellOptions.Value(cell.Source, "alt");
        var alt = WebUtility.HtmlEncode(own ?? Text(data, "text/plain") ?? "Picture");
        if (data[FigureHtml.MimeType] is { } figure)
        {
            if (!FigureHtml.IsFigure(figure))
                state.Note("output", new(place),
                    "is called a figure and is none: expected an object with data and layout; the page shows what else there is of it.");
            else if (state.IsSanitized && FigureHtml.IsMap(figure))
                state.Note("output", new(place),
                    "is a map, which comes from the network; a sanitized page loads nothing and shows what else there is of it.");
            else return Figure(data, own, place);
        }

        if (Text(data, "text/html") is { } html && !state.IsSanitized) return Html(html, place);
        if (Text(data, "image/svg+xml") is { } svg) return Image(DataAddress.Of("image/svg+xml", Encoding.UTF8.GetBytes(svg)), alt);
        foreach (var type in Pictures.Where(t => data[t] is not null))
        {
            if (DataAddress.OfBase64(type, Text(data, type) ?? "") is { } picture) return Image(picture, alt);
            state.Note("output", new(place), $"holds no {type} but something that is not base64; the page shows what else there is of it.");
        }

        if (Text(data, "text/markdown") is { } text) return $"<div class=\"prose\">{markdown.Render(text, place)}</div>\n";
        if (Text(data, "text/latex") is { } latex) return Formula(latex, place);
        if (data["application/json"] is { } json) return Pre(json.ToJsonString(Indented));
        if (Text(data, "text/html") is null || Text(data, "text/plain") is not null) return null;
        state.Note("output", new(place), "is HTML, which a sanitized page does not show.");
        return Pre(Text(data, "text/html")!);
    }

    string Figure(MimeBundle data, string? alt, string place)
    {
        var figure = data[FigureHtml.MimeType]!.AsObject();
        state.Policy.AllowFigures();
        state.Use(PageFeature.Figures);
        if (FigureHtml.HasSlider(figure)) state.Use(PageFeature.Sliders);
        if (state.IsSanitized) figure = Sanitized(figure, place);
        else if (FigureHtml.AsksNetwork(figure)) state.Policy.AllowRemote();
        return FigureHtml.Write(data, ++Figures, alt, state.Ids, figure);
    }

    JsonObject Sanitized(JsonObject figure, string place)
    {
        var (left, taken) = FigureAddresses.TakeOut(figure);
        if (taken is not null)
            state.Note("output", new(place), $"asks for what a sanitized page does not give; taken out of the figure: {taken}.");
        return left;
    }

    string Html(string html, string place)
    {
        var shown = RawHtml.WithPictures(html, address => markdown.Picture(address, place));
        state.Policy.Allow(shown);
        if (shown.Contains("class=\"wb-", StringComparison.Ordinal)) state.Use(PageFeature.Predictions);
        shown = Permalinks.OfQuestions(state.Ids, shown);
        var box = $"<div class=\"html scroll\">{shown}</div>\n";
        var rows = shown.TrimStart().StartsWith("<table", StringComparison.OrdinalIgnoreCase) ? BodyRow().Count(shown) - 1 : 0;
        return rows > LongTable ? FoldHtml.Write("folded", $"Table of {rows} rows", box) : box;
    }

    string Formula(string latex, string place)
    {
        try
        {
            return $"<div class=\"formula\">{MathMl.Convert(LatexText.Inner(latex), display: true)}</div>\n";
        }
        catch (LatexException error)
        {
            state.Note("formula", new(place), $"{error.Message} The page shows its source.");
            return $"<div class=\"formula\">{MarkdownPage.FormulaSource(latex)}</div>\n";
        }
    }

    static string Write(ErrorOutput error, bool isExpected)
    {
        var traceback = string.Join('\n', error.Traceback);
        return $"""
            <div class="{(isExpected ? "error expected" : "error")}"><p><strong>{WebUtility.HtmlEncode(error.Name)}</strong>{(isExpected ? " (expected)" : "")}: {WebUtility.HtmlEncode(error.Message)}</p>
            {(traceback.Length == 0 ? "" : $"<pre>{WebUtility.HtmlEncode(traceback)}</pre>")}</div>

            """;
    }

    static string Image(string address, string alt) => $"<img src=\"{address}\" alt=\"{alt}\">\n";

    static string Pre(string text) => $"<pre class=\"value\">{WebUtility.HtmlEncode(text)}</pre>\n";

    static string? Text(MimeBundle data, string type) => NotebookJson.Text(data[type]);

    [GeneratedRegex("<tr\\b", RegexOptions.IgnoreCase)]
    private static partial Regex BodyRow();
}
