using System.Net;

namespace Workbook.Helpers;

/// <summary>A figure as HTML: its words, which plotly.js replaces by the drawing.</summary>
static class FigureHtml
{
    /// <summary>
    /// For a cell's output: plotly.js comes from the network, once for all figures of a page. Without a network the words stay.
    /// </summary>
    /// <remarks>
    /// Notebook pages often have require.js, which plotly.js would register with instead of showing itself; so it is hidden meanwhile.
    /// </remarks>
    public static string Element(Figure figure) => Box(figure, $$"""
        if (window.Plotly) return draw();
        window.workbookPlotly ??= new Promise((done, failed) => {
          const script = document.createElement("script");
          const define = window.define;
          window.define = undefined;
          script.onload = () => { window.define = define; done(); };
          script.onerror = () => { window.define = define; window.workbookPlotly = undefined; failed(); };
          Object.assign(script, { src: "{{PlotlyScript.Address}}", integrity: "{{PlotlyScript.Integrity}}", crossOrigin: "anonymous" });
          document.head.append(script);
        });
        window.workbookPlotly.then(draw, () => {});
        """);

    /// <summary>A page that opens without a network.</summary>
    public static string Page(Figure figure) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>{WebUtility.HtmlEncode(figure.Title)}</title>
        <script>{PlotlyScript.Text}</script>
        </head>
        <body>
        {Box(figure, "draw();")}
        </body>
        </html>

        """;

    // "responsive" forgets the layout's height and takes the box's, so the box has it.
    static string Box(Figure figure, string start)
    {
        var id = $"figure-{Guid.NewGuid():N}";
        var alt = WebUtility.HtmlEncode(figure.Alt);
        var json = figure.ToJson();
        var moves = figure.Moves;
        return $$"""
            <div id="{{id}}" role="img" aria-label="{{alt}}">{{alt}}</div>
            <script>
            (() => {
            const box = document.getElementById("{{id}}");
            const { data, layout, config, frames } = {{json.Replace("<", "\\u003c", StringComparison.Ordinal)}};
            {{(moves ? FrameScript.Text : "")}}
            const draw = () => {
              box.textContent = "";
              {{(moves ? "const add = control(box, layout);" : "")}}
              box.style.height = `${layout?.height ?? 450}px`;
              Plotly.newPlot(box, { data, layout, config: { ...config, responsive: true }, frames }){{(moves ? ".then(add)" : "")}};
            };
            {{start}}
            })();
            </script>
            """;
    }
}
