using System.Diagnostics;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Export.Markdown;
using Xunit;

namespace Workbook.Tests.Host.Export;

/// <summary>
/// Which pictures become part of a page: those of the notebook's own folder and those it carries itself, and nothing else of the machine.
/// </summary>
public sealed class PagePictureTests : IDisposable
{
    static readonly string Png = $"data:image/png;base64,{Convert.ToBase64String(PageOf.Png)}";

    readonly DirectoryInfo outer = Directory.CreateTempSubdirectory("workbook-pictures-");

    readonly DirectoryInfo folder;

    public PagePictureTests() => folder = outer.CreateSubdirectory("notebooks");

    public void Dispose() => outer.Delete(recursive: true);

    [Theory]
    [InlineData("![x](a%20b.png)")]
    [InlineData("![x](./sub/../a%20b.png?v=2#top)")]
    [InlineData("![x][r]\n\n[r]: a%20b.png")]
    [InlineData("text <img src='a%20b.png' alt=\"x\" width=30> text")]
    [InlineData("<p>\n<IMG width=\"30\" SRC=a%20b.png>\n</p>")]
    [InlineData("| a |\n|---|\n| ![x](a%20b.png) |")]
    public void A_picture_of_the_notebooks_folder_is_in_the_page_however_it_is_named(string markdown)
    {
        File.WriteAllBytes(At("a b.png"), PageOf.Png);
        folder.CreateSubdirectory("sub");
        Assert.Contains(Png, Page(markdown, out var notes));
        Assert.Empty(notes);
    }

    [Theory]
    [InlineData("../secret.png", "outside the notebook's folder")]
    [InlineData("%2E%2E%2Fsecret.png", "outside the notebook's folder")]
    [InlineData("..\\secret.png", "is not there")]
    [InlineData("sub/../../secret.png", "outside the notebook's folder")]
    [InlineData("link.png", "outside the notebook's folder")]
    [InlineData("linked/secret.png", "outside the notebook's folder")]
    [InlineData("zero.png", "outside the notebook's folder")]
    [InlineData("circle.png", "is not there")]
    [InlineData("%2Fproc%2Fself%2Fenviron", "is not relative")]
    [InlineData("/etc/passwd", "is not relative")]
    [InlineData("file:///etc/passwd", "no picture's")]
    [InlineData("gone.png", "is not there")]
    [InlineData("words.png", "is no PNG")]
    [InlineData("empty.png", "is no file with a picture")]
    [InlineData(".", "outside the notebook's folder")]
    [InlineData("sub", "is no file with a picture")]
    [InlineData("%00.png", "is no name of a file")]
    [InlineData("attachment:gone.png", "not among the attachments")]
    [InlineData("data:text/html;base64,QUJD", "is data but no picture")]
    public void Anything_else_is_not_and_is_named(string address, string why)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links and devices are those of Unix here.");
        File.WriteAllBytes(Path.Combine(outer.FullName, "secret.png"), PageOf.Png);
        folder.CreateSubdirectory("sub");
        File.WriteAllText(At("words.png"), "SECRET words");
        File.WriteAllText(At("empty.png"), "");
        File.CreateSymbolicLink(At("link.png"), "../secret.png");
        File.CreateSymbolicLink(At("zero.png"), "/dev/zero");
        File.CreateSymbolicLink(At("circle.png"), "circle.png");
        Directory.CreateSymbolicLink(At("linked"), outer.FullName);
        foreach (var markdown in new[] { $"![x](<{address}>)", $"<img src=\"{address}\" alt=\"x\">" })
        {
            var page = Page(markdown, out var notes);
            Assert.DoesNotContain("base64,", Body(page));
            Assert.DoesNotContain("SECRET", page);
            Assert.Contains(why, Assert.Single(notes));
        }
    }

    [Fact]
    [Trait("speed", "slow")]
    public void A_pipe_is_not_waited_for()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mkfifo"), "There is no mkfifo to make a pipe with.");
        Process.Start("/usr/bin/mkfifo", [At("pipe.png")]).WaitForExit();
        Page("![x](pipe.png)", out var notes);
        Assert.Contains("is no file with a picture", Assert.Single(notes));
    }

    [Fact]
    public void A_link_within_the_folder_is_followed_and_the_bytes_say_what_a_picture_is()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making links needs a right there.");
        File.WriteAllBytes(At("real.dat"), PageOf.Png);
        File.CreateSymbolicLink(At("link.jpg"), At("real.dat"));
        Assert.Contains(Png, Page("![x](link.jpg)", out _));
        File.WriteAllText(At("drawing.png"), "<?xml version=\"1.0\"?>\n<!-- c -->\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        Assert.Contains("data:image/svg+xml;base64,", Page("![x](drawing.png)", out _));
    }

    [Fact]
    public void A_picture_that_is_too_large_is_left_out_and_named()
    {
        using (var file = File.Create(At("big.png")))
        {
            file.Write(PageOf.Png);
            file.SetLength(FolderPicture.Limit + 1L);
        }

        Page("![x](big.png)", out var notes);
        Assert.Contains("is larger than 10 MiB", Assert.Single(notes));
    }

    [Theory]
    [InlineData("![x](attachment:image.png)")]
    [InlineData("![x](attachment:image%2Epng)")]
    [InlineData("<img src=\"attachment:image.png\" width=\"30\" alt=\"x\">")]
    public void An_attachment_is_in_the_page(string markdown)
    {
        var attachments = new JsonObject { ["image.png"] = new JsonObject { ["image/png"] = Convert.ToBase64String(PageOf.Png) + "\n" } };
        var (page,
            notes) = PageOf.Document(
                new NotebookDocument { Cells = { new Cell { Language = "markdown", Source = markdown, Attachments = attachments } } });
        Assert.Contains(Png, page);
        Assert.Empty(notes);
    }

    [Theory]
    [InlineData("image/png\"><script>alert(1)</script>", "QUJD")]
    [InlineData("image/png", "QUJD\" onerror=\"alert(1)")]
    public void An_attachment_is_nothing_but_a_picture(string type, string data)
    {
        var attachments = new JsonObject { ["a.png"] = new JsonObject { [type] = data } };
        var (page,
            notes) = PageOf.Document(
                new NotebookDocument
                { Cells = { new Cell { Language = "markdown", Source = "![x](attachment:a.png)", Attachments = attachments } } });
        Assert.DoesNotContain("alert(1)", page);
        Assert.Contains("is an attachment that is no picture", Assert.Single(notes));
    }

    [Fact]
    public void A_picture_in_the_text_itself_stays_in_Markdown_in_HTML_and_in_code()
    {
        var big = Convert.ToBase64String([.. PageOf.Png, .. new byte[3_000_000]]);
        var page = Page(
            $"![x](data:image/png;base64,{big})\n\n<img src=\"data:image/png;base64,{big}\" alt=\"y\">\n\n`data:image/png;base64,{big}`",
                out var notes);
        Assert.Equal(4, page.Split(big).Length);
        Assert.Empty(notes);
    }

    [Fact]
    public void A_picture_in_the_HTML_of_an_output_is_in_the_page_and_a_missing_one_is_named()
    {
        File.WriteAllBytes(At("a.png"), PageOf.Png);
        var (page, notes) = PageOf.Outputs(new PageOptions { Folder = folder.FullName },
            PageOf.Display("text/html", "<b><img src='a.png'></b><img alt='gone' src='gone.png'>"));
        Assert.Contains($"<b><img src=\"{Png}\"></b><img alt='gone'>", page);
        Assert.Equal("Cell 1, output 1: the picture gone.png is not there.", Assert.Single(notes));
    }

    string At(string name) => Path.Combine(folder.FullName, name);

    string Page(string markdown, out IReadOnlyList<string> notes)
    {
        (var page, notes) = PageOf.Markdown(markdown, new PageOptions { Folder = folder.FullName });
        return page;
    }

    static string Body(string page) => page[page.IndexOf("<main", StringComparison.Ordinal)..];
}
