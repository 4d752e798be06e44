using System.Text.RegularExpressions;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Wording;
using Xunit;

namespace Workbook.Tests.Host.Export;

public sealed class BookTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("workbook-book-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_book_is_an_index_a_page_for_each_notebook_and_one_plotly()
    {
        Write(new BookChapter("01-a", SampleNotebook.Create()), new BookChapter("02-b", Words("# Second\n\nIt is short.")));
        Assert.Equal(
            [".nojekyll", "01-a.html", "01-a.ipynb", "02-b.html", "02-b.ipynb", "index.html", "plotly.min.js", "search-index.js"],
            folder.GetFiles().Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.True(folder.GetFiles("01-a.html").Single().Length < 100_000);
    }

    [Fact]
    public void Every_link_between_the_pages_leads_to_a_file()
    {
        Write(new BookChapter("01-a b", Words("# A\n\n[b](02-b.dib)")), new BookChapter("02-b", Words("# B")),
            new BookChapter("03-c", SampleNotebook.Create()));
        var links = folder.GetFiles("*.html")
            .SelectMany(
                f => Regex.Matches(File.ReadAllText(f.FullName).Replace("02-price.html", "02-b.html"), "(?:href|src)=\"([^\"#]+)")
                    .Select(m => m.Groups[1].Value))
            .Where(l => !l.Contains(':')).ToList();
        Assert.Contains("index.html", links);
        Assert.Contains("01-a%20b.html", links);
        Assert.All(links, l => Assert.True(File.Exists(Path.Combine(folder.FullName, Uri.UnescapeDataString(l))), l));
    }

    [Fact]
    public void The_index_gives_each_notebook_its_title_and_its_first_sentence()
    {
        Write(new BookChapter("01", Words("# How *far*?\n\nAs 3.5 km, e.g. by foot with $\\lambda$. And back.")));
        var index = Read("index.html");
        Assert.Contains("<a href=\"01.html\">How far?</a></h2><p>As 3.5 km, e.g. by foot with λ.</p>", index.Replace("&#955;", "λ"));
    }

    [Theory]
    [InlineData("01-a", "01")]
    [InlineData("parts/14-a", "14")]
    [InlineData("02", "02")]
    [InlineData("a-02", null)]
    [InlineData("2026-notes", null)]
    public void A_card_of_the_index_has_the_number_of_the_notebook_that_its_file_begins_with(string name, string? number)
    {
        Write(new BookChapter(name, Words("# How far?")));
        var expected = (number is null ? "" : $"<span class=\"number\">{number}</span> ") + $"<a href=\"{name}.html\">How far?</a>";
        Assert.Contains($"<h2>{expected}</h2>", Read("index.html"));
    }

    [Fact]
    public void The_first_picture_of_a_figure_is_the_thumbnail()
    {
        var document = SampleNotebook.Create();
        document.Cells.SelectMany(c => c.Outputs).OfType<DisplayOutput>().Skip(1).First().Data["image/png"] = "QUJD";
        Write(new BookChapter("01", document), new BookChapter("02", Words("# No picture")));
        Assert.Equal("ABC"u8.ToArray(), File.ReadAllBytes(Path.Combine(folder.FullName, "thumbnails", "01.png")));
        Assert.Single(Regex.Matches(Read("index.html"), "<img class=\"thumbnail\" src=\"thumbnails/01.png\" alt=\"\""));
    }

    [Fact]
    public void Pages_lead_to_their_neighbours_and_home()
    {
        Write(new BookChapter("01", Words("# A")), new BookChapter("02", Words("# B")), new BookChapter("03", Words("# C")));
        var page = Read("02.html");
        Assert.Contains("<a rel=\"prev\" href=\"01.html\">← A</a><a rel=\"next\" href=\"03.html\">C →</a>", page);
        Assert.Contains("<a href=\"index.html\">The book</a>", page);
        Assert.DoesNotContain("rel=\"prev\"", Read("01.html"));
    }

    [Fact]
    public void A_book_without_solutions_has_none()
    {
        new Book { Title = "T", Solutions = false }.Write([new BookChapter("01", SampleNotebook.Create())], folder.FullName,
            TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<summary>Solution", Read("01.html"));
        Assert.Contains("Which sign has the gradient?", Read("01.ipynb"));
        Assert.DoesNotContain("var sign = 1;", Read("01.ipynb"));
        Assert.DoesNotContain("var sign = 1;", Read("files/01.dib.txt"));
    }

    [Fact]
    public void Two_chapters_with_one_name_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Write(new BookChapter("a", Words("x")), new BookChapter("A", Words("y"))));
        Assert.Contains("a is there 2 times", error.Message);
        Assert.Throws<ArgumentException>(() => Write(new BookChapter("index", Words("x"))));
    }

    [Fact]
    public void What_cannot_be_drawn_keeps_no_chapter_back()
    {
        Write(new BookChapter("07-x", Words("$\\foo$")), new BookChapter("08-y", Words(new string('>', 20_000) + " deep")));
        Assert.Contains("\\foo", Read("07-x.html"));
        Assert.Contains("&gt;&gt;&gt;", Read("08-y.html"));
    }

    [Fact]
    public void A_book_that_cannot_be_written_whole_leaves_the_older_one_as_it_was()
    {
        Write(new BookChapter("01", Words("# Old")), new BookChapter("02", Words("# Old too")));
        File.WriteAllText(Path.Combine(folder.FullName, "CNAME"), "example.org");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "03.html"));
        var before = folder.GetFiles().ToDictionary(f => f.Name, f => File.ReadAllText(f.FullName));
        Assert.ThrowsAny<Exception>(
            () => Write(new BookChapter("01", Words("# New")), new BookChapter("02", Words("# New too")),
                new BookChapter("03", Words("# In the way"))));
        Assert.Equal(before, folder.GetFiles().ToDictionary(f => f.Name, f => File.ReadAllText(f.FullName)));
        Assert.Equal(["03.html", "files"], folder.GetDirectories().Select(d => d.Name).Order());
        Directory.Delete(Path.Combine(folder.FullName, "03.html"));
        Write(new BookChapter("01", Words("# New")), new BookChapter("part/04", Words("# Beside")));
        Assert.Contains("New", Read("01.html"));
        Assert.Contains("Old too", Read("02.html"));
        Assert.Equal("example.org", Read("CNAME"));
        Assert.Equal(["files", "part"], folder.GetDirectories().Select(d => d.Name).Order());
    }

    [Fact]
    public void What_a_publisher_that_was_killed_had_put_away_is_put_back()
    {
        var dead = folder.CreateSubdirectory($".workbook-{int.MaxValue}.old");
        File.WriteAllText(Path.Combine(dead.FullName, "02.html"), "older");
        folder.CreateSubdirectory($".workbook-{int.MaxValue}.part");
        Write(new BookChapter("01", Words("# New")));
        Assert.Equal("older", Read("02.html"));
        Assert.Equal(["files"], folder.GetDirectories().Select(d => d.Name));
    }

    [Fact]
    public void A_new_book_that_fails_leaves_no_folder()
    {
        var site = Path.Combine(folder.FullName, "site");
        Assert.Throws<OperationCanceledException>(
            () => new Book { Title = "T" }.Write([new BookChapter("01", Words("x"))], site, new CancellationToken(canceled: true)));
        Assert.Empty(folder.GetFileSystemInfos());
    }

    void Write(params BookChapter[] chapters) =>
        new Book { Title = "The book", Introduction = "*Hello.*" }.Write(chapters, folder.FullName);

    string Read(string file) => File.ReadAllText(Path.Combine(folder.FullName, file));

    static NotebookDocument Words(string markdown) => new() { Cells = { new Cell { Language = "markdown", Source = markdown } } };
}
