using System.Xml.Linq;
using Workbook.Host.Documents;
using Xunit;

namespace Workbook.Tests.Host.Run;

[Trait("speed", "slow")]
public sealed class TortureTests(TortureRun run) : IClassFixture<TortureRun>
{
    ErrorOutput Error(string name) => run.Sandbox.Executed(name).Cells.SelectMany(c => c.Outputs).OfType<ErrorOutput>().Single();

    string Text(string name) =>
        string.Concat(
            run.Sandbox.Executed(name).Cells.SelectMany(c => c.Outputs).OfType<ResultOutput>()
                .Select(o => Languages.Text(o.Data["text/plain"])));

    [Fact]
    public void The_worst_outcome_is_the_exit_code_and_every_notebook_has_a_summary()
    {
        Assert.Equal(3, run.ExitCode);
        Assert.Equal(TortureRun.Count, run.Output.Split('\n').Count(l => l.StartsWith('✓') || l.StartsWith('✗')));
    }

    [Theory]
    [InlineData("exit", "ended the process with exit code 0", 2)]
    [InlineData("overflow", "stack overflow", 1)]
    [InlineData("failfast", "FailFast", 1)]
    [InlineData("native", "crash", 1)]
    [InlineData("thread", "thread", 1)]
    public void A_cell_that_ends_its_process_is_named_and_what_was_put_out_before_is_kept(string name, string words, int cell)
    {
        Assert.Equal("CrashError", Error(name).Name);
        Assert.Contains(words, Error(name).Message);
        Assert.Contains($"✗ {name}: ", run.Output);
        Assert.Contains($": cell {cell} crashed", run.Output.Split('\n').Single(l => l.StartsWith($"✗ {name}:", StringComparison.Ordinal)));
        if (name is "exit" or "overflow") Assert.Equal("before\n", run.Sandbox.Stream(name, "stdout"));
    }

    [Fact]
    public void The_last_words_of_the_runtime_are_kept()
    {
        Assert.Contains("last words", run.Sandbox.Stream("failfast", "stderr"));
        Assert.Contains("on a thread", run.Sandbox.Stream("thread", "stderr"));
        Assert.Contains("Stack overflow", run.Sandbox.Stream("overflow", "stderr"));
    }

    [Fact]
    public void A_failure_names_file_line_cell_and_line_in_the_cell_and_later_cells_do_not_run()
    {
        Assert.Contains($"books/throw.dib:6 (cell 2, line 3): InvalidOperationException: why", run.Errors.Replace('\\', '/'));
        Assert.Contains("books/compile.dib:3 (cell 2, line 1): CompilationError: CS0103", run.Errors.Replace('\\', '/'));
        Assert.Contains("books/sub/imported.dib:2 (cell 1, line 2): FormatException: inside", run.Errors.Replace('\\', '/'));
        Assert.Contains("✗ throw: 1 of 2 cells", run.Output);
        Assert.Null(run.Sandbox.Executed("throw").Cells[2].ExecutionCount);
    }

    [Fact]
    public void Tasks_that_nothing_awaited_are_reported() => Assert.Contains("nobody waits", run.Sandbox.Stream("unawaited", "stderr"));

    [Fact]
    public void A_flood_is_kept_whole() => Assert.Equal(5_000_000, run.Sandbox.Stream("flood", "stdout").Length);

    [Fact]
    public void Output_belongs_to_the_cell_that_caused_it_however_late_it_comes()
    {
        var cells = run.Sandbox.Executed("late").Cells;
        Assert.Equal("from the first\n", Assert.IsType<StreamOutput>(Assert.Single(cells[0].Outputs)).Text);
        Assert.Equal("from the second\n", Assert.IsType<StreamOutput>(Assert.Single(cells[1].Outputs)).Text);
    }

    [Fact]
    public void A_large_cyclic_or_deep_value_is_shown_in_part_and_others_as_they_are()
    {
        var values = run.Sandbox.Executed("values").Cells
            .Select(c => Languages.Text(c.Outputs.OfType<ResultOutput>().Single().Data["text/plain"])!).ToList();
        Assert.All(values[..3], v => Assert.InRange(v.Length, 1, 20_000));
        Assert.Equal(["<null>", "日本語 שלום"], values[3..]);
    }

    [Theory]
    [InlineData("same-a", "a")]
    [InlineData("same-b", "b")]
    public void Notebooks_that_run_side_by_side_have_temporary_folders_of_their_own(string name, string text) =>
        Assert.Equal(text, Text(name));

    [Fact]
    public void Text_of_any_script_survives() => Assert.Equal("Größe שלום 😀 \u200f\n", run.Sandbox.Stream("values", "stdout"));

    [Fact]
    public void Four_hundred_cells_keep_the_memory_of_one_session_small()
    {
        Assert.Contains("✓ many: 400 cells", run.Output);
        var row = File.ReadAllLines(run.Sandbox.At("out/summary.md")).Single(l => l.StartsWith("| ✓ | many |", StringComparison.Ordinal));
        Assert.InRange(int.Parse(row.Split('|')[^2].Trim().Split(' ')[0]), 50, 300);
    }

    [Fact]
    public void What_bypasses_the_console_is_kept_with_its_cell()
    {
        var cells = run.Sandbox.Executed("child").Cells;
        Assert.Matches(@"\d+\.\d+", string.Concat(cells[0].Outputs.OfType<StreamOutput>().Select(o => o.Text)));
        Assert.Equal("raw", Assert.IsType<StreamOutput>(Assert.Single(cells[1].Outputs)).Text);
    }

    [Fact]
    public void Checks_are_counted_and_a_failed_one_fails_its_cell()
    {
        Assert.Contains("✗ checks: 2 of 3 cells, 3 checks (1 failed)", run.Output);
        Assert.Contains("cell 2, line 1): 1 check failed", run.Errors);
    }

    [Fact]
    public void Promises_that_are_kept_pass()
    {
        Assert.Contains("✓ promises: 5 of 6 cells", run.Output);
        Assert.Equal("<b>shown</b>",
            Languages.Text(run.Sandbox.Executed("promises").Cells[5].Outputs.OfType<DisplayOutput>().Single().Data["text/html"]));
    }

    [Theory]
    [InlineData("broken-promise", "expected to raise FormatException; it raised none")]
    [InlineData("other-promise", "expected to raise FormatException. Received: ArgumentException: x")]
    [InlineData("cross", "1 check failed")]
    [InlineData("stub", "CS0103")]
    [InlineData("fsharp", "This host runs C#")]
    public void Promises_that_are_not_kept_fail(string name, string words)
    {
        Assert.Contains($"✗ {name}: ", run.Output);
        Assert.Contains(words, run.Errors);
    }

    [Fact]
    public void Empty_and_malformed_notebooks_are_told_and_the_executed_twin_is_not_run()
    {
        Assert.Contains("empty.dib: the notebook has no code to run", run.Errors);
        Assert.Contains("bad.ipynb:", run.Errors);
        Assert.Contains("✗ bad: 0 cells, 0 checks, 0.0 s: not run", run.Output);
        Assert.Contains("✓ twin: 1 cell", run.Output);
    }

    [Fact]
    public void Every_notebook_that_ran_has_its_page_and_none_is_half_written()
    {
        var written = Directory.GetFiles(run.Sandbox.At("out"), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(run.Sandbox.At("out"), f)).ToList();
        Assert.Equal(TortureRun.Count - 1, written.Count(f => f.EndsWith(".html", StringComparison.Ordinal) && f != "index.html"));
        Assert.Contains("index.html", written);
        Assert.Equal(TortureRun.Count - 1, written.Count(f => f.EndsWith(".ipynb", StringComparison.Ordinal)));
        Assert.DoesNotContain(written, f => f.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public void The_reports_tell_the_same()
    {
        var suites = XDocument.Load(run.Sandbox.At("out/junit.xml")).Root!.Elements("testsuite")
            .ToDictionary(s => (string)s.Attribute("name")!);
        Assert.Equal(TortureRun.Count, suites.Count);
        Assert.Equal(("1", "0", "1"), Counts(suites["throw"]));
        Assert.Equal(("0", "1", "1"), Counts(suites["exit"]));
        Assert.Equal(("0", "0", "0"), Counts(suites["values"]));
        Assert.Equal(5, suites["values"].Elements("testcase").Count());
        Assert.Equal(("0", "1", "0"), Counts(suites["bad"]));
        var summary = File.ReadAllText(run.Sandbox.At("out/summary.md"));
        Assert.Contains("| ✗ | throw | 2 | 0 |", summary);
        Assert.Contains("## Slowest cells", summary);

        static (string?, string?, string?) Counts(XElement s) =>
            ((string?)s.Attribute("failures"), (string?)s.Attribute("errors"), (string?)s.Attribute("skipped"));
    }
}
