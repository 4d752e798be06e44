using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Export.Browser;

namespace Workbook.Host.Export;

/// <summary>
/// Still pictures of Plotly figures, for readers that run no scripts: GitHub, nbconvert, paper. Made by plotly.js in a Chromium that is on the machine;
/// one browser serves a whole run and is started by the first picture.
/// </summary>
sealed class Pictures : IAsyncDisposable
{
    readonly string program;
    readonly SemaphoreSlim turn = new(1);
    Chromium? browser;
    BrowserTab? tab;

    Pictures(string program) => this.program = program;

    /// <summary>The maker of pictures; null when no Chromium is found, which the caller tells the reader once.</summary>
    public static Pictures? Find() => Chromium.Find() is { } program ? new Pictures(program) : null;

    /// <summary>A figure as PNG, on white, one pixel for a CSS pixel: a notebook with eight of them stays below a megabyte.</summary>
    /// <param name="figure">The figure: an object with data and layout.</param>
    /// <param name="width">In CSS pixels, when the figure's layout gives none. Default: 900.</param>
    /// <param name="height">In CSS pixels, when the figure's layout gives none. Default: 506.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="BrowserException">Chromium does not start, or plotly.js cannot draw the figure.</exception>
    /// <exception cref="TimeoutException">The browser gave no answer within a minute.</exception>
    public async Task<byte[]> PngAsync(JsonNode figure, int width = 900, int height = 506, CancellationToken cancellation = default)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            tab ??= await StartAsync(cancellation);
            var address = (string?)await tab.EvaluateAsync($$"""
                (() => {
                    const figure = {{figure.ToJsonString()}};
                    const layout = { paper_bgcolor: "#fff", ...figure.layout };
                    return Plotly.toImage({ data: figure.data, layout }, { format: "png", scale: 1, width: layout.width ?? {{width}}, height: layout.height ?? {{height}} });
                })()
                """, cancellation);
            const string start = "data:image/png;base64,";
            if (address is null || !address.StartsWith(start, StringComparison.Ordinal)) throw new BrowserException($"plotly.js gave no PNG but {address ?? "nothing"}.");
            return Convert.FromBase64String(address[start.Length..]);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Gives every figure of a notebook that has no picture its image/png, right behind the figure itself.</summary>
    /// <returns>How many pictures were made.</returns>
    public async Task<int> AddToAsync(NotebookDocument document, CancellationToken cancellation = default)
    {
        var made = 0;
        foreach (var bundle in document.Cells.SelectMany(c => c.Outputs).Select(o => o.Bundle))
        {
            if (bundle?[FigureHtml.MimeType] is not { } figure || bundle["image/png"] is not null) continue;
            var png = Convert.ToBase64String(await PngAsync(figure, cancellation: cancellation));
            bundle.Items.Insert(bundle.Items.FindIndex(i => i.Key == FigureHtml.MimeType) + 1, new("image/png", png));
            made++;
        }
        return made;
    }

    async Task<BrowserTab> StartAsync(CancellationToken cancellation)
    {
        browser ??= await Chromium.StartAsync(program, cancellation);
        var opened = await browser.OpenAsync(cancellation);
        await opened.EvaluateAsync(Assets.PlotlyScript + ";undefined", cancellation);
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        turn.Dispose();
    }
}
