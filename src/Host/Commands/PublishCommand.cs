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
    {
        Description = "A Markdown file: its heading is the title of the index, its text stands on it. Default: README.md beside the notebooks.",
        HelpName = "file"
    };

    readonly Option<bool> noSolutions = new("--no-solutions") { Description = "Leave out cells tagged solution." };

    readonly Option<bool> noPictures = new("--no-pictures")
    { Description = "Leave out still pictures of figures. They need a Chromium, Chrome or Edge." };

    readonly Option<bool> sanitize = SanitizeOption.Create();

    readonly Option<string?> repository = RepositoryOption.Create();

    readonly PositiveOption timeout = new("--timeout", "seconds", "How long a cell may take. Then it is ended.", 300);

    readonly PositiveOption jobs = new("--jobs", "number", "How many notebooks run side by side.", 1);

    /// <summary>The command with its options.</summary>
    public PublishCommand(Terminal terminal) : base("publish", "Write notebooks as a site: an index and linked pages, for any static host.")
    {
        this.terminal = terminal;
        foreach (var option in new Option[] { output, cover, noSolutions, noPictures, sanitize, repository, timeout, jobs }) Add(option);
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
            var top = line.GetValue(cover) is { } file ? BookCover.Read(terminal.At(file)) : BookCover.Of(found.Select(n => n.File));
            var options = new RunOptions
            { CellTimeout = TimeSpan.FromSeconds(line.GetValue(timeout)), Jobs = (int)Math.Ceiling(line.GetValue(jobs)) };
            var notebooks = found.Select(LoadedNotebook.Read).ToList();
            foreach (var remark in notebooks.SelectMany(n => n.Remarks)) terminal.Errors.WriteLine(Harmless.Log(remark));
            await using var pictures = new StillPictures(!line.GetValue(noPictures));
            var executed = notebooks.Where(n => n.Document?.Cells.Exists(c => c.ExecutionCount is not null) == true).ToHashSet();
            var exitCode = await ExecuteAsync(notebooks, executed, options, pictures, cancellation);
            var thumbnails = new List<byte[]?>();
            foreach (var notebook in exitCode == ExitCodes.Passed ? notebooks : [])
                thumbnails.Add(await pictures.ThumbnailAsync(notebook.Document!, cancellation));
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
                Title = top.Title,
                Introduction = top.Introduction,
                CoverFolder = top.Folder,
                Repository = line.GetValue(repository),
                Solutions = !line.GetValue(noSolutions),
                IsSanitized = line.GetValue(sanitize)
            };
            var chapters = notebooks.Zip(thumbnails, (n, t) => Chapter(n, t, Source(n, top.Folder, executed.Contains(n))));
            var pages = book.Write([.. chapters], terminal.At(folder), cancellation);
            foreach (var (notebook, page) in notebooks.Zip(pages))
                foreach (var note in page.Notes) terminal.Errors.WriteLine($"{notebook.Path.Shown}: {note}");
            terminal.Output.WriteLine($"{Path.Combine(folder, "index.html")}: {Words.Count(notebooks.Count, "notebook")}");
            return ExitCodes.Passed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            terminal.Errors.WriteLine(e.Message);
            return ExitCodes.Usage;
        }

        // An executed notebook lies where a run has left it, which no repository holds; its source lies beside the cover.
        static string? Source(LoadedNotebook notebook, string? covered, bool isExecuted) =>
            (covered is null ? [] : new[] { ".dib", ".ipynb" }).Select(e => Path.Combine(covered!, notebook.Path.Name + e))
                .FirstOrDefault(File.Exists) ?? (isExecuted ? null : notebook.Path.File);

        // It was executed when its file was written; the others just now.
        static BookChapter Chapter(LoadedNotebook notebook, byte[]? thumbnail, string? source) =>
            new(notebook.Path.Name, notebook.Document!, Path.GetDirectoryName(notebook.Path.File))
            {
                Source = source,
                Thumbnail = thumbnail,
                Executed = Path.GetExtension(notebook.Path.File) == ".ipynb" ? File.GetLastWriteTime(notebook.Path.File) : DateTime.Now,
            };
    }

    async Task<int> ExecuteAsync(IReadOnlyList<LoadedNotebook> notebooks, IReadOnlySet<LoadedNotebook> executed, RunOptions options,
        StillPictures pictures, CancellationToken cancellation)
    {
        foreach (var notebook in executed) await pictures.AddToAsync(notebook.Document!, cancellation);
        var others = notebooks.Except(executed).ToList();
        if (cancellation.IsCancellationRequested) return ExitCodes.Interrupted;
        if (others.Count == 0) return ExitCodes.Passed;
        var reports = await WatchedRun.RunAsync(others, options, pictures, terminal, cancellation);
        return reports.Max(r => r.ExitCode);
    }
}
