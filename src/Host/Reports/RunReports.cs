using Workbook.Host.Files;
using Workbook.Host.Run;
using Workbook.Host.Run.Results;

namespace Workbook.Host.Reports;

/// <summary>The reports on a whole run, in its output folder.</summary>
static class RunReports
{
    /// <summary>Writes <c>junit.xml</c>, <c>summary.md</c> and <c>index.html</c>, and adds the summary to the page of a GitHub Actions job.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(IReadOnlyList<NotebookReport> reports, string folder)
    {
        var summary = MarkdownSummary.Create(reports);
        AtomicFile.Write(Path.Combine(folder, "junit.xml"), path => File.WriteAllText(path, $"{JUnitReport.Create(reports)}\n"));
        AtomicFile.Write(Path.Combine(folder, "summary.md"), path => File.WriteAllText(path, summary));
        RunIndex.Write(reports, folder);
        if (Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY") is { Length: > 0 } page) File.AppendAllText(page, summary);
    }
}
