using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Workbook.Tests.Host;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>
/// The real .NET Interactive: its tools, in the versions of the tool manifest. Where a registry lacks them, the tests that use them are
/// skipped by name.
/// </summary>
static class DotNetInteractive
{
    public const string Repl = "dotnet-repl";

    public const string Kernel = "microsoft.dotnet-interactive";

    static readonly string Manifest = Repository.File(".config/dotnet-tools.json");

    static readonly Lazy<string> Complaint = new(() =>
    {
        var info = new ProcessStartInfo("dotnet", ["tool", "restore", "--tool-manifest", Manifest])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var (exitCode, output, errors) = Sandbox.Finish(Process.Start(info)!);
        return exitCode == 0 ? "" : output + errors;
    });

    /// <summary>Skips the calling test where the tools cannot be had.</summary>
    public static void Require() =>
        Assert.SkipUnless(Complaint.Value == "", $"dotnet tool restore could not bring {Repl} and {Kernel}: {Complaint.Value}");

    /// <summary>How a tool is started, whatever the working folder.</summary>
    public static string[] Command(string tool)
    {
        var version = (string)JsonNode.Parse(File.ReadAllText(Manifest))!["tools"]![tool]!["version"]!;
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var settings = Directory.GetFiles(Path.Combine(packages, tool, version), "DotnetToolSettings.xml", SearchOption.AllDirectories)
            .Single();
        var entry = XDocument.Load(settings).Descendants("Command").Single().Attribute("EntryPoint")!.Value;
        return ["dotnet", Path.Combine(Path.GetDirectoryName(settings)!, entry)];
    }

    /// <summary>
    /// Runs a notebook by dotnet-repl in a folder and gives what the tool said; the executed notebook is written to a file.
    /// </summary>
    public static (int ExitCode, string Said) Run(Sandbox sandbox, string notebook, string done, string folder,
        Action<ProcessStartInfo>? prepare = null)
    {
        var info = sandbox.Command();
        var command = Command(Repl);
        info.FileName = command[0];
        info.WorkingDirectory = folder;
        info.ArgumentList.Clear();
        foreach (var argument in (string[])[command[1], "--run", notebook, "--exit-after-run", "--output-format", "ipynb", "--output-path",
            done])
            info.ArgumentList.Add(argument);
        prepare?.Invoke(info);
        var process = Process.Start(info)!;
        process.StandardInput.Close();
        var (exitCode, output, errors) = Sandbox.Finish(process);
        return (exitCode, output + errors);
    }

    /// <summary>Tells the sandbox's Jupyter of the real kernel, under the name that notebooks ask for.</summary>
    public static void InstallKernel(Sandbox sandbox) => sandbox.Write("jupyter-data/kernels/.net-csharp/kernel.json", new JsonObject
    {
        ["argv"] = new JsonArray(
            [.. Command(Kernel).Concat(["jupyter", "--default-kernel", "csharp", "{connection_file}"]).Select(a => (JsonNode)a)]),
        ["display_name"] = ".NET (C#)",
        ["language"] = "C#",
    }.ToJsonString());
}
