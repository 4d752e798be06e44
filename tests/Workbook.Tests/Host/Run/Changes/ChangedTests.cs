using Xunit;

namespace Workbook.Tests.Host.Run.Changes;

[Trait("speed", "slow")]
public sealed class ChangedTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public ChangedTests()
    {
        sandbox.Write("book/a.dib", "#!csharp\n#load \"lib.csx\"\nConsole.Write(System.IO.File.ReadAllText(\"numbers.txt\") + F());\n");
        sandbox.Write("book/b.dib", "#!csharp\n//| tags: parameters\nvar n = 1;\n#!csharp\nif (n == 5) throw new Exception();\n");
        sandbox.Write("book/lib.csx", "int F() => 1;");
        sandbox.Write("book/numbers.txt", "1");
        sandbox.Write("data/x.csv", "1");
    }

    public void Dispose() => sandbox.Dispose();

    (int ExitCode, string Output) Run(params string[] options) => Run(ci: null, options);

    (int ExitCode, string Output) Run(string? ci, string[] options)
    {
        var info = sandbox.Command(["run", "book", "--no-pictures", .. options]);
        info.Environment["CI"] = ci;
        if (ci is null) info.Environment.Remove("CI");
        var (exitCode, output, errors) = Sandbox.Finish(System.Diagnostics.Process.Start(info)!);
        return (exitCode, output + errors);
    }

    [Fact]
    public void A_notebook_runs_again_when_something_that_it_depends_on_has_changed_and_else_is_left_out()
    {
        Assert.Contains("a: runs, it has no green run yet", Run("--changed").Output);
        var (exitCode, output) = Run("--changed");
        Assert.Equal(0, exitCode);
        Assert.Contains("- a: left out, nothing has changed since its green run of 20", output);
        Assert.Contains("- b: left out", output);
        Assert.DoesNotContain("✓", output);

        (string File, string Text, string Reason)[] changes =
        [
            ("book/numbers.txt", "2", "a: runs, numbers.txt changed"),
            ("book/lib.csx", "int F() => 2;", "a: runs, lib.csx changed"),
            ("book/a.dib", "#!csharp\n#load \"lib.csx\"\nF();\n", "a: runs, its text changed"),
        ];
        foreach (var (file, text, reason) in changes)
        {
            sandbox.Write(file, text);
            output = Run("--changed").Output;
            Assert.Contains(reason, output);
            Assert.Contains("- b: left out", output);
            Assert.Contains("- a: left out", Run("--changed").Output);
        }

        sandbox.Write("data/y.csv", "2");
        Assert.Contains("b: runs, ../data/y.csv is new", Run("--changed").Output);
        Assert.Contains("b: runs, the parameters changed", Run("--changed", "--set", "n=2").Output);
        Assert.Contains("a.html", File.ReadAllText(sandbox.At("out/index.html")));
        Assert.Contains("Left out, unchanged since their last green run: a", File.ReadAllText(sandbox.At("out/summary.md")));
    }

    [Fact]
    public void What_failed_or_lost_its_page_or_runs_in_continuous_integration_runs()
    {
        Assert.Equal(1, Run("--set", "n=5").ExitCode);
        var output = Run("--changed", "--set", "n=5").Output;
        Assert.Contains("b: runs, it has no green run yet", output);
        File.Delete(sandbox.At("out/a.html"));
        Assert.Contains("a: runs, what its last run left is gone", Run("--changed").Output);
        output = Run("true", ["--changed"]).Output;
        Assert.Contains("--changed: in continuous integration every notebook runs.", output);
        Assert.Contains("✓ a", output);
        Assert.Contains("--changed and --verify exclude each other", Run("--changed", "--verify").Output);
    }
}
