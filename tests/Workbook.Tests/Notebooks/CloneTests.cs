using System.Diagnostics;
using Workbook.Tests.Host;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>The repository as somebody gets it who has just cloned it.</summary>
[Trait("speed", "slow")]
public sealed class CloneTests
{
    [Fact]
    public void After_a_clone_one_build_is_all_that_a_notebook_needs()
    {
        Assert.SkipUnless(Path.Exists(Repository.File(".git")), "This is no checkout of git, so it cannot be cloned.");
        using var sandbox = new Sandbox();
        Run(sandbox.Folder, "git", "clone", "--quiet", Repository.Root, sandbox.At("clone"));
        Run(sandbox.At("clone"), "dotnet", "build", "src/Host", "-c", "Release", "-p:RunAnalyzers=false", "-v", "q");
        var shown = Run(sandbox.At("clone"), "dotnet", "run", "--project", "src/Host", "-c", "Release", "--no-build", "--",
            "run", "notebooks/05-learning-an-exponent.dib", "--no-pictures");
        Assert.Contains("✓ 05-learning-an-exponent", shown);
    }

    static string Run(string folder, string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // A build in a build would write where this one does.
        foreach (var name in (string[])["MSBUILDNOINPROCNODE", "MSBuildExtensionsPath", "MSBuildSDKsPath", "DOTNET_CLI_CONTEXT_VERBOSE"])
            info.Environment.Remove(name);
        info.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        var (exitCode, output, errors) = Sandbox.Finish(Process.Start(info)!);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}:\n{output}\n{errors}");
        return output;
    }
}
