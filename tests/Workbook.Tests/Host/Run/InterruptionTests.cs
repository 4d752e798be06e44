using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Workbook.Tests.Host.Run;

/// <summary>Every signal ends every phase, and what is done by then is kept.</summary>
[Trait("speed", "slow")]
public sealed class InterruptionTests : IDisposable
{
    /// <summary>
    /// The program's own limit is two seconds, and what it computes takes minutes; the machine may be busy with other tests.
    /// </summary>
    static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    readonly Sandbox sandbox = new();

    public InterruptionTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by a Unix command.");

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("QUIT")]
    public void A_running_cell_is_ended_and_what_it_wrote_is_kept(string signal)
    {
        sandbox.Write("books/1.dib", "1");
        sandbox.Write("books/2.dib", "Console.WriteLine(\"before\");\nSystem.IO.File.WriteAllText(\"../begun\", \"\");\nwhile (true) { }");
        sandbox.Write("books/3.dib", "1");
        var (exitCode, errors) = Interrupt(signal, () => File.Exists(sandbox.At("begun")), "run", "books", "--no-pictures");
        Assert.True(exitCode == 130, errors);
        Assert.Equal("before\n", sandbox.Stream("2", "stdout"));
        Assert.Contains("3.dib: not run, because the run was interrupted.", File.ReadAllText(sandbox.At("out/summary.md")));
        Assert.True(File.Exists(sandbox.At("out/junit.xml")));
        Assert.True(File.Exists(sandbox.At("out/index.html")));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("lint")]
    [InlineData("run")]
    [InlineData("publish")]
    public void A_search_through_many_folders_is_ended(string command)
    {
        // Each folder takes a moment; all of them take minutes.
        var info = new ProcessStartInfo("sh",
            ["-c", "mkdir b; cd b; for i in $(seq 40); do mkdir $i; done; for i in $(seq 40); do (cd $i; mkdir $(seq 400)); done"])
        { WorkingDirectory = sandbox.Folder };
        Process.Start(info)!.WaitForExit();
        sandbox.Write("b/1/1/x.dib", "1");
        var (exitCode, _) = Interrupt("TERM", () => true, [command, .. Enumerable.Repeat("b", 500)]);
        Assert.Equal(130, exitCode);
    }

    [Fact]
    public void A_page_that_takes_long_to_write_is_not_waited_for()
    {
        // The cells are many and each as long as a page colours it, which takes minutes.
        const string line = "var x = new System.Collections.Generic.List<int>();\n";
        var cell = $"#!csharp\n//| tags: skip-execution\n{string.Concat(Enumerable.Repeat(line, 900_000 / line.Length))}";
        sandbox.Write("books/1.dib", "1");
        sandbox.Write("books/2.dib", string.Concat(Enumerable.Repeat(cell, 60)));
        var (exitCode, errors) = Interrupt("TERM", () => File.Exists(sandbox.At("out/2.ipynb")), "run", "books", "--no-pictures");
        Assert.True(exitCode == 130, errors);
        var summary = File.ReadAllText(sandbox.At("out/summary.md"));
        Assert.Contains("| ✓ | 1 |", summary);
        Assert.Contains("2.dib: it has no page, because the run was interrupted.", summary);
        Assert.False(File.Exists(sandbox.At("out/2.html")), "the end of the process has waited for the page");
    }

    [Theory]
    [InlineData("lint")]
    [InlineData("publish")]
    public void What_a_command_computes_is_not_waited_for(string command)
    {
        var book =
            $$"""{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"id":"a","cell_type":"code","metadata":{},"execution_count":1,"outputs":[],"source":{{System.Text.Json.JsonSerializer.Serialize(string.Concat(Enumerable.Repeat("var x = new System.Collections.Generic.List<int>();\n", 1_000_000)))}}}]}""";
        sandbox.Write("a.ipynb", book);
        var (exitCode, _) = Interrupt("INT", () => true, command, "a.ipynb");
        Assert.Equal(130, exitCode);
    }

    [Fact]
    public void A_terminal_that_is_closed_takes_no_results_with_it()
    {
        const string terminal = "/usr/bin/script";
        Assert.SkipUnless(File.Exists(terminal), $"{terminal} (util-linux) is not there to make a pseudo-terminal.");
        sandbox.Write("a.dib", "Console.WriteLine(\"before\");\nSystem.IO.File.WriteAllText(\"begun\", \"\");\nwhile (true) { }");
        var info = sandbox.Command("run", "a.dib", "--no-pictures");
        var command = string.Join(' ', info.ArgumentList.Prepend(info.FileName).Select(a => $"'{a}'"));
        info.FileName = terminal;
        info.ArgumentList.Clear();
        foreach (var argument in new[] { "-qec", $"echo $$ >pid; exec {command}", "/dev/null" }) info.ArgumentList.Add(argument);
        info.Environment.Remove("CI");
        using var process = Process.Start(info)!;
        Assert.True(SpinWait.SpinUntil(() => File.Exists(sandbox.At("begun")), TimeSpan.FromMinutes(5)));
        process.Kill();
        var host = int.Parse(File.ReadAllText(sandbox.At("pid")), CultureInfo.InvariantCulture);
        Assert.True(SpinWait.SpinUntil(() => !ProcessTests.Lives(host), Soon), "it goes on");
        Assert.True(File.Exists(sandbox.At("out/green.json")), "no report was written");
        Assert.True(File.Exists(sandbox.At("out/index.html")));
        Assert.Equal("before\n", sandbox.Stream("a", "stdout"));
    }

    (int ExitCode, string Errors) Interrupt(string signal, Func<bool> hasBegun, params string[] arguments)
    {
        using var process = sandbox.Start(arguments);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEndAsync();

        // Before the program listens to signals, one would end it as any other.
        Assert.True(SpinWait.SpinUntil(() => Listens(process) && hasBegun(), TimeSpan.FromMinutes(5)), "it did not begin");
        Process.Start("kill", ["-" + signal, $"{process.Id}"]).WaitForExit();
        Assert.True(process.WaitForExit(Soon), "it goes on");
        return (process.ExitCode, errors.GetAwaiter().GetResult());
    }

    /// <summary>Whether the process catches SIGHUP, which .NET by itself does not; asked of Linux, elsewhere taken for granted.</summary>
    static bool Listens(Process process)
    {
        if (!OperatingSystem.IsLinux()) return true;
        var line = File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith("SigCgt:", StringComparison.Ordinal));
        return (Convert.ToUInt64(line.Split('\t')[1], 16) & 1) != 0;
    }
}
