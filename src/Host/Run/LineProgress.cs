using Workbook.Host.Documents;
using Workbook.Host.Run.Results;
using Workbook.Host.Wording;

namespace Workbook.Host.Run;

/// <summary>Tells how a run goes in plain lines, each whole and in order: for logs and continuous integration.</summary>
/// <param name="output">Takes what happens.</param>
/// <param name="errors">Takes what is wrong.</param>
sealed class LineProgress(TextWriter output, TextWriter errors) : IRunProgress
{
    readonly Lock writing = new();

    /// <summary>Where text of cells has not ended its line, and whose it is.</summary>
    readonly Dictionary<TextWriter, NotebookPath> open = [];

    /// <inheritdoc/>
    public void Begins(NotebookPath notebook, int cells)
    {
        lock (writing)
        {
            EndLines();
            output.WriteLine($"  {notebook.Name}: {Words.Count(cells, "cell")}");
            if (cells == 0) errors.WriteLine($"{notebook.Shown}: the notebook has no code to run.");
        }
    }

    /// <inheritdoc/>
    public void Notes(string text)
    {
        lock (writing) errors.WriteLine(text);
    }

    /// <inheritdoc/>
    public void Writes(NotebookPath notebook, string stream, string text)
    {
        if (text.Length == 0) return;
        lock (writing)
        {
            if (open.Values.Any(n => n != notebook)) EndLines();
            var writer = stream == "stderr" ? errors : output;
            writer.Write(text);
            if (text.EndsWith('\n')) open.Remove(writer);
            else open[writer] = notebook;
        }
    }

    /// <inheritdoc/>
    public void Done(NotebookPath notebook, CellReport cell)
    {
        if (!cell.IsFault) return;
        lock (writing)
        {
            EndLines();
            foreach (var line in RunWords.Fault(notebook, cell)) errors.WriteLine(Harmless.Log(line));
        }
    }

    /// <inheritdoc/>
    public void Done(NotebookReport report)
    {
        lock (writing)
        {
            EndLines();
            foreach (var text in new[] { report.Notice, report.Problem }.OfType<string>()) errors.WriteLine(Harmless.Log(text));
            foreach (var note in report.Page?.Notes ?? []) errors.WriteLine(Harmless.Log($"{report.Notebook.Shown}: {note}"));
            output.WriteLine(RunWords.Summary(report));
            if (Environment.GetEnvironmentVariable("GITHUB_ACTIONS") == "true")
                foreach (var line in RunWords.Annotations(report)) output.WriteLine(line);
        }
    }

    void EndLines()
    {
        foreach (var writer in open.Keys) writer.WriteLine();
        open.Clear();
    }
}
