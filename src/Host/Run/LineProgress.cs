namespace Workbook.Host.Run;

/// <summary>Tells how a run goes in plain lines, each whole and in order: for logs and continuous integration.</summary>
/// <param name="output">Takes what happens.</param>
/// <param name="errors">Takes what is wrong.</param>
internal sealed class LineProgress(TextWriter output, TextWriter errors) : IRunProgress
{
    readonly Lock writing = new();

    /// <inheritdoc/>
    public void Begins(NotebookPath notebook, int cells)
    {
        lock (writing)
        {
            output.WriteLine($"  {notebook.Name}: {Words.Count(cells, "cell")}");
            if (cells == 0) errors.WriteLine($"{notebook.Shown}: the notebook has no code to run.");
        }
    }

    /// <inheritdoc/>
    public void Writes(NotebookPath notebook, string stream, string text)
    {
        lock (writing) (stream == "stderr" ? errors : output).Write(text);
    }

    /// <inheritdoc/>
    public void Done(NotebookPath notebook, CellReport cell)
    {
        if (!cell.IsFault) return;
        lock (writing)
            foreach (var line in Words.Fault(cell)) errors.WriteLine(line);
    }

    /// <inheritdoc/>
    public void Done(NotebookReport report)
    {
        lock (writing)
        {
            foreach (var text in new[] { report.Notice, report.Problem }.OfType<string>()) errors.WriteLine(text);
            output.WriteLine(Words.Summary(report));
            if (Environment.GetEnvironmentVariable("GITHUB_ACTIONS") == "true")
                foreach (var line in Words.Annotations(report)) output.WriteLine(line);
        }
    }
}
