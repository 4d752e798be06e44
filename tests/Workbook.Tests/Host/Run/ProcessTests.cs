using System.Diagnostics;
using Xunit;

namespace Workbook.Tests.Host.Run;

[Trait("speed", "slow")]
public sealed class ProcessTests : IDisposable
{
    /// <summary>For what comes by itself; the machine may be busy with other tests.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    /// <summary>A notebook that says which process it runs in and then never ends.</summary>
    const string Endless =
        "System.IO.File.WriteAllText(\"pid.part\", Environment.ProcessId.ToString());\nSystem.IO.File.Move(\"pid.part\", \"pid\", "
            + "true);\nwhile (true) { }";

    const string Kill = "the host is killed";

    [Fact]
    public void When_the_host_is_killed_its_worker_ends()
    {
        sandbox.Write("a.dib", Endless);
        using var host = sandbox.Start("run", "a.dib");
        using var worker = Worker(host);
        host.Kill();
        Assert.True(worker.WaitForExit(Patience), "the worker lives on");
    }

    [Fact]
    public void When_the_host_is_killed_while_it_writes_the_old_file_stays_whole_and_the_next_run_tidies_up()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A file that is never written to its end needs a Unix pipe in its place.");
        sandbox.Write("a.dib",
            Endless.Replace("while (true) { }",
                "while (!System.IO.File.Exists(\"go\")) { }\nConsole.WriteLine(new string('x', 1_000_000));"));
        var old = sandbox.Write("out/a.ipynb", "old");
        using var host = sandbox.Start("run", "a.dib");
        using (Worker(host))
        {
            var part = $"{old}.{host.Id}.part";
            Process.Start("mkfifo", part).WaitForExit();
            sandbox.Write("go", "");
            using var reader = File.OpenRead(part);
            Assert.Equal('{', reader.ReadByte());
            host.Kill();
            host.WaitForExit();
            Assert.Equal("old", File.ReadAllText(old));
            Assert.True(File.Exists(part));
        }

        Assert.Equal(0, sandbox.Run("run", "a.dib").ExitCode);
        Assert.Equal(1_000_001, sandbox.Stream("a", "stdout").Length);
        Assert.DoesNotContain(Directory.GetFiles(sandbox.At("out")), f => f.EndsWith(".part", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Environment.Exit(5);")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData(Kill)]
    public void What_a_cell_has_started_ends_with_its_notebook(string then)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The state of a process is read from /proc.");
        sandbox.Write("a.dib",
            $"var sleep = System.Diagnostics.Process.Start(\"sleep\", \"600\");\nSystem.IO.File.WriteAllText(\"sleep\", "
                + $"sleep.Id.ToString());\n#!csharp\n{(then == Kill ? Endless : then)}");
        if (then == Kill)
        {
            using var host = sandbox.Start("run", "a.dib");
            using (Worker(host)) host.Kill();
        }
        else sandbox.Run("run", "a.dib", "--timeout", "6");

        var sleep = int.Parse(File.ReadAllText(sandbox.At("sleep")));
        Assert.True(SpinWait.SpinUntil(() => !Lives(sleep), Patience), "it lives on");
    }

    [Fact]
    public void When_the_worker_is_killed_the_notebook_has_crashed()
    {
        sandbox.Write("a.dib", Endless);
        var host = sandbox.Start("run", "a.dib");
        using var worker = Worker(host);
        worker.Kill();
        var (exitCode, output, _) = Sandbox.Finish(host);
        Assert.Equal(3, exitCode);
        Assert.Contains("cell 1 crashed", output);
    }

    [Fact]
    public void When_the_disk_is_full_the_run_says_so_and_leaves_no_half_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A limit on the size of files needs a Unix shell.");
        sandbox.Write("a.dib", "Console.WriteLine(new string('x', 100_000));");
        var info = sandbox.Command("run", "a.dib");
        var command = string.Join(' ', new[] { info.FileName }.Concat(info.ArgumentList).Select(a => $"'{a}'"));
        var shell = new ProcessStartInfo("/bin/sh")
        { WorkingDirectory = sandbox.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        shell.ArgumentList.Add("-c");
        shell.ArgumentList.Add($"trap '' XFSZ; ulimit -f 16; exec {command}");

        // The runtime maps its code from a file in memory, which the limit would refuse.
        shell.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        var (exitCode, _, errors) = Sandbox.Finish(Process.Start(shell)!);
        Assert.True(exitCode is 1 or 2, $"{exitCode}: {errors}");
        Assert.Contains("a.dib: ", errors);
        Assert.DoesNotContain(Directory.GetFiles(sandbox.At("out")),
            f => f.EndsWith(".part", StringComparison.Ordinal) || f.EndsWith("a.ipynb", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Four_runs_at_once_share_a_cold_package_cache()
    {
        var version = typeof(CsCheck.Gen).Assembly.GetName().Version!.ToString(3);
        sandbox.Write("a.dib", $"#r \"nuget: CsCheck, {version}\"\nCsCheck.Gen.Int.GetType().Name");
        var runs = Enumerable.Range(0, 4).Select(i => Task.Run(() =>
        {
            var info = sandbox.Command("run", "a.dib", "--out", $"out{i}");
            info.Environment["WORKBOOK_PACKAGES"] = sandbox.At("packages");
            return Sandbox.Finish(Process.Start(info)!);
        }));
        Assert.All(await Task.WhenAll(runs), r => Assert.True(r.ExitCode == 0, r.Errors));
        Assert.Single(Directory.GetDirectories(sandbox.At("packages")));
    }

    /// <summary>Whether the process exists; one that has ended and whose end nobody has asked for does not.</summary>
    internal static bool Lives(int id) => File.Exists($"/proc/{id}/stat") && File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1][0] != 'Z';

    Process Worker(Process host)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience;)
        {
            if (File.Exists(sandbox.At("pid"))) return Process.GetProcessById(int.Parse(File.ReadAllText(sandbox.At("pid"))));
            if (host.HasExited) throw new InvalidOperationException(host.StandardError.ReadToEnd());
            Thread.Yield();
        }

        throw new TimeoutException("The notebook did not begin within five minutes.");
    }
}
