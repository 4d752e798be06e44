using System.CommandLine;
using Workbook.Host.Processes;
using Workbook.Host.Wording;

namespace Workbook.Host.Commands;

/// <summary>The program's command line.</summary>
static class CommandLine
{
    /// <summary>Follows the command that the arguments name; the result is the exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal)
    {
        var root = new RootCommand("Runs C# notebooks (.dib, .ipynb).")
        {
            new RunCommand(terminal), new PublishCommand(terminal), new ListCommand(terminal), new LintCommand(terminal),
            new ConvertCommand(terminal), new NewCommand(terminal), new JupyterCommand(terminal),
        };

        // A notebook may be named @x.dib.
        var line = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (line.Errors.Count == 0)
        {
            var configuration = new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Errors,
                ProcessTerminationTimeout = null,
                EnableDefaultExceptionHandler = false
            };
            return terminal.TakesSignals ? await Interruptible.RunAsync(end => line.InvokeAsync(configuration, end))
                : await line.InvokeAsync(configuration);
        }

        var commands = root.Subcommands.Select(c => c.Name).ToList();
        var unknown = line.CommandResult.Command == root ? line.UnmatchedTokens : [];
        var messages = unknown.Count > 0
            ? unknown.Take(1)
                .Select(u => $"There is no command {u}{(Nearest.Suggestion(u, commands) is { Length: > 0 } near ? $"{near}?" : ".")}")
            : line.Errors.Select(e => e.Message);
        foreach (var message in messages) terminal.Errors.WriteLine(message);
        return terminal.Refuse($"See: workbook {(line.CommandResult.Command == root ? "" : line.CommandResult.Command.Name + " ")}--help");
    }
}
