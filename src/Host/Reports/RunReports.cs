using Workbook.Host.Export;
using Workbook.Host.Files;
using Workbook.Host.Run;
using Workbook.Host.Run.Results;

namespace Workbook.Host.Reports;

/// <summary>The reports on a whole run, in its output folder.</summary>
static class RunReports
{
    const string JobPage = "GITHUB_STEP_SUMMARY";

    /// <summary>
    /// Writes <c>junit.xml</c>, <c>summary.md</c> and <c>index.html</c>, and adds the summary to the page of a GitHub Actions job.
    /// </summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <param name="reports">The run.</param>
    /// <param name="leftOut">What earlier runs have left of notebooks that this one did not need to run; the index leads to their pages
    /// too.</param>
    /// <param name="frame">What the pages have in common.</param>
    /// <param name="folder">Where they are written.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static void Write(IReadOnlyList<NotebookReport> reports, IReadOnlyList<NotebookReport> leftOut, BookFrame frame, string folder,
        TextWriter errors)
    {
        var names = string.Join(", ", leftOut.Select(r => r.Notebook.Name));
        var summary = MarkdownSummary.Create(reports)
            + (leftOut.Count == 0 ? "" : $"\nLeft out, unchanged since their last green run: {names}\n");
        AtomicFile.Write(Path.Combine(folder, "junit.xml"), path => File.WriteAllText(path, $"{JUnitReport.Create(reports)}\n"));
        AtomicFile.Write(Path.Combine(folder, "summary.md"), path => File.WriteAllText(path, summary));
        RunIndex.Write(reports, leftOut, frame, folder);
        if (Environment.GetEnvironmentVariable(JobPage) is { Length: > 0 } page) AddTo(page, summary, errors);
    }

    /// <summary>The page is the build server's; that it cannot be had says nothing of the notebooks.</summary>
    static void AddTo(string page, string summary, TextWriter errors)
    {
        try
        {
            File.AppendAllText(page, summary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"{JobPage}: the summary is not on the job's page, which cannot be written: {e.Message}");
        }
    }
}
