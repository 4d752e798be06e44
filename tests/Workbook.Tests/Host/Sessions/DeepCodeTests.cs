using Workbook.Host.Directives;
using Workbook.Host.Packages;
using Workbook.Host.Sessions;
using Workbook.Host.Workers.Outside;
using Workbook.Host.Workers.Pipe;
using Xunit;

namespace Workbook.Tests.Host.Sessions;

[Trait("speed", "slow")]
public class DeepCodeTests
{
    readonly SessionHarness session = new();

    /// <summary>In a process of its own, which ends with what the compiler would go on with: up to 2 GB, and no end.</summary>
    [Theory]
    [MemberData(nameof(DeepCode.Names), MemberType = typeof(DeepCode))]
    public async Task A_cell_of_any_depth_is_run_or_refused_and_the_next_cell_answers(string kind)
    {
        using var sandbox = new Sandbox();
        var heard = new OutputListener();
        await using var worker = WorkerProcess.Start(sandbox.Folder, PackageSet.Empty, new Dictionary<string, string>(), heard);
        Assert.Null(await ErrorsAsync(1, "var kept = 6;"));
        if (await ErrorsAsync(2, DeepCode.Of(kind, 10_000)) is { } errors) Assert.Contains("CompilationError", errors);
        Assert.Null(await ErrorsAsync(3, "kept * 7"));
        Assert.Equal("42", heard.Value);

        async Task<IReadOnlyList<string>?> ErrorsAsync(int cell, string source) =>
            Assert.IsType<CellRan>(await worker.ExecuteAsync(cell, new SourceUnit(sandbox.At("book.dib"), cell, cell, source),
                TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken)).ErrorTypes;
    }

    /// <summary>The editor's questions are answered on threads with a small stack: a recursion without a guard ended the process.</summary>
    [Theory]
    [InlineData("var c0 = 1;{0}", "var c{1} = c{0};")]
    [InlineData("{0}", "var c{0} = c{1};")]
    [InlineData("{0}", "var (c{0}, d{0}) = (c{1}, 1);")]
    [InlineData("{0}", "int.TryParse($\"{c{1}}\", out var c{0});")]
    [InlineData("void F<{1}>() {0}{ }", "where T{0} : T{1} ")]
    public void Types_that_hang_on_thousands_of_others_are_not_asked_for(string code, string part)
    {
        string Of(int n) => code.Replace("{1}", string.Join(", ", Enumerable.Range(0, n + 1).Select(i => $"T{i}")))
            .Replace("{0}", string.Concat(Enumerable.Range(0, n).Select(i => part.Replace("{0}", $"{i}").Replace("{1}", $"{i + 1}"))));
        Assert.Equal("the type of a variable depends on hundreds of others", CodeDepth.Problem(Of(3000)));
        Assert.Null(CodeDepth.Problem(Of(100)));
    }

    [Fact]
    public void Many_variables_that_do_not_hang_on_each_other_are_no_chain() => Assert.Null(CodeDepth.Problem(
        $"var x = 1;\n{string.Concat(Enumerable.Range(0, 10_000).Select(i => $"var v{i} = x + {i};\n"))}"));

    [Fact]
    public void What_other_threads_compute_does_not_end_the_compiler_and_what_it_computes_itself_does()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux says what one thread has used.");
        BoundedCompiler.Shorten(TimeSpan.FromSeconds(1));
        var isOver = false;
        var other = new Thread(() => { while (!Volatile.Read(ref isOver)) ; }) { IsBackground = true };
        other.Start();
        var start = Environment.CpuUsage.TotalTime;
        Assert.True(BoundedCompiler.Try(end =>
        {
            while (Environment.CpuUsage.TotalTime - start < TimeSpan.FromSeconds(2)) end.WaitHandle.WaitOne(10);
            return 6;
        }, out var result));
        Assert.Equal(6, result);
        // It does not ask; it goes on, and nobody waits.
        Assert.False(BoundedCompiler.Try(_ => { while (!Volatile.Read(ref isOver)) ; return 6; }, out _));
        Volatile.Write(ref isOver, true);
    }

    [Theory]
    [InlineData("var s = \"\"\"\n{0}\n\"\"\"; s.Length", "1000")]
    [InlineData("var s = \"{0}\"; s.Length", "1000")]
    [InlineData("var s = @\"{0}\"\"\"; s.Length", "1001")]
    [InlineData("// {0}\n7", "7")]
    [InlineData("/* {0} */ 7", "7")]
    [InlineData("var c = '\"'; var d = '\\''; var s = \"{0}\"; s.Length + c + d", "1073")]
    public async Task Brackets_in_strings_and_comments_are_text(string source, string expected) =>
        Assert.Equal(expected, await session.PassAsync(source.Replace("{0}", new string('[', 1000))));

    [Theory]
    [InlineData("var s = \"; {0}")]
    [InlineData("var s = \"\"\"x\n {0}")]
    [InlineData("var s = \"\"\"\n x\"\"\" + {0}")]
    [InlineData("var s = $\"a\" + {0} + \"")]
    [InlineData("#if false\n/*\n#endif\nvar x = {0}")]
    [InlineData("var c = '\\u; var x = {0}; '")]
    [InlineData("var c = '\"; var x = {0}")]
    public void What_only_looks_like_a_string_hides_no_brackets(string source) =>
        Assert.NotNull(CodeDepth.Problem(source.Replace("{0}", new string('(', 1000))));
}
