using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Export.Browser;

namespace Workbook.Host.Run;

/// <summary>
/// Gives the figures of executed notebooks still pictures, as far as a browser can be had. One serves a whole run; it starts with the first figure,
/// so a run without figures does not wait for it.
/// </summary>
/// <param name="wanted">Whether there are to be pictures at all.</param>
sealed class StillPictures(bool wanted) : IAsyncDisposable
{
    readonly Pictures? pictures = wanted ? Pictures.Find() : null;

    /// <summary>Why figures were left without pictures, to be told once; null when none was.</summary>
    public string? Notice { get; private set; }

    /// <summary>Adds the pictures that are missing. After a failure no more are tried: a browser that does not start would be waited for again and again.</summary>
    public async Task AddToAsync(NotebookDocument document, CancellationToken cancellation)
    {
        var isMissing = document.Cells.SelectMany(c => c.Outputs).Any(o => o.Bundle?[FigureHtml.MimeType] is not null && o.Bundle["image/png"] is null);
        if (!wanted || Notice is not null || !isMissing) return;
        if (pictures is null)
        {
            Notice = $"Still pictures of figures are left out: no Chromium, Chrome or Edge was found on the PATH or by {Chromium.Variable}. Pages draw the figures all the same; GitHub shows only their text.";
            return;
        }

        try
        {
            await pictures.AddToAsync(document, cancellation);
        }
        catch (Exception e) when (e is BrowserException or TimeoutException)
        {
            Notice = $"Still pictures of figures are left out from here on: {e.Message} --no-pictures does without them.";
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Notice = "Still pictures of figures are left out from here on: the run was interrupted.";
        }
    }

    /// <summary>Ends the browser.</summary>
    public ValueTask DisposeAsync() => pictures?.DisposeAsync() ?? ValueTask.CompletedTask;
}
