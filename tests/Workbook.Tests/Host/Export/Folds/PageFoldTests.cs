using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Tests.Host.Export;
using Xunit;

namespace Workbook.Tests.Host.Export.Folds;

/// <summary>What a page folds, as it stands in the file: without scripts that is all a reader has.</summary>
public class PageFoldTests
{
    static string Page(PageOptions? options = null) => PageOf.Document(InteractiveSample.Create(), options).Page;

    [Fact]
    public void What_holds_an_answer_is_folded_and_its_headings_are_not_in_the_contents_while_it_is()
    {
        var page = Page();
        Assert.Contains("<details class=\"waiting\" id=\"waits-1\" data-for=\"where-1 when-2\"><summary>Answer the questions above", page);
        Assert.Contains("body:has(#waits-1:not([open])) .contents [data-waits~=\"waits-1\"] { display: none; }", page);
        Assert.Contains("<li class=\"level-2\" data-waits=\"waits-1\"><a href=\"#it-falls-through-zero\">", page);
        Assert.Contains("<li class=\"level-2\"><a href=\"#after\">", page);
        int At(string text) => page.IndexOf(text, StringComparison.Ordinal);
        var (before, folded, end) = (At("waits-1\" data-for"), At("The answer in words"), At("id=\"after\""));
        Assert.True(before < folded && folded < end && page.LastIndexOf("</details>", end, StringComparison.Ordinal) > folded);
    }

    [Fact]
    public void A_question_has_its_code_folded_and_one_without_an_answer_folds_nothing()
    {
        var page = Page();
        Assert.Equal(3, page.Split("<summary>Code of the question</summary>").Length - 1);
        Assert.Single(page.Split("class=\"waiting\"").Skip(1));
    }

    [Fact]
    public void Checks_of_a_cell_stand_in_one_fold_with_their_statements()
    {
        var page = Page();
        Assert.Contains("<details class=\"checked pass\"><summary>✓ 2 checks</summary>", page);
        Assert.Contains("<pre class=\"stdout wrap\">words</pre>", page);
        Assert.Matches("<summary>✓ 2 checks</summary>\\s*<pre class=\"code\"><code><span data-part=\"1\">", page);
        Assert.Matches("<pre class=\"code\"><code><span data-part=\"0\">.*\\n\\n<span data-part=\"2\">", page);
    }

    [Fact]
    public void A_check_that_failed_is_not_folded()
    {
        var cell = new Cell { Language = "csharp", Source = "x", Outputs = { new StreamOutput("stdout", "✓ a\n✗ b\n") } };
        var page = PageOf.Document(new NotebookDocument { Cells = { cell } }).Page;
        Assert.Contains("<details class=\"checked fail\" open><summary>✗ 1 of 2 checks failed</summary>", page);
    }

    [Fact]
    public void Warnings_that_differ_in_numbers_and_names_only_are_counted_and_all_of_them_are_there()
    {
        var page = Page();
        Assert.Contains("<summary>said 12 times</summary>", page);
        Assert.Contains("<summary>and 2 more warnings</summary>", page);
        Assert.All(Enumerable.Range(0, 12), i => Assert.Contains($"it is -{i}.5 now.", page));
    }

    [Fact]
    public void Text_on_stderr_that_is_more_than_warnings_stays_as_it_was_written() =>
        Assert.Contains("<pre class=\"stderr wrap\">note\nWarning: a.\nWarning: a.</pre>",
            PageOf.Outputs(null, new StreamOutput("stderr", "note\nWarning: a.\nWarning: a.\n")).Page);

    [Fact]
    public void Long_code_long_tables_and_what_the_author_says_are_folded()
    {
        var page = Page();
        Assert.Contains("<details class=\"folded\"><summary>How the runs are made</summary>", page);
        Assert.Contains("<summary>Code, 50 lines</summary>", page);
        Assert.Contains("<details class=\"folded\"><summary>Table of 30 rows</summary>", page);
    }

    [Fact]
    public void Hints_and_the_solution_are_folds_and_the_result_of_the_exercise_is_shown()
    {
        var page = Page();
        Assert.Contains("<details class=\"hint\"><summary>Hint 1</summary>\n<p>Turn the sign.</p>\n</details>", page);
        Assert.Contains("<details class=\"hint\"><summary>Hint 2</summary>\n<p>Of the <em>gradient</em>.</p>\n</details>", page);
        Assert.Contains("not written yet.", page);
        Assert.Contains("<details class=\"solution\"><summary>Solution</summary>", page);
        Assert.DoesNotContain("it rises", Page(new PageOptions { Solutions = false }));
    }

    [Theory]
    [InlineData("*Hint 3.* Text", "<summary>Hint 3</summary>")]
    [InlineData("*Hint.* Text", "<summary>Hint</summary>")]
    public void A_hint_keeps_its_number(string markdown, string expected) => Assert.Contains(expected, PageOf.Markdown(markdown).Page);

    [Theory]
    [InlineData("*Hints* are good.")]
    [InlineData("Here is a *Hint.*")]
    public void Not_every_emphasis_is_a_hint(string markdown) => Assert.DoesNotContain("class=\"hint\"", PageOf.Markdown(markdown).Page);

    [Fact]
    public void A_page_carries_only_what_it_needs()
    {
        var words = PageOf.Markdown("# Words").Page;
        Assert.DoesNotContain(".wb-prediction", words);
        Assert.DoesNotContain("Plotly", words);
        Assert.True(words.Length < 20_000, $"{words.Length}");
    }

    [Fact]
    public void A_sanitized_page_asks_nothing_and_shows_the_words() =>
        Assert.DoesNotContain("wb-prediction\" data-id", Page(new PageOptions { IsSanitized = true }));
}
