using System.CommandLine;
using Workbook.Host.Documents;
using Workbook.Host.Files;
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

    /// <summary>The file that the notebooks of a folder begin with, such as the references that all of them need.</summary>
    const string Beginning = "workbook.csx";

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
            var bytes = NotebookFile.Bytes(Template(title, Path.GetDirectoryName(terminal.At(path))!), path);
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

    /// <summary>Where notebooks share a beginning, this one has it too.</summary>
    static NotebookDocument Template(string title, string folder) => new()
    {
        Cells =
        [
            Cell("markdown", $"# {title}\n\nWhat do you expect, before you run it?"),
            .. File.Exists(Path.Combine(folder, Beginning)) ? [Cell("csharp", $"#!import {Beginning}")] : (Cell[])[],
            Cell("csharp", "//| tags: parameters\nvar n = 10;"),
            Cell("csharp", "var sum = Enumerable.Range(1, n).Sum();\nsum"),
            Cell("markdown", "## Was I right?\n\nA line that begins with ✓ or ✗ is a check; a run counts them."),
            Cell("csharp",
                "var expected = n * (n + 1) / 2;\nConsole.WriteLine($\"{(sum == expected ? \"✓\" : \"✗\")} sum: {sum} (reference "
                    + "{expected}, n (n + 1) / 2)\");"),
        ],
    };

    static Cell Cell(string language, string source) =>
        new() { Language = language, Source = source, Tags = language == "csharp" ? CellOptions.Tags(source) : [] };
}
