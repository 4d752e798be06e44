using System.CommandLine;
using Workbook.Host.Documents;
using Workbook.Host.Files;
using Workbook.Host.Processes;
using Workbook.Host.Programs;
using Workbook.Host.Run;
using Workbook.Host.Wording;

namespace Workbook.Host.Commands;

/// <summary><c>workbook convert</c>: a notebook in the other format.</summary>
sealed class ConvertCommand : Command
{
    readonly Terminal terminal;

    readonly Argument<string> source = new("source") { Description = "The notebook (.dib or .ipynb), or a program of one file (.cs)." };

    readonly Argument<string?> target = new("target")
    {
        Description = "The file to write, or the folder for it. Default: beside the source, in the other format.",
        Arity = ArgumentArity.ZeroOrOne
    };

    readonly Option<bool> force = new("--force") { Description = "Replace the target if it exists." };

    /// <summary>The command with its options.</summary>
    public ConvertCommand(Terminal terminal)
        : base("convert", "Convert a notebook between .dib, .ipynb and a program for dotnet run (.cs).")
    {
        this.terminal = terminal;
        Add(source);
        Add(target);
        Add(force);
        SetAction(line => Convert(line.GetValue(source)!, line.GetValue(target), line.GetValue(force)));
    }

    int Convert(string source, string? target, bool force)
    {
        var other = Path.ChangeExtension(source, Path.GetExtension(source) == ".dib" ? ".ipynb" : ".dib");
        target = target is not null && Directory.Exists(terminal.At(target)) ? Path.Combine(target, Path.GetFileName(other))
            : target ?? other;
        if (PortableName.Problem(Path.GetFileName(target)) is { } problem)
            return terminal.Refuse($"{Harmless.Line(target)}: {problem}. Name another target.");
        if (File.Exists(terminal.At(target)) && !force)
            return terminal.Refuse($"{target} exists already. Replace it with --force, or name another target.");
        try
        {
            var (document, lost) = IsProgram(source) ? ProgramReader.Read(RegularFile.Text(terminal.At(source)))
                : (NotebookFile.Read(terminal.At(source)), []);
            var (bytes, notWritten) = IsProgram(target) ? Program(document, source, target) : (NotebookFile.Bytes(document, target), []);
            AtomicFile.Write(terminal.At(target), path => File.WriteAllBytes(path, bytes));
            terminal.Output.WriteLine(target);
            var losses = Path.GetExtension(target) is ".dib" or ".cs" ? DibLosses.Of(document, Path.GetExtension(target)) : [];
            foreach (var remark in document.Remarks) terminal.Errors.WriteLine(Harmless.Log(remark));
            foreach (var loss in lost.Concat(losses).Concat(notWritten)) terminal.Errors.WriteLine(Harmless.Log(loss));
            return ExitCodes.Passed;
        }
        catch (NotebookFormatException e)
        {
            return terminal.Refuse($"{source}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse(e.Message);
        }
    }

    static bool IsProgram(string path) => Path.GetExtension(path) == ".cs";

    (byte[] Bytes, IReadOnlyList<string> Losses) Program(NotebookDocument document, string source, string target)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(terminal.At(target)))!;
        var (text, losses) = ProgramWriter.Write(document, assembly => ProjectSearch.Find(assembly, terminal.At(source), folder));
        return (System.Text.Encoding.UTF8.GetBytes(text), losses);
    }
}
