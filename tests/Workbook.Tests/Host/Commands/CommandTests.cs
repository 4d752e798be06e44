using Xunit;

namespace Workbook.Tests.Host.Commands;

public sealed class CommandTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void A_new_notebook_passes_lint_is_listed_and_survives_conversion_both_ways()
    {
        Assert.Equal(0, sandbox.Run("new", "books/a.dib", "--title", "Mine").ExitCode);
        Assert.Equal(2, sandbox.Run("new", "books/a.dib").ExitCode);
        Assert.Equal(0, sandbox.Run("lint", "books").ExitCode);
        Assert.Contains("a.dib: Mine (3 C# cells)", sandbox.Run("list", "books").Output);
        Assert.Equal(0, sandbox.Run("convert", "books/a.dib").ExitCode);
        Assert.Equal(2, sandbox.Run("convert", "books/a.ipynb", "books/a.dib").ExitCode);
        Assert.Equal(0, sandbox.Run("convert", "books/a.ipynb", "books/b.dib").ExitCode);
        Assert.Equal(File.ReadAllText(sandbox.At("books/a.dib")), File.ReadAllText(sandbox.At("books/b.dib")));
    }

    [Fact]
    public void A_conversion_says_what_is_lost()
    {
        File.WriteAllBytes(sandbox.At("a.ipynb"), Documents.Samples.Ipynb);
        var (exitCode, _, errors) = sandbox.Run("convert", "a.ipynb");
        Assert.Equal(0, exitCode);
        Assert.Contains("does not hold 4 outputs", errors);
        Assert.Contains("does not hold 2 cells with metadata other than tags", errors);
        Assert.Contains("does not hold 1 empty cell", errors);
        Assert.Contains("does not hold 1 cell with attachments", errors);
        Assert.Contains("does not hold 1 entry of the notebook's metadata", errors);
    }

    [Fact]
    public void Lint_fails_and_names_the_place()
    {
        sandbox.Write("a.dib", "#!csharp\n//| tags: paramters\n1");
        var (exitCode, _, errors) = sandbox.Run("lint", "a.dib");
        Assert.Equal(1, exitCode);
        Assert.Contains("a.dib:2 (cell 1): tag: There is no tag paramters; did you mean parameters. Known are", errors);
    }

    [Theory]
    [InlineData("There is no command rnu; did you mean run?", "rnu")]
    [InlineData("There is no option --hepl", "list", "--hepl")]
    [InlineData("gone.dib", "convert", "gone.dib")]
    [InlineData("Expected a file that ends in .dib or .ipynb", "new", "a.txt")]
    public void A_command_that_cannot_be_followed_says_why(string words, params string[] arguments)
    {
        var (exitCode, _, errors) = sandbox.Run(arguments);
        Assert.Equal(2, exitCode);
        Assert.Contains(words, errors);
    }
}
