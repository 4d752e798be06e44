using System.CommandLine;
using System.Text;
using Workbook.Host.Commands;
using Workbook.Host.Run;
using Workbook.Host.Workers;

// A worker is started for every notebook, so it takes the shortest way.
if (args is [Worker.Verb, var pipe]) return Worker.Run(pipe);

Console.OutputEncoding = Encoding.UTF8;
var root = new RootCommand("Runs C# notebooks (.dib, .ipynb).") { RunCommand.Create() };
var line = root.Parse(args);
var exitCode = await line.InvokeAsync();
return line.Errors.Count > 0 ? ExitCodes.Usage : exitCode;
