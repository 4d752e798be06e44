using System.Globalization;
using System.Text.Json;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Files;
using Workbook.Host.Processes;
using Workbook.Host.Run.Results;

namespace Workbook.Host.Run.Changes;

/// <summary>What the last green run of each notebook depended on, kept in the output folder beside what it left there.</summary>
sealed class GreenRuns
{
    const string FileName = "green.json";

    readonly string folder;

    readonly SortedDictionary<string, Entry> entries;

    GreenRuns(string folder, SortedDictionary<string, Entry> entries) => (this.folder, this.entries) = (folder, entries);

    /// <summary>A green run.</summary>
    /// <param name="Time">When it was.</param>
    /// <param name="Inputs">What it depended on.</param>
    /// <param name="Page">What stands on its page.</param>
    sealed record Entry(string Time, SortedDictionary<string, string> Inputs, PageSummary Page);

    /// <summary>Reads what is kept in a folder; a file that cannot be read is as good as none, since then every notebook runs.</summary>
    public static GreenRuns Read(string folder)
    {
        try
        {
            return new GreenRuns(folder,
                JsonSerializer.Deserialize<SortedDictionary<string, Entry>>(RegularFile.Text(Path.Combine(folder, FileName))) ?? []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return new GreenRuns(folder, []);
        }
    }

    /// <summary>Why a notebook must run; null when nothing has changed since its last green run.</summary>
    public string? Reason(NotebookPath notebook, SortedDictionary<string, string> inputs)
    {
        if (!entries.TryGetValue(notebook.Name, out var entry)) return "it has no green run yet";
        if (!File.Exists(Path.Combine(folder, notebook.Name + ".ipynb")) || !File.Exists(Path.Combine(folder, notebook.Name + ".html")))
            return "what its last run left is gone";
        var changed = inputs.Where(i => !entry.Inputs.TryGetValue(i.Key, out var hash) || hash != i.Value)
            .Select(i => entry.Inputs.ContainsKey(i.Key) ? $"{i.Key} changed" : $"{i.Key} is new")
            .Concat(entry.Inputs.Keys.Where(k => !inputs.ContainsKey(k)).Select(k => $"{k} is gone")).ToList();
        return changed.Count switch
        {
            0 => null,
            1 => changed[0],
            _ => $"{changed[0]}, and {changed.Count - 1} more",
        };
    }

    /// <summary>When the last green run of a notebook was.</summary>
    public string Time(NotebookPath notebook) => entries[notebook.Name].Time;

    /// <summary>What the last green run of a notebook has left.</summary>
    public NotebookReport Report(NotebookPath notebook) =>
        new(notebook) { Document = NotebookFile.Read(Path.Combine(folder, notebook.Name + ".ipynb")), Page = entries[notebook.Name].Page };

    /// <summary>Keeps the green ones of these runs and forgets the others.</summary>
    public void Take(IEnumerable<NotebookReport> reports, IReadOnlyDictionary<NotebookPath, SortedDictionary<string, string>> inputs)
    {
        foreach (var report in reports)
        {
            if (report is { ExitCode: ExitCodes.Passed, Page: { } page })
                entries[report.Notebook.Name] = new Entry(DateTime.Now.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                    inputs[report.Notebook], page);
            else entries.Remove(report.Notebook.Name);
        }

        AtomicFile.Write(Path.Combine(folder, FileName), path => File.WriteAllText(path, JsonSerializer.Serialize(entries)));
    }
}
