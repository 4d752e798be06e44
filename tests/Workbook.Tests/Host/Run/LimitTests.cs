using Workbook.Host.Documents;
using Xunit;

namespace Workbook.Tests.Host.Run;

/// <summary>What a cell writes, shows or throws costs at most its own result, whatever its size.</summary>
[Trait("speed", "slow")]
public sealed class LimitTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void Two_hundred_million_characters_in_one_write_are_kept_in_part_and_counted()
    {
        sandbox.Write("a.dib", "Console.Write(new string('x', 200_000_000));\n#!csharp\n1");
        var (exitCode, _, errors) = sandbox.Run("run", "a.dib", "--no-pictures");
        Assert.True(exitCode == 0, errors);
        Assert.Equal(10_000_000, sandbox.Stream("a", "stdout").Length);
        Assert.Contains("[190,000,000 more characters were left out]", sandbox.Stream("a", "stderr"));
    }

    [Fact]
    public void A_display_of_that_size_is_cut_and_said()
    {
        sandbox.Write("a.dib", "display(HTML(new string('x', 200_000_000)));\n#!csharp\n1");
        var (exitCode, _, errors) = sandbox.Run("run", "a.dib", "--no-pictures");
        Assert.True(exitCode == 0, errors);
        Assert.Contains("190,000,000 more characters were left out",
            (string?)sandbox.Executed("a").Cells[0].Outputs.Single().Bundle!["text/html"]);
    }

    [Theory]
    [InlineData("throw new Exception(new string('x', 200_000_000));", "more characters were left out")]
    [InlineData("class Odd : Exception { public override string Message => throw new FormatException(); }\nthrow new Odd();",
        "its message cannot be had: FormatException")]
    [InlineData("class Odd : Exception { public override string ToString() => throw new FormatException(); }\nthrow new Odd();", "Odd")]
    public void An_exception_of_any_kind_fails_its_cell_and_not_the_process(string code, string expected)
    {
        sandbox.Write("a.dib", code);
        var (exitCode, _, errors) = sandbox.Run("run", "a.dib", "--no-pictures");
        Assert.Equal(1, exitCode);
        Assert.Contains(expected, errors);
        Assert.True(new FileInfo(sandbox.At("out/a.ipynb")).Length < 2_000_000);
    }

    [Fact]
    public void A_cell_that_replaces_the_console_takes_no_checks_from_the_next()
    {
        sandbox.Write("a.dib", "Console.SetOut(System.IO.TextWriter.Null);\n#!csharp\nConsole.WriteLine(\"✗ seen\");");
        Assert.Equal(1, sandbox.Run("run", "a.dib", "--no-pictures").ExitCode);
        Assert.Equal("✗ seen\n", sandbox.Stream("a", "stdout"));
    }

    [Fact]
    public void Text_of_a_cell_steers_neither_a_terminal_nor_a_build_server()
    {
        sandbox.Write("a.dib",
            "throw new Exception(\"x\\u001b]0;title\\u0007\\n::error::forged\\n  ::stop-commands::x\\n##[error]forged\\n``````\\0\");");
        var info = sandbox.Command("run", "a.dib", "--no-pictures");
        info.Environment["GITHUB_ACTIONS"] = "true";
        var (_, output, errors) = Sandbox.Finish(System.Diagnostics.Process.Start(info)!);
        var lines = (output + errors).Split('\n').Select(l => l.TrimStart()).ToList();
        Assert.DoesNotContain(lines,
            l => l.StartsWith("::error::forged", StringComparison.Ordinal) || l.StartsWith("::stop", StringComparison.Ordinal)
                || l.Contains("##[", StringComparison.Ordinal));
        Assert.DoesNotContain(output + errors, c => char.IsControl(c) && c is not ('\n' or '\r'));
        Assert.Contains("\n```````text\n", File.ReadAllText(sandbox.At("out/summary.md")));
        Assert.DoesNotContain('\0', File.ReadAllText(sandbox.At("out/summary.md")));
    }

    [Fact]
    public void A_page_of_the_job_that_cannot_be_written_does_not_fail_a_run()
    {
        sandbox.Write("a.dib", "1");
        var info = sandbox.Command("run", "a.dib", "--no-pictures");
        info.Environment["GITHUB_STEP_SUMMARY"] = sandbox.At("no/such/folder");
        var (exitCode, _, errors) = Sandbox.Finish(System.Diagnostics.Process.Start(info)!);
        Assert.Equal(0, exitCode);
        Assert.Contains("GITHUB_STEP_SUMMARY: the summary is not on the job's page", errors);
    }

    [Fact]
    public void Stored_outputs_keep_their_mode_and_a_link_in_their_place_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no such modes there.");
        if (OperatingSystem.IsWindows()) return;
        sandbox.Write("a.dib", "1");
        sandbox.Write("a.ipynb", "{}");
        File.SetUnixFileMode(sandbox.At("a.ipynb"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(0, sandbox.Run("run", "a.dib", "--update", "--no-pictures").ExitCode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(sandbox.At("a.ipynb")));
        sandbox.Write("elsewhere", "mine");
        File.Delete(sandbox.At("a.ipynb"));
        File.CreateSymbolicLink(sandbox.At("a.ipynb"), "elsewhere");
        var (exitCode, _, errors) = sandbox.Run("run", "a.dib", "--update", "--no-pictures");
        Assert.Equal(1, exitCode);
        Assert.Contains("a link to elsewhere", errors);
        Assert.Equal("mine", File.ReadAllText(sandbox.At("elsewhere")));
    }
}
