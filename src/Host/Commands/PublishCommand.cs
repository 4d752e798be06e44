using System.CommandLine;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Processes;
using Workbook.Host.Run;
using Workbook.Host.Wording;

namespace Workbook.Host.Commands;

/// <summary><c>workbook publish</c>: notebooks as a site of plain files, index first.</summary>
sealed class PublishCommand : Command
{
    readonly Terminal terminal;

    readonly Argument<string[]> paths = new("path")
    {
        Description = "Notebooks or folders of notebooks. An .ipynb that has been executed is taken as it is; others are run first.",
        DefaultValueFactory = _ => ["notebooks"]
    };

    readonly Option<string> output = new("--out")
    { Description = "The folder for the site.", HelpName = "folder", DefaultValueFactory = _ => "site" };

    readonly Option<string?> cover = new("--cover")
    { Description = "A Markdown file: its heading is the title of the index, its text stands above the list.", HelpName = "file" };

    readonly Option<bool> noSolutions = new("--no-solutions") { Description = "Leave out cells tagged solution." };

    readonly Option<bool> noPictures = new("--no-pictures")
    { Description = "Leave out still pictures of figures. They need a Chromium, Chrome or Edge." };

    readonly Option<bool> sanitize = SanitizeOption.Create();

    readonly PositiveOption timeout = new("--timeout", "seconds", "How long a cell may take. Then it is ended.", 300);

    readonly PositiveOption jobs = new("--jobs", "number", "How many notebooks run side by side.", 1);

    /// <summary>The command with its options.</summary>
    public PublishCommand(Terminal terminal) : base("publish", "Write notebooks as a site: an index and linked pages, for any static host.")
    {
        this.terminal = terminal;
        foreach (var option in new Option[] { output, cover, noSolutions, noPictures, sanitize, timeout, jobs }) Add(option);
        Add(paths);
        paths.Validators.Add(r => UnknownOptions.Refuse(r, Options));
        SetAction(PublishAsync);
    }

    async Task<int> PublishAsync(ParseResult line, CancellationToken cancellation)
    {
        var folder = line.GetValue(output)!;
        var (found, problems, notices) = NotebookSearch.Find(line.GetValue(paths)!, folder, terminal.Folder, cancellation);
        var index = found.Where(n => n.Name.Equals("index", StringComparison.OrdinalIgnoreCase))
            .Select(n => $"{n.Shown}: index is the name of the page that lists the others. Rename the notebook.");
        problems = [.. problems, .. index];
        foreach (var problem in problems.Concat(notices)) terminal.Errors.WriteLine(problem);
        if (problems.Count > 0) return ExitCodes.Usage;
        try
        {
            var (title, introduction) = line.GetValue(cover) is { } file ? BookCover.Read(terminal.At(file))
                : new BookCover("Notebooks", "");
            var options = new RunOptions
            { CellTimeout = TimeSpan.FromSeconds(line.GetValue(timeout)), Jobs = (int)Math.Ceiling(line.GetValue(jobs)) };
            var notebooks = found.Select(LoadedNotebook.Read).ToList();
            foreach (var remark in notebooks.SelectMany(n => n.Remarks)) terminal.Errors.WriteLine(Harmless.Log(remark));
            await using var pictures = new StillPictures(!line.GetValue(noPictures));
            var exitCode = await ExecuteAsync(notebooks, options, pictures, cancellation);
            if (pictures.Notice is { } notice) terminal.Errors.WriteLine(notice);
            if (exitCode != ExitCodes.Passed)
            {
                terminal.Errors.WriteLine(
                    $"{folder}: not written, "
                        + $"because {(exitCode == ExitCodes.Interrupted ? "the run was interrupted" : "a notebook failed")}.");
                return exitCode;
            }

            var book = new Book
            {
                Title = title,
                Introduction = introduction,
                Solutions = !line.GetValue(noSolutions),
                IsSanitized = line.GetValue(sanitize)
            };
            var pages = book.Write(
                [.. notebooks.Select(n => new BookChapter(n.Path.Name, n.Document!, Path.GetDirectoryName(n.Path.File)))],
                    terminal.At(folder), cancellation);
            foreach (var (notebook, page) in notebooks.Zip(pages))
                foreach (var note in page.Notes) terminal.Errors.WriteLine($"{notebook.Path.Shown}: {note}");
            terminal.Output.WriteLine($"{Path.Combine(folder, "index.html")}: {Words.Count(notebooks.Count, "notebook")}");
            return ExitCodes.Passed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Errors.WriteLine(e.Message);
            return ExitCodes.Usage;
        }
    }

    async Task<int> ExecuteAsync(IReadOnlyList<LoadedNotebook> notebooks, RunOptions options, StillPictures pictures,
        CancellationToken cancellation)
    {
        var executed = notebooks.Where(n => n.Document?.Cells.Exists(c => c.ExecutionCount is not null) == true).ToList();
        foreach (var notebook in executed) await pictures.AddToAsync(notebook.Document!, cancellation);
        var others = notebooks.Except(executed).ToList();
        if (cancellation.IsCancellationRequested) return ExitCodes.Interrupted;
        if (others.Count == 0) return ExitCodes.Passed;
        var reports = await WatchedRun.RunAsync(others, options, pictures, terminal, cancellation);
        return reports.Max(r => r.ExitCode);
    }
}
