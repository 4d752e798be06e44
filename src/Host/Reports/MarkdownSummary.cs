using System.Text;
using System.Text.RegularExpressions;
using Workbook.Host.Documents;
using Workbook.Host.Processes;
using Workbook.Host.Run;
using Workbook.Host.Run.Results;
using Workbook.Host.Wording;

namespace Workbook.Host.Reports;

/// <summary>The run in Markdown, for a job's page: a row for each notebook, what went wrong, and the slowest cells.</summary>
static partial class MarkdownSummary
{
    /// <summary>How many of the slowest cells are listed.</summary>
    const int Slowest = 10;

    /// <summary>The text.</summary>
    public static string Create(IReadOnlyList<NotebookReport> reports)
    {
        var text = new StringBuilder("# Notebooks\n\n| | notebook | cells | checks | time | memory |\n|---|---|---:|---:|---:|---:|\n");
        foreach (var report in reports)
        {
            var (passed, all) = (report.Cells.Sum(c => c.ChecksPassed), report.Cells.Sum(c => c.ChecksPassed + c.ChecksFailed));
            text.Append($"| {(report.ExitCode == ExitCodes.Passed ? "✓" : "✗")} | {Escape(report.Notebook.Name)} | {report.Cells.Count} | ")
                .Append(passed == all ? $"{all}" : $"{passed} of {all}")
                .Append($" | {report.Elapsed.TotalSeconds:0.0} s | {(report.PeakMemory > 0 ? $"{report.PeakMemory >> 20} MiB" : "")} |\n");
        }

        foreach (var report in reports.Where(r => r.ExitCode != ExitCodes.Passed))
        {
            text.Append($"\n## ✗ {Escape(report.Notebook.Name)}\n");
            if (report.Problem is not null) text.Append($"\n{Escape(report.Problem)}\n");
            foreach (var fault in report.Faults)
            {
                var words = string.Join('\n', RunWords.Fault(report.Notebook, fault));
                var fence = new string('`', Math.Max(4, Backquotes().Matches(words).Select(m => m.Length + 1).DefaultIfEmpty().Max()));
                text.Append($"\n{fence}text\n{words}\n{fence}\n");
            }
        }

        var slow = reports.SelectMany(r => r.Cells.Select(c => (Report: r, Cell: c))).Where(c => c.Cell.Elapsed > TimeSpan.Zero)
            .OrderByDescending(c => c.Cell.Elapsed).Take(Slowest).ToList();
        if (slow.Count > 0) text.Append("\n## Slowest cells\n\n| notebook | cell | line | time |\n|---|---:|---:|---:|\n");
        foreach (var (report, cell) in slow)
            text.Append(
                $"| {Escape(report.Notebook.Name)} | {cell.Number} | {(cell.Cell.Line > 0 ? $"{cell.Cell.Line}" : "")} "
                    + $"| {cell.Elapsed.TotalSeconds:0.00} s |\n");
        return text.ToString();
    }

    static string Escape(string text) =>
        Harmless.Text(text).Replace("\\", "\\\\").Replace("|", "\\|").Replace("<", "&lt;").Replace("\n", " ");

    [GeneratedRegex("`+")]
    private static partial Regex Backquotes();
}
