using Workbook.Host.Documents;
using Workbook.Host.Export;

namespace Workbook.Host.Run;

/// <summary>Runs notebooks one after the other and writes what each leaves behind as soon as it is done.</summary>
/// <param name="options">How they are run.</param>
/// <param name="progress">Hears how it goes on.</param>
internal sealed class NotebookBatch(RunOptions options, IRunProgress progress)
{
    /// <summary>Runs them all, whatever becomes of each.</summary>
    public async Task<IReadOnlyList<NotebookReport>> RunAsync(IReadOnlyList<NotebookPath> notebooks, CancellationToken cancellation)
    {
        var reports = new List<NotebookReport>();
        foreach (var notebook in notebooks)
        {
            var report = await RunAsync(notebook, cancellation).ConfigureAwait(false);
            progress.Done(report);
            reports.Add(report);
        }

        return reports;
    }

    async Task<NotebookReport> RunAsync(NotebookPath notebook, CancellationToken cancellation)
    {
        NotebookDocument document;
        try
        {
            document = NotebookFile.Read(notebook.File);
        }
        catch (Exception e) when (e is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            var line = e is NotebookFormatException { Line: > 0 } format ? $":{format.Line}" : "";
            return new NotebookReport(notebook) { Problem = $"{notebook.Shown}{line}: {e.Message}" };
        }

        var report = await new NotebookRunner(notebook, document, options, progress).RunAsync(cancellation).ConfigureAwait(false);
        try
        {
            Write(report, Path.Combine(options.Output, notebook.Name));
            return report;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PageException)
        {
            return report with { Problem = $"{notebook.Shown}: the results could not be written: {e.Message}" };
        }
    }

    static void Write(NotebookReport report, string target)
    {
        AtomicFile.Write(target + ".ipynb", path => File.WriteAllBytes(path, IpynbWriter.Write(report.Document!)));
        AtomicFile.Write(target + ".html", path => HtmlPage.Write(report.Document!, path, new PageOptions
        {
            Title = report.Notebook.Name,
            Folder = Path.GetDirectoryName(report.Notebook.File),
        }));
    }
}
