using System.Text;
using Workbook.Host.Commands;
using Workbook.Host.Files;
using Workbook.Host.Jupyter;
using Workbook.Host.Processes;
using Workbook.Host.Workers.Inside;

// Front ends may give their kernel arguments of their own, which mean nothing to it.
// A worker is started for every notebook, and someone waits for a kernel, so both take the shortest way.
if (args is [Worker.Verb, var pipe]) return Worker.Run(pipe);
if (args is not ["jupyter", "start", ..]) Console.OutputEncoding = Encoding.UTF8;
LastingStream.Guard();
if (TemporaryFolder.Settle() is { } notice) Console.Error.WriteLine(notice);
OwnChildren.Inherit();
if (args is ["jupyter", "start", var connection, ..]) return await KernelProgram.RunAsync(connection, Console.Error);

return LastingStream.Outcome(await CommandLine.RunAsync(args, Terminal.Own));
