using Workbook.Tests.Host.Sessions;
using Workbook.Tests.Notebooks;
using Xunit;

namespace Workbook.Tests.Host.Interactive;

/// <summary>What can be wrong around a notebook: the first cell that meets it says what to do.</summary>
[Trait("speed", "slow")]
public sealed class BadInputTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void A_notebook_that_is_opened_before_the_build_says_what_to_build_and_runs_no_further_cell()
    {
        foreach (var file in Directory.GetFiles(Repository.File("notebooks"), "*.csx"))
            sandbox.Write($"notebooks/{Path.GetFileName(file)}", File.ReadAllText(file));
        sandbox.Write("notebooks/a.dib", "#!csharp\n#!import workbook.csx\n\n#!csharp\n1\n");
        var (exitCode, _, errors) = sandbox.Run("run", "notebooks/a.dib", "--no-pictures");
        Assert.Equal(1, exitCode);
        Assert.Contains("references.csx:2: DirectiveError: There is no file", errors);
        Assert.Contains("Build or add it", errors);
        Assert.Empty(sandbox.Executed("a").Cells[1].Outputs);
    }

    [Fact]
    public void On_NET_Interactive_a_notebook_before_the_build_says_which_command_builds()
    {
        DotNetInteractive.Require();
        foreach (var file in Directory.GetFiles(Repository.File("notebooks"), "*.csx"))
            sandbox.Write($"notebooks/{Path.GetFileName(file)}", File.ReadAllText(file));
        sandbox.Write("notebooks/a.dib", "#!csharp\n#!import workbook.csx\n");
        var (exitCode, said) = DotNetInteractive.Run(sandbox, "a.dib", sandbox.At("done.ipynb"), sandbox.At("notebooks"));
        Assert.NotEqual(0, exitCode);
        Assert.Contains("dotnet build src/Host -c Release", said + File.ReadAllText(sandbox.At("done.ipynb")));
    }

    /// <summary>Root may write everywhere, so the folder is one that cannot be: a file stands in its place.</summary>
    [Fact]
    public void A_folder_for_packages_that_cannot_be_written_is_named_with_the_variable_for_another()
    {
        sandbox.Write("file", "");
        sandbox.Write("a.dib", "#!csharp\n1\n\n#!csharp\n#r \"nuget: Shelf, 1.0.0\"\n");
        var info = sandbox.Command("run", "a.dib", "--no-pictures");
        info.Environment["WORKBOOK_PACKAGES"] = sandbox.At("file/packages");
        var (exitCode, _, errors) = Sandbox.Finish(System.Diagnostics.Process.Start(info)!);
        Assert.Equal(1, exitCode);
        Assert.Contains("a.dib:5 (cell 2, line 1): DirectiveError: Expected a folder that can be written for restored packages.", errors);
        Assert.Contains("Name another one by the variable WORKBOOK_PACKAGES.", errors);
    }

    [Fact]
    public void A_cache_of_NuGet_that_cannot_be_written_fails_the_cell_that_asks_with_what_NuGet_says()
    {
        sandbox.Write("file", "");
        sandbox.Write("a.dib", "#!csharp\n#r \"nuget: Humanizer.Core, 2.14.1\"\n");
        var info = sandbox.Command("run", "a.dib", "--no-pictures");
        info.Environment["WORKBOOK_PACKAGES"] = sandbox.At("restored");
        info.Environment["NUGET_PACKAGES"] = sandbox.At("file/cache");
        var (exitCode, _, errors) = Sandbox.Finish(System.Diagnostics.Process.Start(info)!);
        Assert.Equal(1, exitCode);
        Assert.Contains("DirectiveError: The packages Humanizer.Core 2.14.1 could not be restored.", errors);
        Assert.Contains(sandbox.At("file/cache"), errors);
    }

    [Fact]
    public void A_machine_without_the_tool_is_told_how_to_get_it()
    {
        sandbox.Write("a.dib", "#!csharp\n1\n");
        var info = sandbox.Command("run", "a.dib", "--kernel", "dotnet-interactive", "--no-pictures");
        info.Environment["HOME"] = info.Environment["USERPROFILE"] = sandbox.Folder;
        info.Environment["PATH"] = sandbox.Folder;
        var (exitCode, _, errors) = Sandbox.Finish(System.Diagnostics.Process.Start(info)!);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("expected the tool dotnet-repl on the PATH", errors);
        Assert.Contains("Run: dotnet tool install --global dotnet-repl", errors);
        Assert.DoesNotContain("The runner itself has failed", errors);
    }

    /// <summary>The tool of another version may end at once, write no file, or one of another form.</summary>
    [Theory]
    [InlineData("exit 3", "wrote no notebook. It said:")]
    [InlineData("echo '{\"cells\":[' > \"$7\"", "JSON")]
    [InlineData("echo '{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{},\"cells\":[]}' > \"$7\"", "expected 1 executed cell")]
    public void An_older_tool_that_does_something_else_fails_its_notebook_and_no_other(string script, string words)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The tool is played by a script.");
        if (OperatingSystem.IsWindows()) return;
        var tool = sandbox.Write("bin/dotnet-repl", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        sandbox.Write("a.dib", "#!csharp\n1\n");
        var info = sandbox.Command("run", "a.dib", "--kernel", "dotnet-interactive", "--no-pictures");
        info.Environment["PATH"] = $"{sandbox.At("bin")}:{info.Environment["PATH"]}";
        var (exitCode, output, errors) = Sandbox.Finish(System.Diagnostics.Process.Start(info)!);
        Assert.Equal(1, exitCode);
        Assert.Contains(words, output + errors);
        Assert.DoesNotContain("The runner itself has failed", errors);
        Assert.True(File.Exists(sandbox.At("out/junit.xml")));
    }

    /// <summary>A chart of a library that is not Plotly.NET: it says itself how it is shown, or it is shown as any object.</summary>
    [Theory]
    [InlineData("namespace Other { public class Chart { public string ToHtml() => null; public override string ToString() => \"a\"; } }",
        "new Other.Chart()")]
    [InlineData("namespace Plotly.NET { public class GenericChart { public int Data => throw new System.Exception(\"no\"); } }",
        "new Plotly.NET.GenericChart()")]
    [InlineData("namespace Plotly.NET { public static class GenericChart { public class Inner { public object[] traces = { null }; } } }",
        "new Plotly.NET.GenericChart.Inner()")]
    [InlineData("namespace XPlot.Plotly { public class PlotlyChart { public string GetHtml() => throw new System.Exception(); } }",
        "new XPlot.Plotly.PlotlyChart()")]
    public async Task A_chart_of_another_library_never_fails_its_cell(string types, string value)
    {
        var session = new SessionHarness(AppContext.BaseDirectory);
        await session.PassAsync(types);
        Assert.NotNull(await session.PassAsync(value));
    }

    [Fact]
    public async Task Of_two_versions_of_Plotly_NET_the_second_is_refused_once_the_first_is_in_use_and_charts_are_still_drawn()
    {
        const string Chart =
            "using Plotly.NET;\nvar trace = new Trace(\"scatter\");\ntrace.SetProperty(\"y\", new[] { 1, 3 });\nvar chart = "
                + "GenericChart.ofTraceObject(false, trace);\nchart";
        var session = new SessionHarness(AppContext.BaseDirectory);
        await session.RunAsync($"#r \"nuget: Plotly.NET, 5.1.0\"\n{Chart}");
        if (session.Failure is { Output.Message: var words } && words.Contains("could not be restored")) Assert.Skip(words);
        Assert.Null(session.Failure);
        await session.RunAsync("#r \"nuget: Plotly.NET, 6.0.0\"\nchart");
        if (session.Failure is not null)
            Assert.Matches("is in use already and cannot be replaced|could not be restored", session.Failure.Output.Message);
        await session.PassAsync("chart");
        Assert.Contains(session.Outputs.OfType<Workbook.Host.Documents.ResultOutput>(),
            o => o.Data["application/vnd.plotly.v1+json"] is not null);
    }
}
