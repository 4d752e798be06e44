using System.Diagnostics;
using Workbook.Host.Documents;
using Workbook.Host.Processes;
using Workbook.Host.Run;
using Workbook.Host.Run.Results;
using Xunit;

namespace Workbook.Tests.Host.Run;

/// <summary>What befalls one notebook costs the others nothing.</summary>
[Trait("speed", "slow")]
public sealed class NotebookBatchTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void A_folder_that_vanishes_costs_its_notebook_only()
    {
        sandbox.Write("books/a/1.dib", "System.IO.Directory.Delete(\"../b\", true);");
        sandbox.Write("books/b/2.dib", "1");
        sandbox.Write("books/c/3.dib", "1");
        var (exitCode, output, errors) = sandbox.Run("run", "books");
        Assert.True(exitCode == 1, errors);
        Assert.Contains("2.dib: The folder ", errors);
        Assert.Contains("✗ b/2: 0 cells, 0 checks, 0.0 s: not run", output);
        Assert.Contains("✓ c/3: 1 cell", output);
        Assert.True(File.Exists(sandbox.At("out/junit.xml")));
    }

    [Fact]
    public void What_a_cell_does_to_its_temporary_folder_does_not_decide_the_outcome()
    {
        var temporary = Directory.CreateDirectory(sandbox.At("t")).FullName;
        sandbox.Write("books/gone.dib", "System.IO.Directory.Delete(System.IO.Path.GetTempPath(), true);");
        sandbox.Write("books/locked.dib", """
            using System.IO;
            var inner = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "inner")).FullName;
            File.WriteAllText(Path.Combine(inner, "file"), "");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(inner, UnixFileMode.UserRead);
            """);
        var info = sandbox.Command("run", "books");
        foreach (var name in new[] { "TMPDIR", "TEMP", "TMP" }) info.Environment[name] = temporary;
        var (exitCode, output, errors) = Sandbox.Finish(Process.Start(info)!);
        if (!OperatingSystem.IsWindows())
            foreach (var inner in Directory.GetDirectories(temporary).SelectMany(Directory.GetDirectories))
                File.SetUnixFileMode(inner, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.True(exitCode == 0, errors);
        Assert.Contains("✓ gone: 1 cell", output);
        Assert.Contains("✓ locked: 1 cell", output);
        Assert.Single(sandbox.Executed("gone").Cells);
    }

    [Fact]
    public void A_package_that_cannot_be_had_fails_the_cell_that_asks_for_it()
    {
        const string Missing = "#r \"nuget: Workbook.No.Such.Package, 1.0.0\"";
        sandbox.Write("packages/nuget.config", "<configuration><packageSources><clear /></packageSources></configuration>");
        sandbox.Write("books/asks.dib", $"Console.WriteLine(\"before\");\n#!csharp\n1 + 1\n{Missing}");
        sandbox.Write("books/skips.dib", $"//| tags: skip-execution\n{Missing}\n#!csharp\n2");
        var info = sandbox.Command("run", "books");
        info.Environment["WORKBOOK_PACKAGES"] = sandbox.At("packages");
        var (exitCode, output, errors) = Sandbox.Finish(Process.Start(info)!);
        Assert.True(exitCode == 1, errors);
        Assert.Contains("asks.dib:4 (cell 2, line 2): DirectiveError: The packages Workbook.No.Such.Package 1.0.0 could not be restored",
            errors);
        Assert.Contains("✗ asks: 2 cells", output);
        Assert.Equal("before\n", sandbox.Stream("asks", "stdout"));
        Assert.Contains("✓ skips: 1 of 2 cells", output);
    }

    [Fact]
    public async Task A_fault_of_the_runner_itself_costs_one_notebook_and_is_told()
    {
        var notebooks =
            new[] { "a", "b" }.Select(
                n => new LoadedNotebook(new NotebookPath(sandbox.At(n + ".dib"), n),
                    new NotebookDocument { Cells = { new Cell { Language = "html", Source = "1" } } }, null)).ToList();
        await using var pictures = new StillPictures(false);
        var reports =
            await new NotebookBatch(new RunOptions(), pictures, new FailingProgress()).RunAsync(notebooks,
                TestContext.Current.CancellationToken);
        Assert.Contains("The runner itself has failed; please report this. System.InvalidOperationException: why", reports[0].Problem);
        Assert.Equal([ExitCodes.Failed, ExitCodes.Passed], reports.Select(r => r.ExitCode));
    }

    sealed class FailingProgress : IRunProgress
    {
        public void Begins(NotebookPath notebook, int cells)
        {
            if (notebook.Name == "a") throw new InvalidOperationException("why");
        }

        public void Notes(string text)
        {
        }

        public void Writes(NotebookPath notebook, string stream, string text)
        {
        }

        public void Done(NotebookPath notebook, CellReport cell)
        {
        }

        public void Done(NotebookReport report)
        {
        }
    }
}
