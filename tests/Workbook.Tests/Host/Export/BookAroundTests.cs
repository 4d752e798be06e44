using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Xunit;

namespace Workbook.Tests.Host.Export;

/// <summary>What stands around the pages of a book: documentation, glossary, files, links.</summary>
public sealed class BookAroundTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("workbook-around-");

    string Site => Path.Combine(folder.FullName, "site");

    public BookAroundTests()
    {
        Put(".git/config", "[remote \"origin\"]\n\turl = git@github.com:owner/name.git\n");
        Put("docs/judges.md", "# Who judges\n\nSee [one](../notebooks/01-a.dib#after), [terms](glossary.md), [code](../src/x.cs) and "
            + "[nothing](../gone.txt).\n\n```csharp\nvar x = 1;\n```\n");
        Put("docs/glossary.md", "# Glossary\n\n| term | meaning | where |\n|---|---|---|\n"
            + "| judge, judges | The *loss* that moves. | [here](judges.md) |\n| key point | Said twice. | [here](judges.md) |\n");
        Put("src/x.cs", "");
        Put("data/README.md", "# Data\n\nOf whom.");
        Put("data/air-passengers.csv", "n\n1\n");
        Put("data/other.csv", "n\n2\n");
        Put("notebooks/README.md", "# The cover\n\nRead [one](01-a.dib) and [judges](../docs/judges.md).");
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Documentation_is_a_part_of_the_site_and_every_link_leads_somewhere()
    {
        Write();
        Assert.Equal(["data.html", "glossary.html", "judges.html"],
            Directory.GetFiles(Path.Combine(Site, "docs")).Select(Path.GetFileName).Order());
        var judges = Read("docs/judges.html");
        Assert.Contains("<a href=\"../01-a.html#after\">one</a>", judges);
        Assert.Contains("<a href=\"glossary.html\">terms</a>", judges.Replace("../docs/glossary", "glossary"));
        Assert.Contains("<a href=\"https://github.com/owner/name/blob/HEAD/src/x.cs\">code</a>", judges);
        Assert.Contains("<a href=\"01-a.html\">one</a>", Read("index.html"));
        Assert.Contains("<a href=\"docs/judges.html\">judges</a>", Read("index.html"));
        Assert.Contains("<a href=\"docs/judges.html\">Who judges</a>", Read("index.html"));
        Assert.Contains("<a href=\"docs/judges.html\">Who judges</a>", Read("01-a.html"));
        Assert.All(Directory.GetFiles(Site, "*.html", SearchOption.AllDirectories), page =>
        {
            foreach (Match link in Regex.Matches(File.ReadAllText(page), "(?:href|src)=\"([^\"#:]+)(?:#[^\"]*)?\""))
                Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(link.Groups[1].Value)))
                    || link.Groups[1].Value == "../gone.txt", $"{page}: {link.Value}");
        });
    }

    [Fact]
    public void A_term_is_explained_at_its_first_use_in_prose_only()
    {
        Write();
        var page = Read("01-a.html");
        Assert.Contains("<h2 id=\"a-judge\">A judge<a class", page);
        Assert.Contains("<a href=\"02-b.html\">the judge</a>", page);
        Assert.Contains("<code>judge</code>", page);
        Assert.Contains("Two <span class=\"term-box\"><a class=\"term\" href=\"docs/glossary.html#judge\" "
            + "aria-describedby=\"term-note-1\">Judges</a>"
            + "<span class=\"term-note\" role=\"tooltip\" id=\"term-note-1\">The loss that moves.</span></span> and one judge.", page);
        Assert.Single(Regex.Matches(page, "class=\"term\""));
        Assert.Contains("<span id=\"key-point\"></span>", Read("docs/glossary.html"));
        Assert.DoesNotContain("class=\"term\"", Read("docs/glossary.html"));
        Assert.DoesNotContain(".term-box", Read("02-b.html"));
    }

    [Fact]
    public void A_reader_can_take_the_notebook_its_source_and_its_data_along()
    {
        Write();
        var page = Read("01-a.html");
        Assert.Contains("<a href=\"01-a.ipynb\" download=\"01-a.ipynb\">", page);
        Assert.Contains("<a href=\"files/01-a.dib.txt\" download=\"01-a.dib\">", page);
        Assert.Contains("<a href=\"files/data/air-passengers.csv\" download=\"air-passengers.csv\">", page);
        Assert.DoesNotContain("other.csv", page);
        Assert.Contains("DataSets.AirPassengers()", Read("files/01-a.dib.txt"));
        Assert.Contains("<a href=\"https://github.com/owner/name/blob/HEAD/notebooks/01-a.dib\">On GitHub</a>", page);
        Assert.Contains("<a href=\"https://codespaces.new/owner/name?quickstart=1\">Open in Codespaces</a>", page);
    }

    [Fact]
    public void A_page_says_when_and_by_what_it_was_made_and_how_it_is_cited()
    {
        Write();
        var page = Read("01-a.html");
        Assert.Contains($"Executed on 2026-03-04 with workbook 0.1.0 on .NET {Environment.Version}; figures by plotly.js 2.28.0.", page);
        Assert.Contains("@misc{01-a,\n  title = {One},\n  howpublished = {The cover},\n  year = {2026},\n"
            + "  url = {https://github.com/owner/name/blob/HEAD/notebooks/01-a.dib},\n}", page);
        Assert.DoesNotContain("author =", page);
    }

    [Fact]
    public void Where_no_repository_is_known_no_address_is_invented()
    {
        Put(".git/config", "");
        Write();
        Assert.DoesNotContain("github.com", Read("01-a.html"));
        Assert.DoesNotContain("codespaces", Read("01-a.html"));
        Assert.Contains(", code and", Read("docs/judges.html"));
        Assert.DoesNotContain("x.cs\">", Read("docs/judges.html"));
    }

    [Fact]
    public void The_words_of_the_book_are_a_script_that_keeps_what_waits_for_a_prediction_to_itself()
    {
        Write(new BookChapter("03-c", InteractiveSample.Create(), Path.Combine(folder.FullName, "notebooks")));
        var words = Read("search-index.js");
        Assert.StartsWith("window.workbookIndex = [", words);
        Assert.Contains("\"id\":\"a-judge\",\"heading\":\"A judge\",\"text\":\"Two Judges and one judge.", words);
        Assert.Contains("\"id\":\"it-falls-through-zero\",\"heading\":\"\",\"text\":\"answer falls in it the through words zero\","
            + "\"folded\":true", words);
        Assert.Contains("\"page\":\"docs/judges.html\"", words);
        Assert.DoesNotContain("The answer in words", words);
    }

    [Fact]
    public void The_cell_to_remember_gives_the_picture()
    {
        Cell Figure(string picture, params string[] tags) => new()
        {
            Language = "csharp",
            Source = "x",
            Tags = [.. tags],
            Outputs = { new DisplayOutput(new MimeBundle { [FigureHtml.MimeType] = new JsonObject(), ["image/png"] = picture }) },
        };
        var document = new NotebookDocument { Cells = { Figure("QUJD"), Figure("REVG", "remember"), Figure("R0hJ") } };
        Write(new BookChapter("04-d", document));
        Assert.Equal("DEF", Read("thumbnails/04-d.png"));
    }

    void Write(params BookChapter[] more)
    {
        var notebooks = Path.Combine(folder.FullName, "notebooks");
        NotebookDocument One() => new()
        {
            Cells =
            {
                Words("# One\n\nIt is `judge` and [the judge](02-b.dib).\n\n## A judge\n\nTwo Judges and one judge.\n\n## After\n\nEnd."),
                new Cell { Language = "csharp", Source = "var data = DataSets.AirPassengers();" },
            },
        };
        Put("notebooks/01-a.dib", "");
        var cover = BookCover.Read(Path.Combine(notebooks, "README.md"));
        new Book { Title = cover.Title, Introduction = cover.Introduction, CoverFolder = cover.Folder }.Write(
            [
                new BookChapter("01-a", One(), notebooks)
                    { Source = Path.Combine(notebooks, "01-a.dib"), Executed = new DateTime(2026, 3, 4) },
                new BookChapter("02-b", new NotebookDocument { Cells = { Words("# Two\n\nNothing.") } }, notebooks), .. more,
            ], Site, TestContext.Current.CancellationToken);
    }

    static Cell Words(string markdown) => new() { Language = "markdown", Source = markdown };

    void Put(string file, string text)
    {
        var path = Path.Combine(folder.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    string Read(string file) => File.ReadAllText(Path.Combine(Site, file));
}
