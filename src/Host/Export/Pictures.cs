using System.Text.Json;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Export.Browser;

namespace Workbook.Host.Export;

/// <summary>
/// Still pictures of Plotly figures, for readers that run no scripts: GitHub, nbconvert, paper. Made by plotly.js in a Chromium that is on
/// the machine;
/// one browser serves a whole run and is started by the first picture.
/// </summary>
sealed class Pictures : IAsyncDisposable
{
    /// <summary>
    /// How long one figure may take, in milliseconds. A figure that waits for what it cannot have would be waited for for ever.
    /// </summary>
    const int Patience = 30_000;

    /// <summary>The page that figures are drawn in: figures are data of a notebook, perhaps a stranger's, so it may load nothing.</summary>
    static readonly Uri Paper = new("data:text/html," + Uri.EscapeDataString(
        "<!DOCTYPE html><meta charset=utf-8><meta http-equiv=Content-Security-Policy content=\"default-src 'none'; img-src data: blob:; "
            + "style-src 'unsafe-inline'; script-src 'unsafe-eval'\">"));

    static readonly JsonSerializerOptions Deep = new() { MaxDepth = 512 };

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
    /// <exception cref="TimeoutException">The browser gave no answer within three minutes.</exception>
    public async Task<byte[]> PngAsync(JsonNode figure, int width = 900, int height = 506, CancellationToken cancellation = default)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            tab ??= await StartAsync(cancellation);
            var address = (string?)await tab.EvaluateAsync($$"""
                (() => {
                    const figure = {{figure.ToJsonString(Deep)}};
                    const layout = { paper_bgcolor: "#fff", ...figure.layout };
                    const size = length => typeof length === "number" ? Math.min(length, 4000) : length;
                    const picture = Plotly.toImage({ data: figure.data, layout }, { format: "png", scale: 1, width: size(layout.width ?? {{width}}), height: size(layout.height ?? {{height}}) });
                    const end = new Promise((_, fail) => setTimeout(() => fail(new Error("It was not drawn within {{Patience / 1000}} s. A figure that needs the network, as a map does, has no still picture.")), {{Patience}}));
                    return Promise.race([picture, end]);
                })()
                """, cancellation);
            const string start = "data:image/png;base64,";
            if (address is null || !address.StartsWith(start, StringComparison.Ordinal))
                throw new BrowserException($"plotly.js gave no PNG but {address ?? "nothing"}.") { IsOfPage = true };
            return Convert.FromBase64String(address[start.Length..]);
        }
        catch (BrowserException error) when (error.IsOfPage)
        {
            // What a figure that failed has left behind shall not fail the next one.
            tab = null;
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Gives every figure of a notebook that has no picture its image/png, right behind the figure itself.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="failed">Hears of each figure that cannot be drawn, with the number of its cell; the others are drawn all the
    /// same.</param>
    /// <returns>How many pictures were made.</returns>
    /// <exception cref="BrowserException">Chromium does not start, or has gone away.</exception>
    public async Task<int> AddToAsync(NotebookDocument document, CancellationToken cancellation = default,
        Action<int, string>? failed = null)
    {
        var made = 0;
        foreach (var (bundle, number) in document.Cells.SelectMany((c, i) => c.Outputs.Select(o => (o.Bundle, i + 1))))
        {
            if (bundle?[FigureHtml.MimeType] is not { } figure || !FigureHtml.IsFigure(figure) || bundle["image/png"] is not null) continue;
            try
            {
                var png = Convert.ToBase64String(await PngAsync(figure, cancellation: cancellation));
                bundle.Items.Insert(bundle.Items.FindIndex(i => i.Key == FigureHtml.MimeType) + 1, new("image/png", png));
                made++;
            }
            catch (BrowserException error) when (error.IsOfPage)
            {
                failed?.Invoke(number, error.Message);
            }
        }
        return made;
    }

    async Task<BrowserTab> StartAsync(CancellationToken cancellation)
    {
        browser ??= await Chromium.StartAsync(program, cancellation);
        var opened = await browser.OpenAsync(cancellation);
        await opened.CutOffAsync(cancellation);
        await opened.GoAsync(Paper, cancellation);
        await opened.EvaluateAsync(Assets.PlotlyScript + ";undefined", cancellation);
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        turn.Dispose();
    }
}
