using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Export.Browser;
using Workbook.Host.Wording;

namespace Workbook.Host.Run;

/// <summary>
/// Gives the figures of executed notebooks still pictures, as far as a browser can be had. One serves a whole run; it starts with the first
/// figure,
/// so a run without figures does not wait for it.
/// </summary>
/// <param name="wanted">Whether there are to be pictures at all.</param>
sealed class StillPictures(bool wanted) : IAsyncDisposable
{
    readonly Pictures? pictures = wanted ? Pictures.Find() : null;

    readonly List<string> failures = [];

    string? end;

    /// <summary>Why figures were left without pictures, to be told once; null when none was.</summary>
    public string? Notice
    {
        get
        {
            lock (failures)
            {
                var first = failures.Count == 0 ? null
                    : $"{Words.Count(failures.Count, "figure")} without a still picture; the first: {failures[0]}";
                return first is null ? end : end is null ? first : $"{first}\n{end}";
            }
        }
    }

    /// <summary>
    /// Adds the pictures that are missing. A figure that cannot be drawn is counted; after a failure of the browser no more are tried: a
    /// browser that does not start would be waited for again and again.
    /// </summary>
    public async Task AddToAsync(NotebookDocument document, CancellationToken cancellation)
    {
        var isMissing = document.Cells.SelectMany(c => c.Outputs)
            .Any(o => o.Bundle?[FigureHtml.MimeType] is { } figure && FigureHtml.IsFigure(figure) && o.Bundle["image/png"] is null);
        if (!wanted || end is not null || !isMissing) return;
        if (pictures is null)
        {
            end = $"Still pictures of figures are left out: no Chromium, Chrome or Edge was found on the PATH or by {Chromium.Variable}. "
                + "Pages draw the figures all the same; GitHub shows only their text.";
            return;
        }

        try
        {
            await pictures.AddToAsync(document, cancellation, Failed);
        }
        catch (Exception e) when (e is BrowserException or TimeoutException)
        {
            end = $"Still pictures of figures are left out from here on: {e.Message} --no-pictures does without them.";
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            end = "Still pictures of figures are left out from here on: the run was interrupted.";
        }
    }

    /// <summary>The picture of a notebook for an index; null where there is no figure, or no browser to draw it.</summary>
    public async Task<byte[]?> ThumbnailAsync(NotebookDocument document, CancellationToken cancellation)
    {
        if (pictures is null || end is not null || Thumbnail.Figure(document) is not { } figure) return null;
        try
        {
            return await pictures.PngAsync(figure, Thumbnail.Width, Thumbnail.Height, cancellation);
        }
        catch (Exception e) when (e is BrowserException or TimeoutException or OperationCanceledException)
        {
            // The still picture stands in for it; whatever else is wrong with the browser, the still pictures say.
            return null;
        }
    }

    void Failed(int cell, string why)
    {
        lock (failures) failures.Add($"cell {cell}: {why.Split('\n')[0]}");
    }

    /// <summary>Ends the browser.</summary>
    public ValueTask DisposeAsync() => pictures?.DisposeAsync() ?? ValueTask.CompletedTask;
}
