using System.IO.Compression;
using Xunit;

namespace Workbook.Tests.Host.Packages;

/// <summary>A source of packages in a folder, so that no network decides what can be had.</summary>
[Trait("speed", "slow")]
public sealed class OtherVersionTests : IDisposable
{
    const string Said = "Shelf 1.5.0 was asked for and cannot be had; 2.0.0 is used instead.";

    readonly Sandbox sandbox = new();

    public OtherVersionTests()
    {
        Directory.CreateDirectory(sandbox.At("source"));
        using var package = ZipFile.Open(sandbox.At("source/Shelf.2.0.0.nupkg"), ZipArchiveMode.Create);
        using var writer = new StreamWriter(package.CreateEntry("Shelf.nuspec").Open());
        writer.Write(
            "<package><metadata><id>Shelf</id>"
                + "<version>2.0.0</version><authors>a</authors><description>d</description></metadata></package>");
    }

    public void Dispose() => sandbox.Dispose();

    (int ExitCode, string Output, string Errors) Run(params string[] options)
    {
        var info = sandbox.Command(["run", "a.dib", "--no-pictures", .. options]);
        info.Environment["WORKBOOK_PACKAGES"] = sandbox.At("restored");
        info.Environment["NUGET_PACKAGES"] = sandbox.At("cache");
        return Sandbox.Finish(System.Diagnostics.Process.Start(info)!);
    }

    void Notebook(string package) => sandbox.Write("a.dib", $"#!csharp\n#i \"nuget: source\"\n#r \"nuget: {package}\"\n1\n");

    [Fact]
    public void Another_version_than_the_one_asked_for_is_said_by_the_run_and_by_the_cell_also_when_it_was_restored_before()
    {
        Notebook("Shelf, 1.5.0");
        for (var time = 0; time < 2; time++)
        {
            var (exitCode, output, errors) = Run();
            Assert.True(exitCode == 0, output + errors);
            Assert.Contains(Said, errors);
            Assert.Equal(Said + "\n", sandbox.Stream("a", "stderr"));
        }
    }

    [Theory]
    [InlineData("Shelf, 1.5.0", Said)]
    [InlineData("Shelf", "Shelf: no version is named.")]
    public void Locked_refuses_it_in_the_cell_that_asks(string package, string words)
    {
        Notebook(package);
        var (exitCode, _, errors) = Run("--locked");
        Assert.Equal(1, exitCode);
        Assert.Contains(
            $"a.dib:3 (cell 1, line 2): DirectiveError: --locked: expected each package in the version that is asked for. {words}", errors);
    }

    [Fact]
    public void The_version_that_there_is_passes_when_locked()
    {
        Notebook("Shelf, 2.0.0");
        var (exitCode, output, errors) = Run("--locked");
        Assert.True(exitCode == 0, output + errors);
        Assert.DoesNotContain("instead", errors);
    }

    [Fact]
    public void A_source_or_a_version_that_the_build_would_evaluate_is_refused()
    {
        sandbox.Write("a.dib", "#!csharp\n#i \"nuget: source;b$(HOME)\"\n");
        Assert.Contains("Expected \"nuget: folder or address\". Received: \"nuget: source;b$(HOME)\"", Run().Errors);
        Notebook("Shelf, $(HOME)");
        Assert.Contains("Expected \"nuget: Name, 1.2.3\"", Run().Errors);
    }
}
