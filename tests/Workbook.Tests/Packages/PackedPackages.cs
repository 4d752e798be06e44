using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using Workbook.Tests.Host;
using Xunit;

namespace Workbook.Tests.Packages;

/// <summary>
/// All packages, packed once into a folder outside the repository, and an empty package cache: so what is used is what was packed.
/// </summary>
public sealed class PackedPackages : IAsyncLifetime
{
    readonly Sandbox sandbox = new();

    /// <summary>The folder with the packages.</summary>
    public string Feed => sandbox.At("feed");

    /// <summary>Their version.</summary>
    public string Version =>
        Names.Select(n => Specification(n).Descendants().Single(e => e.Name.LocalName == "version").Value).Distinct().Single();

    /// <summary>The ids of all packages.</summary>
    public static string[] Names { get; } =
        ["Workbook.Tensors", "Workbook.Keras", "Workbook.Helpers", "Workbook.Tensors.TensorFlow", "Workbook.Interactive", "Workbook.Tool"];

    public ValueTask InitializeAsync()
    {
        var configuration =
            AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}",
                StringComparison.Ordinal) ? "Release" : "Debug";
        Run(Repository.Root, "dotnet", "pack", "Workbook.sln", "--no-build", "-c", configuration, "-o", Feed);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A package as an archive.</summary>
    public ZipArchive Open(string name) =>
        ZipFile.OpenRead(Directory.GetFiles(Feed, $"{name}.*.nupkg").Single(f => char.IsDigit(Path.GetFileName(f)[name.Length + 1])));

    /// <summary>What a package says of itself.</summary>
    public XDocument Specification(string name)
    {
        using var archive = Open(name);
        using var stream = archive.GetEntry($"{name}.nuspec")!.Open();
        return XDocument.Load(stream);
    }

    /// <summary>A folder outside the repository whose NuGet knows the packages.</summary>
    internal string Folder(string name)
    {
        sandbox.Write($"{name}/nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="workbook" value="{Feed}" />
              </packageSources>
            </configuration>
            """);
        return sandbox.At(name);
    }

    /// <summary>Sends a process to the empty cache; packages of others are taken from the user's, where they are there.</summary>
    internal void Fresh(ProcessStartInfo info)
    {
        info.Environment["NUGET_PACKAGES"] = sandbox.At("cache");
        info.Environment["NUGET_FALLBACK_PACKAGES"] = UserCache;
        info.Environment["WORKBOOK_PACKAGES"] = sandbox.At("restored");
        info.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
    }

    /// <summary>Where the user's packages lie.</summary>
    static string UserCache => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Runs a program to its end, which must be a good one, and gives what it wrote.</summary>
    internal string Run(string folder, string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        if (folder != Repository.Root) Fresh(info);
        var (exitCode, output, errors) = Sandbox.Finish(Process.Start(info)!);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}:\n{output}\n{errors}");
        return output + errors;
    }
}
