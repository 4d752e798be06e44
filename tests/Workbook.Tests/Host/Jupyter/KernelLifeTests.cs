using System.Diagnostics;
using Xunit;

namespace Workbook.Tests.Host.Jupyter;

/// <summary>What ends a cell, a worker or a kernel before its time.</summary>
[Trait("speed", "slow")]
public sealed class KernelLifeTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("while (true) Console.WriteLine(\"again\");")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("while (true) { try { while (true) { } } catch (Exception) { } }")]
    [InlineData("Console.ReadLine();")]
    public async Task An_interrupt_ends_a_cell_and_keeps_the_variables(string endless)
    {
        await using var client = await KernelClient.StartAsync(sandbox);
        var id = client.Run($"var kept = 41;\nConsole.WriteLine(\"begun\");\n{endless}");
        var queued = client.Run("kept + 2");
        await client.WaitAsync(m => m.ParentId == id && m.Type == "stream");
        Assert.Equal("ok", (string?)(await client.AskAsync("interrupt_request", socket: "control"))["status"]);
        var (reply, outputs) = await client.EndAsync(id);
        Assert.Equal(("error", "Interrupted"), (reply.Status, (string?)reply.Content["ename"]));
        Assert.Contains("Variables keep their values", (string?)outputs[^1].Content["evalue"]);
        Assert.Equal("aborted", (await client.EndAsync(queued)).Reply.Status);
        Assert.Equal("42", Assert.Single((await client.ExecuteAsync("kept + 1")).Outputs).Text);
        Assert.Equal("", client.Errors);
    }

    [Theory]
    [InlineData("Console.ReadLine();")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("Task.Delay(-1).Wait();")]
    [InlineData("while (true) { }")]
    [InlineData("async Task Inner() { await Task.CompletedTask; Console.ReadLine(); }\nawait Inner();")]
    [InlineData("async Task Inner() { try { await Task.CompletedTask; System.Threading.Thread.Sleep(-1); } catch (Exception e) { throw new "
        + "FormatException(\"of its own\", e); } }\nawait Inner();")]
    public async Task Nothing_of_an_interrupted_cell_appears_under_the_next(string endless)
    {
        await using var client = await KernelClient.StartAsync(sandbox);
        var id = client.Run($"Console.WriteLine(\"begun\");\n{endless}");
        await client.WaitAsync(m => m.ParentId == id && m.Type == "stream");
        await client.InterruptAsync(id);

        // What nobody has awaited is reported when the collector finds it.
        var (_, outputs) = await client.ExecuteAsync("for (var i = 0; i < 3; i++) { GC.Collect(); GC.WaitForPendingFinalizers(); }\n42");
        Assert.Equal(["42"], outputs.Select(o => o.Text));
    }

    [Fact]
    public async Task A_task_that_fails_and_is_not_awaited_is_still_reported_after_an_interrupt()
    {
        await using var client = await KernelClient.StartAsync(sandbox);
        var id = client.Run("Console.WriteLine(\"begun\");\nSystem.Threading.Thread.Sleep(-1);");
        await client.WaitAsync(m => m.ParentId == id && m.Type == "stream");
        await client.InterruptAsync(id);
        // The collector may find it in either cell or between them; then it is said under the first, which has ended.
        await client.ExecuteAsync(
            "void Lose() { var lost = Task.Run(() => throw new FormatException(\"lost\")); while (!lost.IsCompleted) { } }\nLose();");
        await client.ExecuteAsync("for (var i = 0; i < 3; i++) { GC.Collect(); GC.WaitForPendingFinalizers(); }");
        await client.WaitAsync(m => m.Type == "stream" && m.Text?.Contains("FormatException: lost", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task An_interrupt_reaches_a_cell_that_holds_all_threads_of_the_pool()
    {
        await using var client = await KernelClient.StartAsync(sandbox);
        var id = client.Run(
            "for (var i = 0; i < 1000; i++) System.Threading.ThreadPool.QueueUserWorkItem(_ => "
                + "System.Threading.Thread.Sleep(-1));\nConsole.WriteLine(\"begun\");\nwhile (true) { }");
        await client.WaitAsync(m => m.ParentId == id && m.Type == "stream");
        Assert.Contains("Variables keep their values", (string?)(await client.InterruptAsync(id)).Outputs[^1].Content["evalue"]);
    }

    [Fact]
    public async Task Many_interrupts_at_once_end_one_cell_and_not_those_after_it()
    {
        await using var client = await KernelClient.StartAsync(sandbox);
        var id = client.Run("var kept = 41;\nConsole.WriteLine(\"begun\");\nwhile (true) { }");
        await client.WaitAsync(m => m.ParentId == id && m.Type == "stream");
        var presses = Enumerable.Range(0, 300).Select(_ => client.Send("control", "interrupt_request", [])).ToList();
        await client.EndAsync(id);
        // Only when it is answered has the last one surely come before the next cell.
        await client.ReplyAsync(presses[^1]);
        Assert.Equal("42", Assert.Single((await client.ExecuteAsync("kept + 1")).Outputs).Text);
    }

    [Fact]
    public async Task One_kernel_can_be_interrupted_again_and_again()
    {
        await using var client = await KernelClient.StartAsync(sandbox);
        await client.ExecuteAsync("var kept = 41;");
        for (var i = 0; i < 5; i++)
        {
            var id = client.Run("Console.WriteLine(\"begun\");\nwhile (true) { }");
            await client.WaitAsync(m => m.ParentId == id && m.Type == "stream");
            await client.AskAsync("interrupt_request", socket: "control");
            Assert.Contains("Variables keep their values", (string?)(await client.EndAsync(id)).Outputs[^1].Content["evalue"]);
        }

        Assert.Equal("42", Assert.Single((await client.ExecuteAsync("kept + 1")).Outputs).Text);
    }

    [Fact]
    public async Task A_cell_that_waits_for_its_worker_is_interrupted_and_the_worker_stays()
    {
        await using var client = await KernelClient.StartAsync(sandbox);
        var id = client.Run("while (true) { }");
        await client.WaitAsync(m => m.ParentId == id && m.Type == "execute_input");
        var (reply, outputs) = await client.InterruptAsync(id);
        Assert.Equal(("error", "Interrupted"), (reply.Status, (string?)reply.Content["ename"]));
        Assert.DoesNotContain("variables are gone", (string?)outputs[^1].Content["evalue"]);
        Assert.Equal("42", Assert.Single((await client.ExecuteAsync("6 * 7")).Outputs).Text);
    }

    [Fact]
    public async Task The_engines_settings_outlive_a_wait_and_an_interrupt()
    {
        await using var client = await KernelClient.StartAsync(sandbox);
        var references = string.Concat(
            new[] { "Tensors", "Keras" }.Select(
                l => $"#r \"{Repository.File($"artifacts/helpers/Workbook.{l}.dll").Replace('\\', '/')}\"\n"));
        await client.ExecuteAsync(
            references
                + "using Workbook.Keras;\nusing Workbook.Tensors;\nawait "
                    + "Task.Delay(1);\nkeras.config.set_floatx(tf.float64);\ntf.random.set_seed(7);\nvar first = "
                        + "(float)tf.random.uniform([]);\ntf.random.set_seed(7);");
        var id = client.Run("Console.WriteLine(\"begun\");\nwhile (true) { }");
        await client.WaitAsync(m => m.ParentId == id && m.Type == "stream");
        await client.InterruptAsync(id);
        var (_, outputs) = await client.ExecuteAsync("$\"{keras.config.floatx()} {first == (float)tf.random.uniform([])}\"");
        Assert.Equal("Float64 True", outputs.Single().Text);
    }

    [Fact]
    public async Task A_front_end_that_connects_again_under_its_name_is_answered()
    {
        await using var client = await KernelClient.StartAsync(sandbox);
        await client.ExecuteAsync("var x = 41;");
        client.ConnectAgain("shell");
        Assert.Equal("42", Assert.Single((await client.ExecuteAsync("x + 1")).Outputs).Text);
    }

    [Theory]
    [InlineData("await Task.Yield();\nwhile (true) { }")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("try { } finally { while (true) { } }")]
    public async Task What_can_only_be_stopped_with_its_process_is_and_the_kernel_goes_on_with_a_new_one(string endless)
    {
        await using var client = await KernelClient.StartAsync(sandbox);
        var id = client.Run($"var gone = 1;\nConsole.WriteLine(\"begun\");\n{endless}");
        await client.WaitAsync(m => m.ParentId == id && m.Type == "stream");
        await client.AskAsync("interrupt_request", socket: "control");
        var (reply, _) = await client.EndAsync(id);
        Assert.Contains("variables are gone", (string?)reply.Content["evalue"]);
        Assert.Equal("CompilationError", (string?)(await client.ExecuteAsync("gone")).Reply.Content["ename"]);
        var (next, outputs) = await client.ExecuteAsync("6 * 7");
        Assert.Equal("42", outputs.Single().Text);
        Assert.Equal(3, (int)next.Content["execution_count"]!);
    }

    [Fact]
    public async Task An_interrupt_where_nothing_runs_changes_nothing()
    {
        await using var client = await KernelClient.StartAsync(sandbox);
        await client.ExecuteAsync("var x = 1;");
        Assert.Equal("ok", (string?)(await client.AskAsync("interrupt_request", socket: "control"))["status"]);
        Assert.Equal("1", (await client.ExecuteAsync("x")).Outputs.Single().Text);
    }

    [Fact]
    public async Task What_is_typed_after_an_interrupt_is_not_taken_for_the_input_of_another_cell()
    {
        await using var client = await KernelClient.StartAsync(sandbox);
        var id = client.Run("Console.ReadLine();");
        await client.WaitAsync(m => m.Socket == "stdin" && m.ParentId == id);
        await client.AskAsync("interrupt_request", socket: "control");
        client.Send("stdin", "input_reply", new() { ["value"] = "late" });
        await client.EndAsync(id);
        var next = client.Run("Console.ReadLine()");
        await client.GiveInputAsync(next, "right");
        Assert.Equal("right", (await client.EndAsync(next)).Outputs.Single().Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_shutdown_ends_the_kernel_and_its_worker_even_while_a_cell_runs(bool restart)
    {
        await using var client = await KernelClient.StartAsync(sandbox);
        using var worker = await WorkerAsync(client);
        var id = client.Run("Console.WriteLine(\"begun\");\nwhile (true) { }");
        await client.WaitAsync(m => m.ParentId == id && m.Type == "stream");
        var reply = await client.ReplyAsync(client.Send("control", "shutdown_request", new() { ["restart"] = restart }));
        Assert.Equal(restart, (bool)reply.Content["restart"]!);
        await client.WaitAsync(m => m.Socket == "iopub" && m.Type == "shutdown_reply");
        await client.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(client.Process.ExitCode == 0, client.Errors);
        Assert.True(worker.WaitForExit(TimeSpan.FromMinutes(5)), "the worker lives on");
    }

    [Fact]
    public async Task A_worker_that_is_killed_in_a_cell_is_told_of_and_takes_its_kernel_with_it()
    {
        await using var client = await KernelClient.StartAsync(sandbox);
        using var worker = await WorkerAsync(client);
        var id = client.Run("Console.WriteLine(\"begun\");\nwhile (true) { }");
        await client.WaitAsync(m => m.ParentId == id && m.Type == "stream");
        worker.Kill();
        var (reply, _) = await client.EndAsync(id);
        Assert.Equal("CrashError", (string?)reply.Content["ename"]);
        Assert.Contains("The kernel ends with it", (string?)reply.Content["evalue"]);
        await client.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, client.Process.ExitCode);
    }

    [Fact]
    public async Task A_worker_that_is_killed_between_cells_takes_its_kernel_with_it()
    {
        await using var client = await KernelClient.StartAsync(sandbox);
        using var worker = await WorkerAsync(client);
        worker.Kill();
        await client.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, client.Process.ExitCode);
        Assert.Contains("The process that runs the cells has ended", client.Errors);
    }

    [Fact]
    public async Task A_kernel_whose_front_end_was_killed_ends()
    {
        Assert.SkipUnless(File.Exists("/bin/sleep"), "There is no /bin/sleep to stand for a front end.");
        using var parent = Process.Start("/bin/sleep", "600");
        await using var client = await KernelClient.StartAsync(sandbox, parent: parent.Id);
        parent.Kill();
        await client.Process.WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
        Assert.True(client.Process.ExitCode == 0, $"{client.Process.ExitCode}: {client.Errors}");
    }

    static async Task<Process> WorkerAsync(KernelClient client) =>
        Process.GetProcessById(int.Parse((await client.ExecuteAsync("Environment.ProcessId")).Outputs.Single().Text!));
}
