using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Xunit;

namespace Workbook.Tests.Host.Export;

/// <summary>What of a notebook may act on its page: nothing that is data, and of a notebook that is not trusted nothing at all.</summary>
public class PageTrustTests
{
    const string Break = "AAAA\" onerror=\"hacked=1\"><script>hacked=1</script>";

    static readonly PageOptions Sanitized = new() { IsSanitized = true };

    /// <summary>Outputs that are data and try to be more.</summary>
    public static TheoryData<string, string> Data => new()
    {
        { "image/png", Break }, { "image/jpeg", Break }, { "image/gif", Break }, { "image/webp", Break },
            { "image/svg+xml", "<svg onload=\"hacked=1\"/>" + Break },
        { "text/plain", Break }, { "application/json", Break }, { "text/latex", Break }, { "text/latex", "$\\text{" + Break + "}$" },
            { "application/x-unknown", Break },
    };

    [Theory]
    [MemberData(nameof(Data))]
    public void Data_of_an_output_stay_data(string type, string value)
    {
        var (page, _) = PageOf.Outputs(null, PageOf.Display(type, value));
        Assert.DoesNotMatch("<script>hacked|\" onerror=|<svg onload", page);
    }

    [Fact]
    public void The_still_picture_and_the_words_of_a_figure_stay_data()
    {
        var figure =
            JsonNode.Parse(
                """{"data":[{"name":"<script>hacked=1</script>","x":["<img onerror=hacked=1>"]}],"layout":{"title":"<b onclick=hacked=1>t</b>","meta":{"alt":"\" onerror=\"hacked=1"}}}""")!;
        var bundle = new MimeBundle
        { [FigureHtml.MimeType] = figure, ["image/png"] = "AAAA\"></noscript><img src=x onerror=\"hacked=1\">" };
        var (page, _) = PageOf.Outputs(null, new DisplayOutput(bundle));
        Assert.DoesNotMatch("<script>hacked|\" onerror=|<img (src=x )?onerror|<b onclick", page);
    }

    [Theory]
    [InlineData("stderr\"><script>hacked=1</script>")]
    [InlineData("stdout\" onclick=\"hacked=1")]
    public void The_name_of_a_stream_stays_data(string name) =>
        Assert.DoesNotContain("hacked", PageOf.Outputs(null, new StreamOutput(name, "x")).Page);

    [Theory]
    [InlineData("[x](javascript:hacked())")]
    [InlineData("[x](JaVaScRiPt:hacked())")]
    [InlineData("[x](java&#10;script:hacked())")]
    [InlineData("[x](<java\tscript:hacked()>)")]
    [InlineData("[x](&#1;javascript:hacked())")]
    [InlineData("[x](javascript&colon;hacked())")]
    [InlineData("[x](vbscript:hacked())")]
    [InlineData("[x](data:text/html,hacked)")]
    [InlineData("[x][r]\n\n[r]: javascript:hacked()")]
    [InlineData("<javascript:hacked()>")]
    [InlineData("![x](javascript:hacked())")]
    [InlineData("[![y](a.png)](javascript:hacked())")]
    [InlineData("[x](file:///etc/hacked)")]
    public void A_link_that_would_run_something_leads_nowhere(string markdown)
    {
        var (page, notes) = PageOf.Markdown(markdown);
        Assert.DoesNotMatch("(href|src)=\"[^\"]*hacked", page);
        Assert.Single(notes);
    }

    [Theory]
    [InlineData("[x](https://example.org/a?b=c:d)", "href=\"https://example.org/a?b=c:d\"")]
    [InlineData("[x](mailto:a@example.org)", "href=\"mailto:a@example.org\"")]
    [InlineData("[x](02-b.dib#why)", "href=\"02-b.html#why\"")]
    [InlineData("[x](data/a:b.csv)", "href=\"data/a:b.csv\"")]
    [InlineData("[x](#top)", "href=\"#top\"")]
    public void Other_links_stay(string markdown, string expected)
    {
        var (page, notes) = PageOf.Markdown(markdown);
        Assert.Contains(expected, page);
        Assert.Empty(notes);
    }

    [Theory]
    [InlineData("<script>hacked=1</script>")]
    [InlineData("text <b onclick=\"hacked=1\">b</b>")]
    [InlineData("<img src=x onerror=hacked=1>")]
    [InlineData("<img alt='\"><script>hacked=1</script>' src='data:image/png;base64,AAAA' width='1\" onload=\"hacked=1'>")]
    [InlineData("<iframe srcdoc=\"<script>hacked=1</script>\"></iframe>")]
    [InlineData("<svg><script>hacked=1</script></svg>")]
    [InlineData("<style>body { background: url(https://example.org/hacked) }</style>")]
    [InlineData("![x](https://example.org/hacked.png)")]
    [InlineData("<br onclick=hacked=1>")]
    [InlineData("```\n</code></pre><script>hacked=1</script>\n```")]
    public void A_sanitized_page_has_no_HTML_of_the_notebook_and_loads_nothing(string text)
    {
        var bundle = new MimeBundle { ["text/html"] = text, ["text/markdown"] = text, ["text/plain"] = text };
        var document = new NotebookDocument
        {
            Cells =
            {
                new Cell { Language = "markdown", Source = text },
                new Cell
                    { Language = "html", Source = text,
                        Outputs = { new DisplayOutput(Markup.Bundle(new Cell { Language = "html", Source = text })!) } },
                new Cell
                    { Language = "csharp", Source = text,
                        Outputs = { new DisplayOutput(bundle), new ResultOutput(new MimeBundle { ["text/html"] = text }) } },
            },
        };
        var page = PageOf.Document(document, Sanitized).Page;
        var main = Regex.Match(page, "<main.*</main>", RegexOptions.Singleline).Value;
        foreach (Match tag in Regex.Matches(main, "<[a-zA-Z/][^>]*>"))
            Assert.DoesNotMatch("<script|[ /]on|<iframe|style=|https?:", Regex.Replace(tag.Value, "(alt)=\"[^\"]*\"", ""));
        Assert.DoesNotContain("https:", Policy(page));
        Assert.DoesNotContain("unsafe-inline'; script", Policy(page).Replace("style-src 'unsafe-inline'", ""));
    }

    [Fact]
    public void A_page_allows_its_own_scripts_by_their_hashes_and_loads_nothing()
    {
        var page = PageOf.Document(SampleNotebook.Create()).Page;
        var policy = Policy(page);
        Assert.StartsWith("default-src 'none'", policy);
        Assert.Equal(Hashes(page).Order(), Regex.Matches(policy, "'(sha256-[^']+)'").Select(m => m.Groups[1].Value).Order());
        Assert.DoesNotContain("https:", policy);
        Assert.Contains("connect-src 'none'", policy);
    }

    [Fact]
    public void Scripts_of_a_trusted_notebook_are_allowed_by_their_hashes_too_and_those_of_its_data_are_not()
    {
        const string script = "<script>trusted=1</script><b onclick=\"trusted=2\">b</b>";
        var data = PageOf.Display("text/plain", "<script>hacked=1</script>");
        var page = PageOf.Outputs(null, PageOf.Display("text/html", script), data).Page;
        var policy = Policy(page);
        Assert.Contains(Hash("trusted=1"), policy);
        Assert.Contains(Hash("trusted=2"), policy);
        Assert.DoesNotContain(Hash("hacked=1"), policy);
        Assert.Equal(Hashes(page).Count() + 1, Regex.Count(policy, "'sha256-"));
        Assert.Contains("'unsafe-hashes'", policy);
        var sanitized = PageOf.Outputs(Sanitized, PageOf.Display("text/html", script)).Page;
        Assert.Equal(Hashes(sanitized).Count(), Regex.Count(Policy(sanitized), "'sha256-"));
        Assert.DoesNotContain(Hash("trusted=1"), Policy(sanitized));
    }

    /// <summary>The hashes of the scripts on a page.</summary>
    static IEnumerable<string> Hashes(string page) =>
        Regex.Matches(page, "<script>(.*?)</script>", RegexOptions.Singleline).Select(m => Hash(m.Groups[1].Value));

    static string Hash(string script) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));

    static string Policy(string page) => Regex.Match(page, "http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"").Groups[1].Value;
}
