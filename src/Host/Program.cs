using System.CommandLine;
using System.Text;
using Workbook.Host.Commands;
using Workbook.Host.Jupyter;
using Workbook.Host.Processes;
using Workbook.Host.Run;
using Workbook.Host.Wording;
using Workbook.Host.Workers.Inside;

// Front ends may give their kernel arguments of their own, which mean nothing to it.
// A worker is started for every notebook, and someone waits for a kernel, so both take the shortest way.
if (args is [Worker.Verb, var pipe]) return Worker.Run(pipe);
if (args is ["jupyter", "start", var connection, ..]) return await KernelProgram.RunAsync(connection);

Console.OutputEncoding = Encoding.UTF8;
var root = new RootCommand("Runs C# notebooks (.dib, .ipynb).") { new RunCommand(), new PublishCommand(), new ListCommand(), new LintCommand(), new ConvertCommand(), new NewCommand(), new JupyterCommand() };
var line = root.Parse(args);

// A run that is interrupted still writes what it has; two seconds, the default, may be too few for that.
if (line.Errors.Count == 0) return await line.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });

var commands = root.Subcommands.Select(c => c.Name).ToList();
var unknown = line.CommandResult.Command == root ? line.UnmatchedTokens : [];
var messages = unknown.Count > 0
    ? unknown.Take(1).Select(u => $"There is no command {u}{(Nearest.Suggestion(u, commands) is { Length: > 0 } near ? $"{near}?" : ".")}")
    : line.Errors.Select(e => e.Message);
foreach (var message in messages) Console.Error.WriteLine(message);
Console.Error.WriteLine($"See: workbook {(line.CommandResult.Command == root ? "" : line.CommandResult.Command.Name + " ")}--help");
return ExitCodes.Usage;
