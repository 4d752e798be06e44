using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Files;
using Workbook.Host.Packages;
using Workbook.Host.Processes;
using Workbook.Host.Run.Results;
using Workbook.Host.Run.Verification;

namespace Workbook.Host.Run;

/// <summary>Runs notebooks and writes what each leaves behind as soon as it is done.</summary>
/// <param name="options">How they are run.</param>
/// <param name="pictures">Adds still pictures to what each notebook shows.</param>
/// <param name="progress">Hears how it goes on.</param>
sealed class NotebookBatch(RunOptions options, StillPictures pictures, IRunProgress progress)
{
    /// <summary>How long what runs may take, once the run is interrupted, to write what it has.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.2);

    /// <summary>
    /// Runs them all, whatever becomes of each. When it is cancelled, what runs is ended and keeps what it has put out, and the others do
    /// not begin.
    /// </summary>
    /// <returns>The reports, in the order of the notebooks.</returns>
    public async Task<IReadOnlyList<NotebookReport>> RunAsync(IReadOnlyList<LoadedNotebook> notebooks, CancellationToken cancellation)
    {
        var packages = Restored(
            [
                .. notebooks.Select(n => n.Document is { } document && !options.Foreign
                    ? PackageScan.Of(n.Path.File, document, options.Only.In(document).Runs) with { IsLocked = options.Locked }
                    : PackageSet.Empty),
            ],
            cancellation);
        var reports = new NotebookReport?[notebooks.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Jobs };
        // Of several at a time the longest text begins, as the likeliest to take longest: begun last, it would run alone at the end.
        var order = Enumerable.Range(0, notebooks.Count)
            .OrderByDescending(i => options.Jobs > 1 ? notebooks[i].Document?.Cells.Sum(c => c.Source.Length) : 0).ToArray();
        var all = Parallel.ForEachAsync(order, parallel, async (i, _) =>
        {
            if (cancellation.IsCancellationRequested) return;
            reports[i] = await RunAsync(notebooks[i], packages[i], report => reports[i] = report, cancellation);
            progress.Done(reports[i]!);
        });
        await Task.WhenAny(all, LateAsync(cancellation));
        if (all.IsFaulted) await all;
        return [.. reports.Select((r, i) => all.IsCompleted && r is not null ? r : Cut(r, notebooks[i].Path))];
    }

    /// <summary>What is told of a notebook that the run did not get to the end of.</summary>
    NotebookReport Cut(NotebookReport? report, NotebookPath path)
    {
        if (report is null)
            return new NotebookReport(path) { IsInterrupted = true, Problem = $"{path.Shown}: not run, because the run was interrupted." };
        var isWritten = report.Page is not null || report.Problem is not null || options.Output is null;
        return isWritten ? report
            : report with { IsInterrupted = true, Problem = $"{path.Shown}: it has no page, because the run was interrupted." };
    }

    /// <summary>Ends when an interrupted run is no longer waited for.</summary>
    static async Task LateAsync(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(Grace, CancellationToken.None);
    }

    /// <summary>
    /// Restores each set of packages once, before the first cell runs. The empty set stands for one that cannot be had: then each cell asks
    /// for its own packages, and the one that cannot have them says so in its place.
    /// </summary>
    IReadOnlyList<PackageSet> Restored(IReadOnlyList<PackageSet> sets, CancellationToken cancellation)
    {
        var failed = new HashSet<string>();
        foreach (var set in sets.Where(s => !s.Packages.IsEmpty).DistinctBy(s => s.Key))
        {
            try
            {
                foreach (var note in PackageRestore.Get(set, cancellation).Said) progress.Notes(note);
            }
            catch (Exception e) when (e is PackageException or IOException or UnauthorizedAccessException or OperationCanceledException)
            {
                failed.Add(set.Key);
            }
        }

        return [.. sets.Select(s => failed.Contains(s.Key) ? PackageSet.Empty with { IsLocked = s.IsLocked } : s)];
    }

    async Task<NotebookReport> RunAsync(LoadedNotebook notebook, PackageSet packages, Action<NotebookReport> ran,
        CancellationToken cancellation)
    {
        var report = new NotebookReport(notebook.Path) { Problem = notebook.Problem };
        if (notebook.Problem is not null) return report;
        try
        {
            report = options.Foreign
                ? await new ForeignRunner(notebook.Path, notebook.Document!, options, progress).RunAsync(cancellation)
                : await new NotebookRunner(notebook.Path, notebook.Document!, packages,
                    options with { Only = options.Only.In(notebook.Document!) }, progress).RunAsync(cancellation);
            ran(report);
            if (options.Verify)
            {
                report = StoredOutputs.Compare(report);
                foreach (var fault in report.Faults.Where(f => f.Verification)) progress.Done(notebook.Path, fault);
            }

            await pictures.AddToAsync(report.Document!, cancellation);
            report = report with { Thumbnail = await pictures.ThumbnailAsync(report.Document!, cancellation) };
            if (options.Update && report.ExitCode == ExitCodes.Passed) Store(report);
            return options.Output is { } folder ? report with { Page = Write(report, Path.Combine(folder, notebook.Path.Name)) } : report;
        }
        catch (Exception e)
        {
            // Whatever it is, it costs this notebook its result and not the others theirs.
            var words = e is IOException or UnauthorizedAccessException or NotebookFormatException ? e.Message
                : $"The runner itself has failed; please report this. {e}";
            return report with { Problem = $"{notebook.Path.Shown}: {words}" };
        }
    }

    static void Store(NotebookReport report)
    {
        var target = new FileInfo(OutputVerification.StoredPath(report.Notebook.File));
        if (target.LinkTarget is { } linked)
            throw new IOException(
                $"--update: expected a file to store outputs in. Received: {target.Name}, a link to {linked}. "
                    + "Remove the link, or update the notebook that it leads to.");
        AtomicFile.Write(target.FullName, path => File.WriteAllBytes(path, IpynbWriter.Write(report.Document!)));
        StoredPictures.Write(report.Document!, target.DirectoryName!);
    }

    PageOptions Page(NotebookReport report)
    {
        var folder = Path.GetDirectoryName(report.Notebook.File);
        if (options.Frame is not { } frame)
            return new PageOptions { Title = report.Notebook.Name, Folder = folder, IsSanitized = options.IsSanitized };
        var files = PageFiles.Write(report.Document!, report.Notebook.Name, folder, options.Output!);
        return frame.OptionsOf(report.Notebook.Name, report.Document!, folder, files, report.Notebook.File, DateTime.Now);
    }

    PageSummary Write(NotebookReport report, string target)
    {
        PageSummary? page = null;
        AtomicFile.Write(target + ".ipynb", path => File.WriteAllBytes(path, IpynbWriter.Write(report.Document!)));
        AtomicFile.Write(target + ".html", path => page = HtmlPage.Write(report.Document!, path, Page(report)));
        return page!;
    }
}
