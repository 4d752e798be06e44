using System.Diagnostics;
using Workbook.Host.Commands;
using Workbook.Host.Documents;
using Workbook.Host.Processes;

namespace Workbook.Tests.Host;

/// <summary>A folder of its own with notebooks in it, and the built program to run on them.</summary>
sealed class Sandbox : IDisposable
{
    /// <summary>The folder; it is gone after the test.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("workbook-test-").FullName;

    /// <summary>A path in the folder.</summary>
    public string At(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a file.</summary>
    public string Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), content);
        return At(name);
    }

    /// <summary>How the program is started in the folder so that its output can be read.</summary>
    public ProcessStartInfo Command(params string[] arguments)
    {
        var info = new ProcessStartInfo
        { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        HostCommand.Set(info, arguments);

        // Continuous integration sets variables that the program honours; a test is to see the same everywhere.
        foreach (var name in new[] { "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY" }) info.Environment.Remove(name);
        return info;
    }

    /// <summary>Starts the program in the folder; its output can be read.</summary>
    public Process Start(params string[] arguments) => Process.Start(Command(arguments))!;

    /// <summary>Follows a command in this process, as the program does in its own; only cells run in a process apart.</summary>
    public (int ExitCode, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };

        // A test waits for it, on a thread that no test needs.
        var exitCode = Task.Run(() => CommandLine.RunAsync(arguments, new Terminal(output, errors, Folder))).GetAwaiter().GetResult();
        return (exitCode, output.ToString(), errors.ToString());
    }

    /// <summary>Runs the program itself to its end.</summary>
    public (int ExitCode, string Output, string Errors) RunProgram(params string[] arguments) => Finish(Start(arguments));

    /// <summary>Waits for the end of a process and takes what it wrote.</summary>
    public static (int ExitCode, string Output, string Errors) Finish(Process process)
    {
        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.GetAwaiter().GetResult());
        }
    }

    /// <summary>The executed notebook of this name.</summary>
    public NotebookDocument Executed(string name) => NotebookFile.Read(At($"out/{name}.ipynb"));

    /// <summary>All text that the cells of an executed notebook wrote to a stream.</summary>
    public string Stream(string name, string stream) =>
        string.Concat(
            Executed(name).Cells.SelectMany(c => c.Outputs).OfType<StreamOutput>().Where(o => o.Name == stream).Select(o => o.Text));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
