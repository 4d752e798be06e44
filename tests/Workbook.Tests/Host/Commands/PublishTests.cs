using Xunit;

namespace Workbook.Tests.Host.Commands;

[Trait("speed", "slow")]
public sealed class PublishTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void A_page_of_a_run_leads_to_the_source_beside_the_cover_and_not_to_the_folder_of_the_run()
    {
        sandbox.Write(".git/config", "[remote \"origin\"]\n\turl = git@github.com:owner/name.git\n");
        sandbox.Write("notebooks/README.md", "# The book\n");
        sandbox.Write("notebooks/1.dib", "#!markdown\n# First\n#!csharp\n1");
        sandbox.Write("alone/2.dib", "#!markdown\n# Second\n#!csharp\n2");
        Assert.Equal(0, sandbox.Run("run", "notebooks/1.dib", "alone/2.dib", "--no-pictures").ExitCode);
        var (exitCode, _, errors) = sandbox.Run("publish", "out", "--cover", "notebooks/README.md", "--no-pictures");
        Assert.True(exitCode == 0, errors);
        Assert.Contains("href=\"https://github.com/owner/name/blob/HEAD/notebooks/1.dib\"", Page("1.html"));
        Assert.DoesNotContain("blob/HEAD/out", Page("2.html"));
        Assert.Contains("codespaces.new/owner/name", Page("2.html"));
    }

    [Fact]
    public void Notebooks_are_run_and_become_linked_pages_under_an_index_with_a_cover()
    {
        sandbox.Write("notebooks/1.dib", $"#!markdown\n# First\n#!csharp\n{FigureCell.Source}");
        sandbox.Write("notebooks/part/2.dib", "#!markdown\n# Second\n#!csharp\n//| tags: solution\n\"the \" + \"answer\"");
        sandbox.Write("cover.md", "# The book\n\nWhat *for*?");
        var (exitCode, output, errors) = sandbox.Run("publish", "--cover", "cover.md", "--no-solutions", "--no-pictures");
        Assert.True(exitCode == 0, errors);
        Assert.Contains("index.html: 2 notebooks", output);
        Assert.Equal(
            [
                ".nojekyll", "1.html", "1.ipynb", "files/1.dib.txt", "files/part/2.dib.txt", "index.html", "part/2.html", "part/2.ipynb",
                "plotly.min.js", "search-index.js",
            ],
            Directory.GetFiles(sandbox.At("site"), "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(sandbox.At("site"), f).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.Contains("<h1>The book</h1>\n<section class=\"prose\"><p>What <em>for</em>?</p>", Page("index.html"));
        Assert.Contains("rel=\"next\" href=\"part/2.html\"", Page("1.html"));
        Assert.Contains("rel=\"prev\" href=\"../1.html\"", Page("part/2.html"));
        Assert.Contains("href=\"../index.html\">The book<", Page("part/2.html"));
        Assert.DoesNotContain("answer", Page("part/2.html"));
        Assert.False(Directory.Exists(sandbox.At("out")));
    }

    [Theory]
    [InlineData("", "deep/below/book", false)]
    [InlineData("", "book", true)]
    [InlineData(".git/config", "deep/below/book", true)]
    [InlineData("deep/.git/config", "deep/below/book", false)]
    public void Documentation_and_data_of_folders_far_above_belong_to_somebody_else(string mark, string place, bool isTaken)
    {
        if (mark.Length > 0) sandbox.Write(mark, "");
        sandbox.Write("data/secrets.csv", "1");
        sandbox.Write("docs/private.md", "# Private");
        sandbox.Write("docs/glossary.md", "# Glossary\n\n| term | meaning | where |\n|---|---|---|\n"
            + "| seen | Told. | [here](private.md) |\n");
        sandbox.Write($"{place}/a.dib", "#!markdown\nIt is seen.\n#!csharp\nvar name = \"secrets.csv\";");
        var (exitCode, _, errors) = sandbox.Run("publish", place, "--no-pictures");
        Assert.True(exitCode == 0, errors);
        Assert.Equal(isTaken, File.Exists(sandbox.At("site/files/data/secrets.csv")));
        Assert.Equal(isTaken, File.Exists(sandbox.At("site/docs/private.html")));
        Assert.Equal(isTaken, Page("a.html").Contains("Told."));
    }

    [Fact]
    public void An_executed_notebook_is_taken_as_it_is()
    {
        sandbox.Write("a.dib", "Console.WriteLine(\"as run\");");
        Assert.Equal(0, sandbox.Run("run", "a.dib").ExitCode);
        sandbox.Write("out/a.ipynb", File.ReadAllText(sandbox.At("out/a.ipynb")).Replace("\"as run\\n\"", "\"as stored\\n\""));
        Assert.Equal(0, sandbox.Run("publish", "out", "--out", "out/site").ExitCode);
        Assert.Contains("as stored", Page("../out/site/a.html"));
    }

    [Fact]
    public void A_book_with_a_notebook_that_fails_is_not_written()
    {
        sandbox.Write("notebooks/a.dib", "1");
        sandbox.Write("notebooks/b.dib", "nope");
        var (exitCode, _, errors) = sandbox.Run("publish");
        Assert.Equal(1, exitCode);
        Assert.Contains("b.dib:1 (cell 1, line 1): CompilationError", errors);
        Assert.Contains("site: not written, because a notebook failed", errors);
        Assert.False(Directory.Exists(sandbox.At("site")));
    }

    [Theory]
    [InlineData("index is the name of the page that lists the others", "publish", "index.dib")]
    [InlineData("gone.dib: there is no such file", "publish", "gone.dib")]
    [InlineData("cover.md", "publish", "a.dib", "--cover", "cover.md")]
    [InlineData("There is no option --no-solution; did you mean --no-solutions?", "publish", "a.dib", "--no-solution")]
    public void A_command_that_cannot_be_followed_says_why(string words, params string[] arguments)
    {
        sandbox.Write("index.dib", "1");
        sandbox.Write("a.dib", "1");
        var (exitCode, _, errors) = sandbox.Run(arguments);
        Assert.Equal(2, exitCode);
        Assert.Contains(words, errors);
    }

    string Page(string name) => File.ReadAllText(Path.Combine(sandbox.At("site"), name));
}
