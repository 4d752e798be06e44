using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Wording;
using Xunit;

namespace Workbook.Tests.Host.Export;

public class HtmlPageTests
{
    [Fact]
    public void The_character_set_stands_first_and_the_file_is_utf8_without_a_mark()
    {
        var bytes = Bytes(SampleNotebook.Create());
        var start = Encoding.UTF8.GetString(bytes[..120]);
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">", start);
    }

    [Fact]
    public void A_page_needs_nothing_else()
    {
        var page = Html(SampleNotebook.Create());
        var withoutPlotly = page.Replace(Assets.PlotlyScript, "");
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//(?!example)", withoutPlotly);
        Assert.DoesNotContain("@import", withoutPlotly);
    }

    [Fact]
    public void Plotly_is_on_the_page_once_and_only_if_there_is_a_figure()
    {
        var page = Html(SampleNotebook.Create());
        Assert.Equal(page.IndexOf(Assets.PlotlyScript, StringComparison.Ordinal),
            page.LastIndexOf(Assets.PlotlyScript, StringComparison.Ordinal));
        Assert.Contains(Assets.PlotlyScript, page);
        Assert.True(Html(Markdown("# Words")).Length < 50_000);
    }

    [Fact]
    public void Plotly_may_be_shared_between_pages()
    {
        var page = Html(SampleNotebook.Create(), new PageOptions { PlotlyAddress = "plotly.js" });
        Assert.Contains("<script src=\"plotly.js\"></script>", page);
        Assert.True(page.Length < 100_000);
    }

    [Fact]
    public void The_contents_list_every_section_and_lead_to_it()
    {
        var page = Html(Markdown("# T\n## One\n## One\n### Two & a half"));
        Assert.Contains("<a href=\"#one\">One</a>", page);
        Assert.Contains("<a href=\"#one-2\">One</a>", page);
        Assert.Contains(">Two &amp; a half</a>", page);
        foreach (Match link in Regex.Matches(page, "href=\"#([^\"]+)\"")) Assert.Contains($"id=\"{link.Groups[1].Value}\"", page);
    }

    [Fact]
    public void Option_lines_are_for_the_host_and_not_on_the_page()
    {
        var page = Html(SampleNotebook.Create());
        Assert.DoesNotContain("//|", page.Replace(Assets.PlotlyScript, ""));
        Assert.Contains("epochs", page);
    }

    [Fact]
    public void A_cell_tagged_hide_input_shows_its_output_only()
    {
        var page = Html(SampleNotebook.Create());
        Assert.DoesNotContain("hidden_code", page);
        Assert.Contains("The loss sheet slopes", page);
    }

    [Fact]
    public void A_solution_is_folded_and_can_be_left_out()
    {
        Assert.Matches("<details class=\"solution\"><summary>Solution</summary>\\s*<pre", Html(SampleNotebook.Create()));
        var without = Html(SampleNotebook.Create(), new PageOptions { Solutions = false });
        Assert.DoesNotContain("<summary>Solution", without);
        Assert.DoesNotContain("✓</span> right", without);
    }

    [Fact]
    public void An_exercise_is_marked() =>
        Assert.Matches("<div class=\"cell exercise\"[^>]*>\\s*<p class=\"label\">Exercise</p>", Html(SampleNotebook.Create()));

    [Fact]
    public void Checks_become_a_list_and_are_counted_at_the_top()
    {
        var page = Html(SampleNotebook.Create());
        Assert.Contains("<li class=\"pass\"><span role=\"img\" aria-label=\"passed\">✓</span> the gradient equals", page);
        Assert.Contains("<li class=\"fail\"><span role=\"img\" aria-label=\"failed\">✗</span> zero is crossed", page);
        Assert.Contains("✓ 2 checks passed", page);
        Assert.Contains("✗ 1 check failed", page);
        Assert.DoesNotContain("✓ loss", page);
    }

    [Fact]
    public void Lines_that_are_no_checks_stay_as_they_were_written()
    {
        var page = Html(Code("x", new StreamOutput("stdout", "a\n  b <c>\n"), new StreamOutput("stdout", "12%\r50%\r100%\n")));
        Assert.Contains("<pre class=\"stdout\">a\n  b &lt;c&gt;\n100%</pre>", page);
        Assert.Contains("<pre class=\"stderr wrap\">A sentence, whatever its length.</pre>",
            Html(Code("x", new StreamOutput("stderr", "A sentence, whatever its length.\n"))));
    }

    [Fact]
    public void A_figure_has_its_title_as_caption_its_own_text_for_those_who_do_not_see_it_and_its_data()
    {
        var page = Html(SampleNotebook.Create());
        Assert.Contains("<figcaption>The strength crosses zero at step 39 &amp; <b>never</b> comes back</figcaption>", page);
        Assert.Contains("role=\"img\" aria-label=\"Line chart: the strength falls", page);
        Assert.Contains("aria-label=\"Two panels side by side, the error falls in both.\"", page);
        Assert.Contains("aria-label=\"The loss sheet slopes towards zero strength\"", page);
    }

    [Fact]
    public void A_figure_without_scripts_is_its_picture_or_else_its_data()
    {
        var bundle = new MimeBundle { ["application/vnd.plotly.v1+json"] = JsonNode.Parse(SampleNotebook.Line), ["text/plain"] = "f" };
        Assert.Matches("<noscript><p>Line chart[^<]*</p><p>training loss</p><div class=\"scroll\"><table>.*<td class=\"num\">0.05</td>",
            Html(Code("f", new DisplayOutput(bundle))));
        bundle["image/png"] = "QUJD\n";
        Assert.Contains("<noscript><img src=\"data:image/png;base64,QUJD\" alt=\"Line chart", Html(Code("f", new DisplayOutput(bundle))));
    }

    [Fact]
    public void A_figure_cannot_end_the_script_element_it_stands_in()
    {
        var figure = new JsonObject
        { ["data"] = new JsonArray(), ["layout"] = new JsonObject { ["title"] = "</script><script>alert(1)</script>" } };
        var page = Html(Code("f", new DisplayOutput(new MimeBundle { ["application/vnd.plotly.v1+json"] = figure, ["text/plain"] = "f" })));
        Assert.DoesNotContain("<script>alert", page);
    }

    [Fact]
    public void An_error_shows_its_place_and_an_expected_one_is_calm()
    {
        var page = Html(SampleNotebook.Create());
        Assert.Contains(
            "<div class=\"error expected\"><p><strong>InvalidOperationException</strong> (expected): The strength is negative.</p>", page);
        Assert.Contains("01-strength.dib, line 88", page);
        Assert.Contains("<div class=\"error\"><p><strong>CompilationError</strong>", page);
    }

    [Fact]
    public void A_link_to_a_notebook_leads_to_its_page() => Assert.Contains("href=\"02-price.html#why\"", Html(SampleNotebook.Create()));

    [Fact]
    public void A_formula_that_cannot_be_drawn_is_shown_as_its_source_and_named_with_its_cell_and_line()
    {
        var document = new NotebookDocument
        { Cells = { new Cell { Language = "markdown", Source = "# T\n\nText $a \\foo b$ & more", Line = 10 } } };
        var (page, notes) = PageOf.Document(document);
        Assert.Contains("Text <code class=\"formula-source\">a \\foo b</code> &amp; more", page);
        Assert.StartsWith("Cell 1, line 12: The command \\foo is not in the supported subset", Assert.Single(notes));
    }

    [Fact]
    public void A_callout_is_a_quotation_that_begins_with_its_kind()
    {
        Assert.Contains("<blockquote class=\"callout callout-trap\">", Html(Markdown("> **Trap.** Beware.")));
        Assert.DoesNotContain("callout callout", Html(Markdown("> **Somebody** said so.")).Split("</style>")[1]);
    }

    [Theory]
    [InlineData("text/html", "<b>x</b>", "<div class=\"html scroll\"><b>x</b></div>")]
    [InlineData("image/png", "QUJD", "<img src=\"data:image/png;base64,QUJD\" alt=\"plain\">")]
    [InlineData("image/svg+xml", "<svg/>", "<img src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=\"plain\">")]
    [InlineData("text/markdown", "*x*", "<em>x</em>")]
    [InlineData("text/latex", "$\\alpha$", "<mi>α</mi>")]
    [InlineData("application/unknown", "x", "<pre class=\"value\">plain</pre>")]
    public void An_output_is_shown_in_the_richest_form_that_a_page_knows(string type, string value, string expected)
    {
        var bundle = new MimeBundle { [type] = value, ["text/plain"] = "plain" };
        Assert.Contains(expected, Html(Code("x", new ResultOutput(bundle))));
    }

    static NotebookDocument Markdown(string source) => new() { Cells = { new Cell { Language = "markdown", Source = source } } };

    static NotebookDocument Code(string source, params CellOutput[] outputs) =>
        new() { Cells = { new Cell { Language = "csharp", Source = source, Outputs = [.. outputs] } } };

    static string Html(NotebookDocument document, PageOptions? options = null) => Encoding.UTF8.GetString(Bytes(document, options));

    static byte[] Bytes(NotebookDocument document, PageOptions? options = null)
    {
        var file = Path.GetTempFileName();
        HtmlPage.Write(document, file, options ?? new PageOptions());
        var bytes = File.ReadAllBytes(file);
        File.Delete(file);
        return bytes;
    }
}
