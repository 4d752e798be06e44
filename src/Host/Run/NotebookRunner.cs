using System.Diagnostics;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Files;
using Workbook.Host.Packages;
using Workbook.Host.Run.Results;
using Workbook.Host.Sessions;
using Workbook.Host.Workers.Inside;
using Workbook.Host.Workers.Outside;
using Workbook.Host.Workers.Pipe;

namespace Workbook.Host.Run;

/// <summary>Runs one notebook in a worker of its own.</summary>
/// <param name="notebook">Which.</param>
/// <param name="document">Its content; outputs in it are replaced.</param>
/// <param name="packages">The packages that it asks for; restored already.</param>
/// <param name="options">How.</param>
/// <param name="progress">Hears how it goes on.</param>
sealed class NotebookRunner(NotebookPath notebook, NotebookDocument document, PackageSet packages, RunOptions options,
    IRunProgress progress) : IWorkerListener
{
    readonly Dictionary<int, OutputLog> logs = [];

    readonly Lock logging = new();

    readonly Stopwatch watch = Stopwatch.StartNew();

    long peakMemory;

    int executed;

    int first;

    /// <summary>Runs the cells in order, up to the first that does not keep its promise.</summary>
    public async Task<NotebookReport> RunAsync(CancellationToken cancellation)
    {
        foreach (var cell in document.Cells)
        {
            cell.Outputs.Clear();
            cell.ExecutionCount = null;
        }

        var planned = document.Cells.Select((c, i) => new CellReport(i + 1, c)).Where(r => r.Cell.IsCode).ToList();
        first = planned.Find(p => options.Only.Runs(p.Number, p.Cell))?.Number ?? 0;
        progress.Begins(notebook, planned.Count);
        var reports = new List<CellReport>();
        using (var scratch = new ScratchFolder())
        {
            await using var worker = WorkerProcess.Start(Path.GetDirectoryName(notebook.File)!, packages, Environment(scratch), this);
            foreach (var plan in planned)
            {
                var report = reports.Any(r => r.IsFault) ? plan : await RunCellAsync(worker, plan, cancellation);
                reports.Add(report);
                progress.Done(notebook, report);
            }
        }

        // What cells wrote after their end has come by now.
        foreach (var (number, log) in logs) document.Cells[number - 1].Outputs.AddRange(log.Outputs);
        return new NotebookReport(notebook) { Document = document, Cells = reports, Elapsed = watch.Elapsed, PeakMemory = peakMemory };
    }

    Dictionary<string, string> Environment(ScratchFolder scratch)
    {
        var variables = new Dictionary<string, string>(scratch.Environment);
        if (options.Backend is { } backend) variables["WORKBOOK_BACKEND"] = backend;
        if (options.Memory is { } bytes) variables["DOTNET_GCHeapHardLimit"] = $"0x{bytes:X}";
        return variables;
    }

    async Task<CellReport> RunCellAsync(WorkerProcess worker, CellReport plan, CancellationToken cancellation)
    {
        var cell = plan.Cell;
        if (!options.Only.Runs(plan.Number, cell)) return plan with { Status = CellStatus.Skipped };
        cell.ExecutionCount = ++executed;
        if (cell.Language != "csharp" && !SharedValues.IsOne(cell.Source)) return Show(plan);

        var unit = new SourceUnit(notebook.File, plan.Number, cell.Line, cell.Source);
        var left = options.NotebookTimeout - watch.Elapsed;
        var timeout = left < options.CellTimeout ? left : options.CellTimeout;
        var began = watch.Elapsed;
        CellEnd? end = null;
        try
        {
            end = await worker.ExecuteAsync(plan.Number, unit, timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The cell has no end of its own; what it had put out is kept.
        }

        var report = plan with { Elapsed = watch.Elapsed - began, Place = unit.Place(Math.Max(unit.Line, 1)) };
        switch (end)
        {
            case null:
                return Ended(report, CellStatus.Interrupted, RunningCell.Interrupted,
                    "The run was ended from outside before the cell was done.");
            case CellTimedOut:
                var what = left < options.CellTimeout ? $"The notebook took longer than {options.NotebookTimeout.TotalSeconds:0.#} s"
                    : $"The cell took longer than {options.CellTimeout.TotalSeconds:0.#} s";
                return Ended(report, CellStatus.TimedOut, "TimeoutError",
                    $"{what} and was ended. Make it faster, or allow more time (--timeout, --notebook-timeout).");
            case CellCrashed crashed:
                // Where memory runs out decides whether the cell can still say so, or the runtime ends the process.
                var bound = options.Memory is { } allowed
                    ? $" It was allowed {allowed >> 20} MiB (--memory); if it ran out of them, allow more." : "";
                return Ended(report, CellStatus.Crashed, "CrashError", crashed.Reason + bound);
            default:
                var ran = (CellRan)end;
                peakMemory = Math.Max(peakMemory, ran.PeakMemory);
                return Judged(report with { Elapsed = ran.Elapsed }, ran);
        }
    }

    /// <summary>A process that has run out of memory is not one to go on with, whatever the cell's tags promise.</summary>
    string OutOfMemory =>
        $"OutOfMemoryException: the notebook needs more memory "
            + $"than {(options.Memory is { } bytes ? $"the {bytes >> 20} MiB that --memory allows" : "there is")}.";

    CellReport Judged(CellReport report, CellRan ran)
    {
        var outputs = Outputs(report.Number);
        var (passed, failed) = Checks.Count(outputs);
        report = report with { ChecksPassed = passed, ChecksFailed = failed };
        if (ran.ErrorTypes?.Contains(nameof(OutOfMemoryException)) == true)
            return report with { Status = CellStatus.Crashed, Message = OutOfMemory, Place = ran.Place ?? report.Place };
        var error = outputs.OfType<ErrorOutput>().LastOrDefault();
        var verdict = Promise.Judge(report.Cell.Tags, error, ran.ErrorTypes, failed);
        return verdict is null
            ? report with { Status = CellStatus.Passed }
            : report with
            {
                Status = CellStatus.Failed,
                Message = verdict,
                Details = error?.Traceback ?? [],
                Place = ran.Place ?? report.Place
            };
    }

    CellReport Ended(CellReport report, CellStatus status, string name, string message)
    {
        Put(report.Number, new ErrorOutput(name, message, [$"{report.Place!.From(Path.GetDirectoryName(notebook.File)!)}: {message}"]));
        var (passed, failed) = Checks.Count(Outputs(report.Number));
        return report with
        {
            Status = status,
            Message = $"{name}: {message}",
            Details = LastWords(report.Number),
            ChecksPassed = passed,
            ChecksFailed = failed
        };
    }

    /// <summary>The end of what the cell wrote to stderr: where a process crashed, the runtime says there why.</summary>
    List<string> LastWords(int number) =>
        [.. string.Concat(Outputs(number).OfType<StreamOutput>().Where(o => o.Name == "stderr").Select(o => o.Text))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(12)];

    CellReport Show(CellReport plan)
    {
        if (Markup.Bundle(plan.Cell) is not { } bundle)
            return Ended(plan with { Place = new SourcePlace(notebook.File, plan.Cell.Line, plan.Number, 1) }, CellStatus.Failed,
                "LanguageError",
                Markup.Refusal(plan.Cell.Language));
        Put(plan.Number, new DisplayOutput(bundle));
        return plan with { Status = CellStatus.Passed };
    }

    /// <inheritdoc/>
    public void Put(int number, CellOutput output)
    {
        // What a worker says before its first cell, as when it cannot start, is told with that cell.
        if (number == 0) number = first;
        if (number == 0) return;
        lock (logging)
        {
            if (!logs.TryGetValue(number, out var log)) logs[number] = log = new OutputLog();
            log.Add(output);
        }

        if (!options.ShowOutput) return;
        if (output is StreamOutput stream) progress.Writes(notebook, stream.Name, stream.Text);
        else if (output.Bundle?["text/plain"] is { } text) progress.Writes(notebook, "stdout", $"{text}\n");
    }

    /// <inheritdoc/>
    public void Replace(string displayId, MimeBundle data)
    {
        lock (logging)
            foreach (var log in logs.Values) log.Replace(displayId, data);
    }

    /// <inheritdoc/>
    public void Clear(int number, bool wait)
    {
        lock (logging) logs.GetValueOrDefault(number)?.Clear(wait);
    }

    /// <summary>Nobody sits before a run, so its input is at its end.</summary>
    public Task<InputGiven> AskAsync(int number, string prompt, bool isPassword) => Task.FromResult(new InputGiven(null, null));

    IReadOnlyList<CellOutput> Outputs(int number)
    {
        lock (logging) return logs.TryGetValue(number, out var log) ? [.. log.Outputs] : [];
    }
}
