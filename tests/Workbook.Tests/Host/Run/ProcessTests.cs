using System.Diagnostics;
using Xunit;

namespace Workbook.Tests.Host.Run;

public sealed class ProcessTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    /// <summary>A notebook that says which process it runs in and then never ends.</summary>
    const string Endless = "System.IO.File.WriteAllText(\"pid.part\", Environment.ProcessId.ToString());\nSystem.IO.File.Move(\"pid.part\", \"pid\");\nwhile (true) { }";

    [Fact]
    public void When_the_host_is_killed_its_worker_ends_and_nothing_is_half_written()
    {
        sandbox.Write("a.dib", Endless);
        using var host = sandbox.Start("run", "a.dib");
        using var worker = Worker(host);
        host.Kill();
        Assert.True(worker.WaitForExit(TimeSpan.FromSeconds(30)), "the worker lives on");
        host.WaitForExit();
        Assert.Empty(Directory.GetFiles(sandbox.At("out")));
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
        var shell = new ProcessStartInfo("/bin/sh") { WorkingDirectory = sandbox.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        shell.ArgumentList.Add("-c");
        shell.ArgumentList.Add($"trap '' XFSZ; ulimit -f 16; exec {command}");

        // The runtime maps its code from a file in memory, which the limit would refuse.
        shell.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        var (exitCode, _, errors) = Sandbox.Finish(Process.Start(shell)!);
        Assert.True(exitCode is 1 or 2, $"{exitCode}: {errors}");
        Assert.Contains("a.dib: ", errors);
        Assert.DoesNotContain(Directory.GetFiles(sandbox.At("out")), f => f.EndsWith(".part", StringComparison.Ordinal) || f.EndsWith("a.ipynb", StringComparison.Ordinal));
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

    Process Worker(Process host)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(60);)
        {
            if (File.Exists(sandbox.At("pid"))) return Process.GetProcessById(int.Parse(File.ReadAllText(sandbox.At("pid"))));
            if (host.HasExited) throw new InvalidOperationException(host.StandardError.ReadToEnd());
            Thread.Yield();
        }

        throw new TimeoutException("The notebook did not begin within a minute.");
    }
}
