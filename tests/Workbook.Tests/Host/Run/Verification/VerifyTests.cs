using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Tests.Host.Documents;
using Xunit;

namespace Workbook.Tests.Host.Run.Verification;

[Trait("speed", "slow")]
public sealed class VerifyTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    const string Book = "//| tags: parameters\nvar n = 1;\n#!csharp\nConsole.WriteLine(\"same\");\n#!csharp\n40 + 2";

    static string Unexecuted => Samples.Text(IpynbWriter.Write(Samples.Notebook(("csharp", "1"))));

    void Store(string name, string text)
    {
        sandbox.Write(name, text);
        Assert.Equal(0, sandbox.Run("run", name, "--update").ExitCode);
    }

    [Fact]
    public void Where_nothing_is_stored_the_run_says_so_and_fails_if_that_holds_for_all()
    {
        sandbox.Write("b.dib", "2");
        sandbox.Write("never-run.ipynb", Unexecuted);
        var (exitCode, output, errors) = sandbox.Run("run", "b.dib", "never-run.ipynb", "--verify");
        Assert.Equal(2, exitCode);
        Assert.Contains("✓ b: 1 cell", output);
        Assert.Contains("b.dib: no outputs are stored to compare with", errors);
        Assert.Contains("never-run.ipynb: no outputs are stored to compare with", errors);
        Assert.Contains("--verify: expected stored outputs beside at least one notebook; found none.", errors);

        Store("a.dib", "1");
        (exitCode, _, errors) = sandbox.Run("run", "a.dib", "b.dib", "--verify");
        Assert.Equal(0, exitCode);
        Assert.Contains("b.dib: no outputs are stored to compare with", errors);
    }

    [Fact]
    public void A_cell_that_is_stored_and_gone_from_the_notebook_is_told()
    {
        Store("a.dib", Book);
        sandbox.Write("a.dib", Book[..Book.LastIndexOf("#!csharp", StringComparison.Ordinal)]);
        var (exitCode, output, errors) = sandbox.Run("run", "a.dib", "--verify");
        Assert.Equal(1, exitCode);
        Assert.Contains("✗ a: 2 cells, 0 checks", output);
        Assert.Contains("not verified", output);
        Assert.Contains("a.ipynb: 1 cell more than the notebook has. Store it anew with --update.", errors);
    }

    [Fact]
    public void Stored_outputs_that_cannot_be_read_are_told_by_their_own_name_and_the_results_are_written()
    {
        sandbox.Write("a.dib", Book);
        sandbox.Write("a.ipynb", "{\n\"cells\": nonsense");
        var (exitCode, _, errors) = sandbox.Run("run", "a.dib", "--verify");
        Assert.Equal(1, exitCode);
        Assert.Contains("a.ipynb:2: Expected JSON", errors);
        Assert.Equal("same\n", sandbox.Stream("a", "stdout"));
    }

    [Fact]
    public void Other_parameters_change_only_the_cells_that_show_them()
    {
        Store("a.dib", Book + "\n#!csharp\nn");
        var (exitCode, _, errors) = sandbox.Run("run", "a.dib", "--verify", "--set", "n=5");
        Assert.Equal(1, exitCode);
        Assert.Contains("(cell 5, line 1): The outputs differ", errors);
        Assert.Single(errors.Split('\n'), l => l.Contains("The outputs differ"));
    }

    [Fact]
    public void A_tolerance_that_is_none_is_told()
    {
        Store("a.dib", "//| tolerance: 5%\n1");
        var (exitCode, _, errors) = sandbox.Run("run", "a.dib", "--verify");
        Assert.Equal(1, exitCode);
        Assert.Contains("Expected a tolerance that is a number such as 0.01, or any. Received: 5%.", errors);
    }

    [Theory]
    [InlineData("--update and --set exclude each other", "run", "a.dib", "--update", "--set", "n=2")]
    [InlineData("--update and --only exclude each other", "run", "a.dib", "--update", "--only", "1")]
    [InlineData("--set n: expected one value. Received: several", "run", "a.dib", "--set", "n=1", "--set", "n=2")]
    [InlineData("--out: expected a folder apart from the notebooks. Received: ., where a.ipynb", "run", "a.dib", "--out", ".")]
    [InlineData("--out: expected a folder apart from the notebooks. Received: ., where b.ipynb", "run", "b.ipynb", "--out", ".")]
    public void A_run_that_would_spoil_what_it_reads_or_stores_is_refused(string words, params string[] arguments)
    {
        var (a, b) = (sandbox.Write("a.dib", Book), sandbox.Write("b.ipynb", Unexecuted));
        sandbox.Write("a.ipynb", "stored");
        var before = (File.ReadAllText(a), File.ReadAllText(b));
        var (exitCode, _, errors) = sandbox.Run(arguments);
        Assert.Equal(2, exitCode);
        Assert.Contains(words, errors);
        Assert.Equal(before, (File.ReadAllText(a), File.ReadAllText(b)));
        Assert.Equal("stored", File.ReadAllText(sandbox.At("a.ipynb")));
    }
}
