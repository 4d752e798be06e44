using System.Diagnostics;
using Workbook.Host.Export.Browser;
using Workbook.Tests.Host.Export;
using Xunit;

namespace Workbook.Tests.Host.Run;

[Trait("speed", "slow")]
public sealed class StillPicturesTests : IDisposable
{
    const string Notice = "Still pictures of figures are left out";

    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void A_run_leaves_pictures_of_figures_and_an_index_of_its_pages()
    {
        BrowserFixture.Require();
        sandbox.Write("books/a.dib", $"#!markdown\n# It rises\n\nSee how. And why.\n#!csharp\n{FigureCell.Source}");
        sandbox.Write("books/sub/b c.dib", "#!markdown\n# It fails\n#!csharp\nnope");
        sandbox.Write("books/bad.ipynb", "{");
        var (exitCode, _, errors) = sandbox.Run("run", "books", "--jobs", "2");
        Assert.Equal(1, exitCode);
        Assert.DoesNotContain(Notice, errors);
        Assert.NotNull(sandbox.Executed("a").Cells[1].Outputs.Single().Bundle!["image/png"]);
        Assert.True(File.Exists(sandbox.At("out/thumbnails/a.png")));
        var index = File.ReadAllText(sandbox.At("out/index.html"));
        Assert.Contains("""src="thumbnails/a.png" alt="" loading="lazy"><h2><a href="a.html">It rises</a></h2><p>See how.</p></li>""",
            index);
        Assert.Contains("""<a href="sub/b%20c.html">It fails</a></h2><p class="fail">✗ cell 2 failed</p>""", index);
        Assert.Contains("<code>bad</code> has no page", index);
    }

    [Theory]
    [InlineData("no-such-browser", "no Chromium, Chrome or Edge was found")]
    [InlineData("/bin/ls", "/bin/ls ended before it was ready")]
    public void Without_a_browser_a_run_says_so_once_and_does_all_the_rest(string browser, string why)
    {
        Assert.SkipUnless(File.Exists("/bin/ls"), "There is no /bin/ls to stand for a program that is no browser.");
        foreach (var name in new[] { "a", "b" }) sandbox.Write($"books/{name}.dib", FigureCell.Source);
        var (exitCode, output, errors) = RunWith(browser, "run", "books");
        Assert.Equal(0, exitCode);
        Assert.Contains("✓ b", output);
        Assert.Equal(2, errors.Split(Notice).Length);
        Assert.Contains(why, errors);
        Assert.Contains("<a href=\"b.html\">", File.ReadAllText(sandbox.At("out/index.html")));
    }

    [Fact]
    public void Nothing_is_said_where_no_picture_is_asked_for_or_no_figure_is_there()
    {
        sandbox.Write("figure.dib", FigureCell.Source);
        sandbox.Write("text.dib", "1");
        Assert.Equal("", RunWith("no-such-browser", "run", "figure.dib", "--no-pictures").Errors);
        Assert.Equal("", RunWith("no-such-browser", "run", "text.dib").Errors);
    }

    (int ExitCode, string Output, string Errors) RunWith(string browser, params string[] arguments)
    {
        var info = sandbox.Command(arguments);
        info.Environment[Chromium.Variable] = browser;
        return Sandbox.Finish(Process.Start(info)!);
    }
}
