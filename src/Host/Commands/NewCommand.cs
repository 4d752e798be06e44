using System.CommandLine;
using Workbook.Host.Documents;
using Workbook.Host.Files;
using Workbook.Host.Lint;
using Workbook.Host.Lint.Writing;
using Workbook.Host.Processes;
using Workbook.Host.Run;
using Workbook.Host.Wording;

namespace Workbook.Host.Commands;

/// <summary><c>workbook new</c>: a notebook to begin with.</summary>
sealed class NewCommand : Command
{
    readonly Terminal terminal;

    readonly Argument<string> path = new("path") { Description = "The notebook to write (.dib or .ipynb)." };

    readonly Option<string> title = new("--title") { Description = "Its title.", DefaultValueFactory = _ => "A question worth asking" };

    /// <summary>The command with its options.</summary>
    public NewCommand(Terminal terminal) : base("new", "Write a notebook to begin with.")
    {
        this.terminal = terminal;
        Add(path);
        Add(title);
        SetAction(line => Write(line.GetValue(path)!, line.GetValue(title)!));
    }

    int Write(string path, string title)
    {
        if (Path.Exists(terminal.At(path))) return terminal.Refuse($"{path} exists already.");
        if (PortableName.Problem(Path.GetFileName(path)) is { } problem)
            return terminal.Refuse($"{Harmless.Line(path)}: {problem}. Name it otherwise.");
        try
        {
            var bytes = NotebookFile.Bytes(Template(title, terminal.At(path)), path);
            AtomicFile.Write(terminal.At(path), part => File.WriteAllBytes(part, bytes));
            terminal.Output.WriteLine(
                $"{path}\nRun it: workbook run {(path.All(c => char.IsLetterOrDigit(c) || "-_./~".Contains(c)) ? path : $"\"{path}\"")}");
            return ExitCodes.Passed;
        }
        catch (NotebookFormatException e)
        {
            return terminal.Refuse(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse($"{path}: expected a place that can be written; {e.Message}");
        }
    }

    /// <summary>In a book a page of it; elsewhere a short notebook, with the shared beginning where there is one.</summary>
    static NotebookDocument Template(string title, string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var hasBeginning = File.Exists(Path.Combine(folder, PageRules.Beginning));
        if (hasBeginning && HasHelpers(file)) return Page(title, file);
        return new()
        {
            Cells =
            [
                Cell("markdown", $"# {title}\n\nWhat do you expect, before you run it?"),
                .. hasBeginning ? [Cell("csharp", $"#!import {PageRules.Beginning}")] : (Cell[])[],
                Cell("csharp", "//| tags: parameters\nvar n = 10;"),
                Cell("csharp", "var sum = Enumerable.Range(1, n).Sum();\nsum"),
                Cell("markdown", "## Was I right?\n\nA line that begins with ✓ or ✗ is a check; a run counts them."),
                Cell("csharp",
                    "var expected = n * (n + 1) / 2;\nConsole.WriteLine($\"{(sum == expected ? \"✓\" : \"✗\")} sum: {sum} (reference "
                        + "{expected}, n (n + 1) / 2)\");"),
            ],
        };
    }

    /// <summary>Whether the shared beginning refers to the helpers that a page is made of.</summary>
    static bool HasHelpers(string file) =>
        new LintScope(file).Bind($"#!import {PageRules.Beginning}\nWorkbook.Helpers.Check.Rows") is { HasErrors: false };

    static NotebookDocument Page(string title, string file)
    {
        using var reader = new StreamReader(typeof(NewCommand).Assembly.GetManifestResourceStream("Templates.page.dib")!);
        var number = string.Concat(Path.GetFileName(file).TakeWhile(char.IsAsciiDigit));
        return DibReader.Read(reader.ReadToEnd().Replace("$title$", title).Replace("$number$", number == "" ? "00" : number));
    }

    static Cell Cell(string language, string source) =>
        new() { Language = language, Source = source, Tags = language == "csharp" ? CellOptions.Tags(source) : [] };
}
