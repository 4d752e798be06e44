using System.CommandLine;
using System.Text;
using Workbook.Host.Commands;
using Workbook.Host.Run;
using Workbook.Host.Workers;

// A worker is started for every notebook, so it takes the shortest way.
if (args is [Worker.Verb, var pipe]) return Worker.Run(pipe);

Console.OutputEncoding = Encoding.UTF8;
var root = new RootCommand("Runs C# notebooks (.dib, .ipynb).") { new RunCommand() };
var line = root.Parse(args);
if (line.Errors.Count == 0) return await line.InvokeAsync();

foreach (var error in line.Errors) Console.Error.WriteLine(error.Message);
Console.Error.WriteLine($"See: workbook {(line.CommandResult.Command == root ? "" : line.CommandResult.Command.Name + " ")}--help");
return ExitCodes.Usage;
