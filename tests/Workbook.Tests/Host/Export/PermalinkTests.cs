using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Xunit;

namespace Workbook.Tests.Host.Export;

public class PermalinkTests
{
    static string Page(NotebookDocument document) => PageOf.Document(document).Page;

    static List<string> Links(string page) =>
        [.. Regex.Matches(page, "<a class=\"permalink[^\"]*\" href=\"#(?<id>[^\"]+)\"").Select(m => m.Groups["id"].Value)];

    [Fact]
    public void Headings_figures_questions_and_exercises_lead_to_themselves()
    {
        var page = Page(InteractiveSample.Create());
        Assert.Equal(["before", "where-1", "when-2", "it-falls-through-zero", "after", "open-3", "figure-twice-as-steep", "exercise-1",
            "exercises"], Links(page));
        Assert.All(Links(page), id => Assert.Single(Regex.Matches(page, $" id=\"{id}\"")));
        Assert.Contains("<section class=\"prose\" id=\"exercise-1\">", page);
        Assert.Contains("data-id=\"where-1\" id=\"where-1\" data-kind=\"choice\"", page);
    }

    [Fact]
    public void Their_anchors_stay_when_something_is_put_before_them()
    {
        var document = InteractiveSample.Create();
        var before = Links(Page(document));
        document.Cells.Insert(0, Figure("""{"data":[{"y":[1]}],"layout":{"title":"Another <b>one</b><br>in two lines"}}"""));
        document.Cells.Insert(0, new() { Language = "markdown", Source = "A word." });
        Assert.Equal(["figure-another-one-in-two-lines", .. before], Links(Page(document)));
    }

    [Fact]
    public void Equal_figures_are_counted_and_one_without_a_title_has_its_number()
    {
        const string titled = """{"data":[{"y":[1]}],"layout":{"title":{"text":"λ falls"}}}""";
        var document = new NotebookDocument
        {
            Cells =
            {
                new() { Language = "markdown", Source = "# A\n\n## Figure λ falls" },
                Figure(titled), Figure(titled), Figure("""{"data":[{"y":[1]}]}"""),
            },
        };
        Assert.Equal(["figure-λ-falls", "figure-λ-falls-2", "figure-λ-falls-3", "figure-3"], Links(Page(document)));
    }

    [Fact]
    public void A_question_whose_words_are_HTML_keeps_its_form()
    {
        const string odd = "<fieldset class=\"wb-prediction\" data-id=\"q-1\"><legend>Predict: <b>a</b></legend></fieldset>";
        Assert.Contains("data-id=\"q-1\" id=\"q-1\"><legend>Predict: <b>a</b></legend><a class=\"permalink corner\" href=\"#q-1\"",
            PageOf.Outputs(null, PageOf.Display("text/html", odd)).Page);
    }

    static Cell Figure(string json) => new()
    {
        Language = "csharp",
        Source = "x",
        Outputs = { new DisplayOutput(new MimeBundle { [FigureHtml.MimeType] = JsonNode.Parse(json) }) },
    };
}
