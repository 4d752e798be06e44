using System.Diagnostics;
using System.Text;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Jupyter;
using Workbook.Tests.Notebooks;
using Xunit;

namespace Workbook.Tests.Host.Jupyter;

[Trait("speed", "slow")]
public sealed class JupyterClientTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    public static TheoryData<string> Notebooks => NotebookTests.Largest;

    static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Workbook.sln"))) folder = Path.GetDirectoryName(folder)!;
            return folder.Replace('\\', '/');
        }
    }

    [Fact]
    public void The_kernel_is_listed_by_Jupyter()
    {
        Ready("kernelspec");
        Assert.Contains(JupyterClients.Kernel, JupyterClients.Run(sandbox, "kernelspec", "list"));
    }

    [Fact]
    public void Jupyters_own_tests_of_a_kernel_pass_and_none_is_skipped()
    {
        Ready("python");
        sandbox.Write("suite.py", KernelSuite);
        var output = JupyterClients.Run(sandbox, "python", "-m", "unittest", "-v", "suite");
        Assert.Contains("Ran 13 tests", output);
        Assert.EndsWith("\nOK", output.TrimEnd());
        Assert.DoesNotContain("skipped", output);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Nbconvert_executes_a_notebook_of_the_book(string name)
    {
        Ready("nbconvert");
        sandbox.Write("book.dib",
            File.ReadAllText(Path.Combine(Root, "notebooks", $"{name}.dib"))
                .Replace("#!import ", $"#!import {Root}/notebooks/", StringComparison.Ordinal));
        JupyterClients.Write(sandbox, "book.ipynb", NotebookFile.Read(sandbox.At("book.dib")));
        JupyterClients.Run(sandbox, "nbconvert", "--to", "notebook", "--execute", "book.ipynb", "--output", "done.ipynb",
            "--ExecutePreprocessor.timeout=300");
        Assert.DoesNotContain("workbook-theme", File.ReadAllText(sandbox.At("done.ipynb")));
        var done = NotebookFile.Read(sandbox.At("done.ipynb"));
        Assert.All(done.Cells,
            c => Assert.Equal(c.Tags.Any(t => CellOptions.Name(t) == "raises-exception"), c.Outputs.Any(o => o is ErrorOutput)));
        Assert.All(done.Cells.Where(c => c.Language == "csharp"), c => Assert.NotNull(c.ExecutionCount));
        Assert.Contains(done.Cells.SelectMany(c => c.Outputs), o => o.Bundle?["application/vnd.plotly.v1+json"] is not null);
        Assert.Equal((0, true), (Count(done, failed: true), Count(done, failed: false) > 0));
    }

    [Fact]
    public void Papermill_gives_a_notebook_its_parameters()
    {
        Ready("papermill");
        JupyterClients.Write(sandbox, "in.ipynb",
            Book("//| tags: parameters\nvar epochs = 5;\nvar name = \"a\";\nvar rate = 0.5;", "$\"{name} {epochs * 2} {rate}\""));
        JupyterClients.Run(sandbox, "papermill", "in.ipynb", "out.ipynb", "-p", "epochs", "50", "-p", "name", "b \"quoted\"", "-p", "rate",
            "0.25");
        Assert.Equal("b \"quoted\" 100 0.25", Values(sandbox.At("out.ipynb")).Last());
    }

    [Fact]
    public void Nbconvert_stops_at_an_error_and_shows_the_place()
    {
        Ready("nbconvert");
        JupyterClients.Write(sandbox, "bad.ipynb", Book("var x = 1;", "Console.WriteLine();\nthrow new FormatException(\"why\");", "x"));
        var process = Process.Start(JupyterClients.Command(sandbox, "nbconvert", "--to", "notebook", "--execute", "bad.ipynb"))!;
        var (exitCode, _, errors) = Sandbox.Finish(process);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("notebook (cell 2, line 2)", errors);
    }

    [Fact]
    public void A_worker_that_ends_itself_is_reported_and_not_waited_for()
    {
        Ready("nbconvert");
        JupyterClients.Write(sandbox, "gone.ipynb", Book("Environment.Exit(1);"));
        var (exitCode, _,
            errors) = Sandbox.Finish(
                Process.Start(JupyterClients.Command(sandbox, "nbconvert", "--to", "notebook", "--execute", "gone.ipynb"))!);
        Assert.NotEqual(0, exitCode);
        Assert.Matches("CrashError|DeadKernelError|Kernel died", errors);
    }

    [Fact]
    public void Jupyter_run_runs_a_file()
    {
        Ready("run");
        sandbox.Write("file.cs", "var x = 40;\nConsole.WriteLine(\"from a file\");\nx + 2");
        // As `jupyter run` does, whose own clock gives each cell ten seconds: a machine that is busy otherwise cannot always keep that.
        var output = JupyterClients.Run(sandbox, "python", "-c",
            "import jupyter_client.runapp as app; app.OUTPUT_TIMEOUT = 300; app.RunApp.launch_instance()",
            "--kernel", JupyterClients.Kernel, "--RunApp.kernel_timeout=300", "file.cs");
        Assert.Contains("from a file", output);
        Assert.Contains("42", output);
    }

    [Fact]
    public async Task Jupyter_console_runs_what_is_typed_asks_for_input_and_ends()
    {
        Ready("console");
        const string terminal = "/usr/bin/script";
        Assert.SkipUnless(File.Exists(terminal), $"{terminal} (util-linux) is not there to make a pseudo-terminal.");
        var info = JupyterClients.Command(sandbox, "console", "--kernel", JupyterClients.Kernel, "--simple-prompt",
            "--JupyterConsoleApp.confirm_exit=False");
        var command = string.Join(' ', info.ArgumentList.Prepend(info.FileName).Select(a => $"'{a}'"));
        info.FileName = terminal;
        info.ArgumentList.Clear();
        foreach (var argument in new[] { "-qec", command, "/dev/null" }) info.ArgumentList.Add(argument);
        using var process = Process.Start(info)!;
        var said = new StringBuilder();
        async Task WaitForAsync(string text)
        {
            var buffer = new char[4096];
            while (!said.ToString().Contains(text, StringComparison.Ordinal))
            {
                var read = await process.StandardOutput.ReadAsync(buffer, TestContext.Current.CancellationToken).AsTask()
                    .WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
                Assert.True(read > 0, $"The console ended before it said {text}:\n{said}");
                said.Append(buffer, 0, read);
            }

            said.Clear();
        }

        await WaitForAsync("In [1]: ");
        await process.StandardInput.WriteAsync("6 * 7\n");
        await WaitForAsync("Out[1]: 42");
        await process.StandardInput.WriteAsync("\"<\" + Console.ReadLine() + \">\"\n");
        await WaitForAsync("ReadLine");
        await process.StandardInput.WriteAsync("typed\n");
        await WaitForAsync("<typed>");
        await process.StandardInput.WriteAsync("\u0004");
        process.StandardInput.Close();
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>
    /// The suite wants each message within a tenth of a second of the one before, and takes for gone what does not come in that time; here
    /// it waits for what must come.
    /// </summary>
    const string KernelSuite = """
        import jupyter_kernel_test

        jupyter_kernel_test.TIMEOUT = PATIENCE = 300

        class Patient(jupyter_kernel_test.KernelTests):
            def flush_channels(self):
                asked = self.kc.kernel_info()
                def is_last(message):
                    jupyter_kernel_test.validate_message(message)
                    return message["parent_header"].get("msg_id") == asked
                while not is_last(self.kc.get_shell_msg(timeout=PATIENCE)):
                    pass
                while True:
                    message = self.kc.get_iopub_msg(timeout=PATIENCE)
                    if is_last(message) and message["content"].get("execution_state") == "idle":
                        break

            def execute_helper(self, code, timeout=PATIENCE, **options):
                channel, get = self.kc.iopub_channel, self.kc.iopub_channel.get_msg
                channel.get_msg = lambda timeout: get(timeout=PATIENCE)
                try:
                    return super().execute_helper(code, timeout, **options)
                finally:
                    channel.get_msg = get

        class Ours(Patient):
            kernel_name = ".net-csharp"
            language_name = "C#"
            file_extension = ".cs"
            code_hello_world = 'Console.WriteLine("hello, world");'
            code_stderr = 'Console.Error.WriteLine("oops");'
            completion_samples = [{"text": "Console.WriteL", "matches": {"WriteLine"}}]
            complete_code_samples = ["1 + 1", "int F() { return 1; }"]
            incomplete_code_samples = ["if (true) {", "/* begun"]
            invalid_code_samples = ["int 5 = ;"]
            code_page_something = "Console?"
            code_generate_error = 'throw new FormatException("why");'
            code_execute_result = [{"code": "6 * 7", "result": "42"}, {"code": '"a" + "b"', "result": "ab"}, {"code": "6 * 7", "result": "42"}]
            code_display_data = [{"code": 'display(HTML("<b>b</b>"));', "mime": "text/html"}]
            supported_history_operations = ("tail", "range", "search")
            code_history_pattern = "6 ? 7"
            code_inspect_sample = "Console"
            code_clear_output = "ClearOutput();"

        # Only a base.
        del Patient

        class Welcome(jupyter_kernel_test.IopubWelcomeTests):
            kernel_name = ".net-csharp"
            support_iopub_welcome = True
        """;

    void Ready(string client)
    {
        JupyterClients.Require(client);
        JupyterClients.Install(sandbox);
    }

    static NotebookDocument Book(params string[] sources) =>
        new() { Cells = [.. sources.Select(s => new Cell { Language = "csharp", Source = s, Tags = CellOptions.Tags(s) })] };

    static IEnumerable<string?> Values(string path) =>
        NotebookFile.Read(path).Cells.SelectMany(c => c.Outputs).OfType<ResultOutput>().Select(o => (string?)o.Data["text/plain"]);

    static int Count(NotebookDocument document, bool failed)
    {
        var counts = document.Cells.Select(c => Checks.Count(c.Outputs)).ToList();
        return counts.Sum(c => failed ? c.Failed : c.Passed);
    }
}
