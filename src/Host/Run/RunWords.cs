using Workbook.Host.Documents;
using Workbook.Host.Processes;
using Workbook.Host.Run.Results;
using Workbook.Host.Wording;

namespace Workbook.Host.Run;

/// <summary>The sentences of a run.</summary>
static class RunWords
{
    /// <summary>One line: cells, checks, seconds, and what went wrong first.</summary>
    public static string Summary(NotebookReport report)
    {
        var mark = report.ExitCode == ExitCodes.Passed ? "✓" : "✗";
        var ran = report.Cells.Count(c => c.Status is not (CellStatus.NotRun or CellStatus.Skipped));
        var cells = ran == report.Cells.Count ? Words.Count(ran, "cell") : $"{ran} of {Words.Count(report.Cells.Count, "cell")}";
        var (passed, failed) = (report.Cells.Sum(c => c.ChecksPassed), report.Cells.Sum(c => c.ChecksFailed));
        var checks = failed == 0 ? Words.Count(passed, "check") : $"{Words.Count(passed + failed, "check")} ({failed} failed)";
        var line = $"{mark} {report.Notebook.Name}: {cells}, {checks}, {report.Elapsed.TotalSeconds:0.0} s";
        return Fault(report) is { } fault ? $"{line}: {fault}" : line;
    }

    /// <summary>What went wrong first, in a few words; null when nothing did.</summary>
    public static string? Fault(NotebookReport report) =>
        report.Faults.FirstOrDefault() is { } fault ? $"cell {fault.Number} {Kind(fault.Status)}"
        : report.Problem is null ? null
        : report.Document is null ? "not run"
        : report.Page is null ? "not written"
        : "not verified";

    /// <summary>The place and the message on one line, then the details.</summary>
    public static IEnumerable<string> Fault(NotebookPath notebook, CellReport cell)
    {
        yield return Harmless.Text($"{cell.Place?.From(notebook.From ?? Environment.CurrentDirectory)}: {cell.Message}");
        foreach (var line in cell.Details) yield return $"    {Harmless.Text(line)}";
    }

    /// <summary>The errors as GitHub Actions marks them in a changed file.</summary>
    public static IEnumerable<string> Annotations(NotebookReport report)
    {
        foreach (var cell in report.Faults)
        {
            var file = report.Notebook.Relative(cell.Place?.File ?? report.Notebook.File).Replace('\\', '/');
            yield return $"::error "
                + $"file={Escape(file).Replace(",", "%2C").Replace(":", "%3A")},line={Math.Max(cell.Place?.Line ?? 1, 1)}::{Escape(Harmless.Log(cell.Message ?? ""))}";
        }

        if (report.Problem is not null)
            yield return $"::error file={Escape(report.Notebook.Shown.Replace('\\', '/'))}::{Escape(Harmless.Log(report.Problem))}";
    }

    static string Kind(CellStatus status) => status switch
    {
        CellStatus.TimedOut => "timed out",
        CellStatus.Crashed => "crashed",
        CellStatus.Interrupted => "interrupted",
        _ => "failed",
    };

    static string Escape(string text) => text.Replace("%", "%25").Replace("\r", "%0D").Replace("\n", "%0A");
}
