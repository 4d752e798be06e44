using System.Diagnostics;
using Workbook.Host.Export.Browser;
using Xunit;

namespace Workbook.Tests.Host.Run;

/// <summary>What a run has started and made ends with it, however it ends.</summary>
[Trait("speed", "slow")]
public sealed class LeftoverTests : IDisposable
{
    /// <summary>For what comes by itself; the machine may be busy with other tests.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData("setsid -f sleep 12345")]
    [InlineData("(setsid sleep 12345 &)")]
    [InlineData("setsid sh -c '(sleep 12345 &) & exit'")]
    [InlineData("env -i setsid -f sleep 12345")]
    [InlineData("for i in 1 2 3; do setsid -f sh -c 'sleep 12345; :'; done")]
    public void A_process_that_has_left_its_session_ends_with_its_notebook(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/setsid"), "Such processes are found on Linux only.");
        foreach (var then in new[] { "", "System.Threading.Thread.Sleep(-1);",
            command.Contains("env -i", StringComparison.Ordinal) ? "" : "Environment.Exit(5);" })
        {
            sandbox.Write("a.dib", $"{Shell(command)}\n#!csharp\n{then}");
            sandbox.Run("run", "a.dib", "--timeout", "3", "--no-pictures");
            Assert.Empty(Ours("sleep"));
        }
    }

    /// <summary>They have neither the session, nor the mark, nor the parent of their notebook any more: they are the run's own children
    /// then.</summary>
    [Theory]
    [InlineData("env -i setsid -f sleep 12345", "Environment.Exit(5);")]
    [InlineData("env -i setsid -f sh -c '(sleep 12345 &) & exit'", "Environment.FailFast(\"gone\");")]
    [InlineData("for i in 1 2 3; do env -i setsid -f sh -c 'sleep 12345; :'; done", "void F() => F();\nF();")]
    [InlineData("env -i setsid -f sh -c 'setsid -f sleep 12345; sleep 12345; :'",
        "System.Diagnostics.Process.Start(\"kill\", $\"-9 {Environment.ProcessId}\").WaitForExit();\nwhile (true) { }")]
    public void A_process_without_session_and_environment_does_not_outlive_the_crash_of_its_notebook(string command, string crash)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/setsid"), "Such processes are found on Linux only.");
        sandbox.Write("a.dib", $"{Shell(command)}\n#!csharp\n{crash}");
        sandbox.Write("b.dib", $"{Shell("sleep 3")}\nConsole.WriteLine(\"fine\");");
        using var host = Started("run", "a.dib", "b.dib", "--jobs", "2", "--no-pictures");
        host.WaitForExit();
        Assert.Equal(3, host.ExitCode);
        Assert.Empty(Ours("sleep"));
        Assert.Equal("fine\n", sandbox.Stream("b", "stdout"));
    }

    [Fact]
    public void Sixty_children_end_with_a_cell_that_is_timed_out()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are read from /proc.");
        sandbox.Write("a.dib", "for (var i = 0; i < 60; i++) System.Diagnostics.Process.Start(\"sleep\", \"12345\");\n"
            + "System.Threading.Thread.Sleep(-1);");
        Assert.Equal(3, sandbox.Run("run", "a.dib", "--timeout", "4", "--no-pictures").ExitCode);
        Assert.Empty(Ours("sleep"));
    }

    [Fact]
    public void Nothing_stays_when_the_host_is_killed_at_any_moment()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are read from /proc.");
        for (var i = 0; i < 4; i++)
            sandbox.Write($"books/{i}.dib",
                $"{Shell("setsid -f sleep 12345")}\nfor (var i = 0; i < 1000; i++) System.Threading.ThreadPool.QueueUserWorkItem(_ => "
                    + $"System.Threading.Thread.Sleep(-1));\nSystem.Threading.Thread.Sleep(-1);");
        for (var trial = 0; trial < 12; trial++)
        {
            using var host = Started("run", "books", "--jobs", "4", "--no-pictures");
            host.WaitForExit(TimeSpan.FromMilliseconds(100 + (150 * trial)));
            host.Kill();
            host.WaitForExit();
            Assert.True(SpinWait.SpinUntil(() => Ours("").Count == 0, Patience),
                $"killed at moment {trial}: {string.Join('\n', Ours(""))}");
        }
    }

    [Fact]
    public void A_host_that_is_killed_while_it_ends_its_workers_leaves_none_stopped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are read from /proc.");
        for (var i = 0; i < 6; i++)
            sandbox.Write($"books/{i}.dib",
                "for (var i = 0; i < 20; i++) System.Diagnostics.Process.Start(\"sleep\", "
                    + "\"12345\");\nSystem.IO.File.WriteAllText($\"../begun{Environment.ProcessId}\", \"\");\n"
                    + "System.Threading.Thread.Sleep(-1);");
        for (var trial = 0; trial < 3; trial++)
        {
            foreach (var mark in Directory.GetFiles(sandbox.Folder, "begun*")) File.Delete(mark);
            using var host = Started("run", "books", "--jobs", "6", "--no-pictures");
            Assert.True(SpinWait.SpinUntil(() => Directory.GetFiles(sandbox.Folder, "begun*").Length > 2, Patience),
                "no cell began");
            Process.Start("kill", ["-TERM", $"{host.Id}"]).WaitForExit();
            host.WaitForExit(TimeSpan.FromMilliseconds(20 * trial));
            host.Kill();
            Assert.True(SpinWait.SpinUntil(() => Ours("").Count == 0, Patience), string.Join('\n', Ours("")));
        }
    }

    [Fact]
    public void A_browser_ends_with_the_host_that_is_killed_and_the_next_run_removes_its_folder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Chromium.Find() is not null,
            "Processes are read from /proc, and a browser has to be there.");
        sandbox.Write("a.dib", FigureCell.Source);
        var temporary = Directory.CreateDirectory(sandbox.At("t")).FullName;
        using (var host = Started("run", "a.dib"))
        {
            Assert.True(SpinWait.SpinUntil(() => Ours("chrom").Count > 2 || host.HasExited, Patience), "no browser began");
            host.Kill();
            host.WaitForExit();
        }

        Assert.True(SpinWait.SpinUntil(() => Ours("").Count == 0, Patience), string.Join('\n', Ours("")));
        Assert.NotEmpty(Directory.GetDirectories(temporary, "workbook-*"));
        foreach (var folder in Directory.GetDirectories(temporary, "workbook-*"))
            Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow.AddHours(-1));
        sandbox.Write("b.dib", "1");
        using (var next = Started("run", "b.dib", "--no-pictures")) next.WaitForExit();
        Assert.Empty(Directory.GetDirectories(temporary, "workbook-*"));
    }

    [Fact]
    public void The_folder_of_a_run_that_goes_on_is_not_taken_for_an_abandoned_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are read from /proc.");
        var temporary = Directory.CreateDirectory(sandbox.At("t")).FullName;
        sandbox.Write("a.dib",
            "System.IO.File.WriteAllText(\"begun\", \"\");\nwhile (!System.IO.File.Exists(\"go\")) "
                + "System.Threading.Thread.Sleep(10);\nConsole.WriteLine(System.IO.Directory.Exists(System.IO.Path.GetTempPath()));");
        sandbox.Write("b.dib", "1");
        using var first = Started("run", "a.dib", "--no-pictures");
        Assert.True(SpinWait.SpinUntil(() => File.Exists(sandbox.At("begun")), Patience));
        foreach (var folder in Directory.GetDirectories(temporary, "workbook-*"))
            Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow.AddHours(-1));
        using (var second = Started("run", "b.dib", "--no-pictures")) second.WaitForExit();
        sandbox.Write("go", "");
        first.WaitForExit();
        Assert.Equal("True\n", sandbox.Stream("a", "stdout"));
        Assert.Empty(Directory.GetDirectories(temporary, "workbook-*"));
    }

    [Theory]
    [InlineData("absent")]
    [InlineData("long")]
    public void A_temporary_folder_that_is_absent_or_long_keeps_nothing_from_running(string what)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "TMPDIR is Unix'.");
        sandbox.Write("a.dib", "Console.WriteLine(System.IO.File.Exists(System.IO.Path.GetTempFileName()));");
        var info = sandbox.Command("run", "a.dib", "--no-pictures");
        info.Environment["TMPDIR"] = what == "absent" ? sandbox.At("nowhere")
            : Directory.CreateDirectory(sandbox.At(string.Join('/', Enumerable.Repeat("twelve-chars", 15)))).FullName;
        var (exitCode, _, errors) = Sandbox.Finish(Process.Start(info)!);
        Assert.True(exitCode == 0, errors);
        Assert.Equal("True\n", sandbox.Stream("a", "stdout"));
        Assert.Equal(what == "absent", errors.Contains("TMPDIR: expected a folder", StringComparison.Ordinal));
    }

    static string Shell(string command) =>
        $"System.Diagnostics.Process.Start(\"sh\", new[] {{ \"-c\", {System.Text.Json.JsonSerializer.Serialize(command)} "
            + $"}}).WaitForExit();";

    /// <summary>The program with a temporary folder in the sandbox, by which what it starts is known.</summary>
    Process Started(params string[] arguments)
    {
        var info = sandbox.Command(arguments);
        info.Environment["TMPDIR"] = Directory.CreateDirectory(sandbox.At("t")).FullName;
        info.Environment["WORKBOOK_TEST"] = sandbox.Folder;
        var process = Process.Start(info)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Processes that run in the sandbox's folder or have it in their environment.</summary>
    List<string> Ours(string name)
    {
        var found = new List<string>();
        foreach (var folder in Directory.GetDirectories("/proc").Where(f => char.IsAsciiDigit(Path.GetFileName(f)[0])))
        {
            try
            {
                var isOurs =
                    new DirectoryInfo($"{folder}/cwd").ResolveLinkTarget(false)?.FullName.StartsWith(sandbox.Folder,
                        StringComparison.Ordinal) == true
                    || File.ReadAllText($"{folder}/environ").Contains($"WORKBOOK_TEST={sandbox.Folder}\0", StringComparison.Ordinal);
                var words = File.ReadAllText($"{folder}/cmdline").Replace('\0', ' ');
                var state = File.ReadAllText($"{folder}/stat").Split(") ")[^1][0];
                if (isOurs && state != 'Z' && words.Contains(name, StringComparison.Ordinal))
                    found.Add($"{Path.GetFileName(folder)} {state} {words}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has gone meanwhile.
            }
        }

        return found;
    }
}
