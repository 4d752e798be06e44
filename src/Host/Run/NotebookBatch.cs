using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Packages;
using Workbook.Host.Run.Verification;

namespace Workbook.Host.Run;

/// <summary>Runs notebooks and writes what each leaves behind as soon as it is done.</summary>
/// <param name="options">How they are run.</param>
/// <param name="pictures">Adds still pictures to what each notebook shows.</param>
/// <param name="progress">Hears how it goes on.</param>
internal sealed class NotebookBatch(RunOptions options, StillPictures pictures, IRunProgress progress)
{
    /// <summary>Runs them all, whatever becomes of each.</summary>
    /// <returns>The reports, in the order of the notebooks.</returns>
    public async Task<IReadOnlyList<NotebookReport>> RunAsync(IReadOnlyList<LoadedNotebook> notebooks, CancellationToken cancellation)
    {
        var restored = Restore(notebooks);
        var reports = new NotebookReport[notebooks.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Jobs, CancellationToken = cancellation };
        // Of several at a time the longest text begins, as the likeliest to take longest: begun last, it would run alone at the end.
        var order = Enumerable.Range(0, notebooks.Count).OrderByDescending(i => options.Jobs > 1 ? notebooks[i].Document?.Cells.Sum(c => c.Source.Length) : 0).ToArray();
        await Parallel.ForEachAsync(order, parallel, async (i, token) =>
        {
            reports[i] = await RunAsync(notebooks[i], restored, token).ConfigureAwait(false);
            progress.Done(reports[i]);
        }).ConfigureAwait(false);
        return reports;
    }

    /// <summary>Restores each set of packages once, before the first cell runs; what goes wrong is told by set.</summary>
    static Dictionary<string, string?> Restore(IEnumerable<LoadedNotebook> notebooks)
    {
        var outcomes = new Dictionary<string, string?>();
        foreach (var set in notebooks.Select(n => n.Packages).Where(s => !s.Packages.IsEmpty).DistinctBy(s => s.Key))
        {
            try
            {
                PackageRestore.Get(set);
                outcomes[set.Key] = null;
            }
            catch (PackageException e)
            {
                outcomes[set.Key] = e.Message;
            }
        }

        return outcomes;
    }

    async Task<NotebookReport> RunAsync(LoadedNotebook notebook, IReadOnlyDictionary<string, string?> restored, CancellationToken cancellation)
    {
        var problem = notebook.Problem ?? (restored.GetValueOrDefault(notebook.Packages.Key) is { } words ? $"{notebook.Path.Shown}: {words}" : null);
        if (problem is not null) return new NotebookReport(notebook.Path) { Problem = problem };
        NotebookReport report;
        try
        {
            report = await new NotebookRunner(notebook.Path, notebook.Document!, notebook.Packages, options, progress).RunAsync(cancellation).ConfigureAwait(false);
        }
        catch (DirectoryNotFoundException e)
        {
            return new NotebookReport(notebook.Path) { Problem = $"{notebook.Path.Shown}: {e.Message}" };
        }

        try
        {
            if (options.Verify)
            {
                report = StoredOutputs.Compare(report);
                foreach (var fault in report.Faults.Where(f => f.Verification)) progress.Done(notebook.Path, fault);
            }

            await pictures.AddToAsync(report.Document!, cancellation).ConfigureAwait(false);
            if (options.Update && report.ExitCode == ExitCodes.Passed)
                AtomicFile.Write(OutputVerification.StoredPath(notebook.Path.File), path => File.WriteAllBytes(path, IpynbWriter.Write(report.Document!)));
            return options.Output is { } folder ? report with { Page = Write(report, Path.Combine(folder, notebook.Path.Name)) } : report;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PageException or NotebookFormatException)
        {
            return report with { Problem = $"{notebook.Path.Shown}: {e.Message}" };
        }
    }

    static PageSummary Write(NotebookReport report, string target)
    {
        PageSummary? page = null;
        AtomicFile.Write(target + ".ipynb", path => File.WriteAllBytes(path, IpynbWriter.Write(report.Document!)));
        AtomicFile.Write(target + ".html", path => page = HtmlPage.Write(report.Document!, path, new PageOptions
        {
            Title = report.Notebook.Name,
            Folder = Path.GetDirectoryName(report.Notebook.File),
        }));
        return page!;
    }
}
