using Workbook.Host.Documents;
using Workbook.Host.Export.Folds;
using Xunit;

namespace Workbook.Tests.Host.Export.Folds;

public class PagePlanTests
{
    // ?a asks a, !a answers it, . is any other cell; (ab …) is a fold that waits for a and b.
    [Theory]
    [InlineData(".", "1")]
    [InlineData("?a . !a .", "1 (a 2 3) 4")]
    [InlineData("?a !a", "1 (a 2)")]
    [InlineData("?a ?b . !a . !b .", "1 2 (ab 3 4 5 6) 7")]
    [InlineData("?a . ?b !b . !a", "1 2 3 (ab 4 5 6)")]
    [InlineData("?a?b . !a!b", "1 (ab 2 3)")]
    [InlineData("?a !a ?b !b", "1 (a 2) 3 (b 4)")]
    [InlineData("?a ?b . !b ?c . !c !a .", "1 2 (ab 3 4 5 (c 6 7) 8) 9")]
    [InlineData("?a . !b . !a ?b .", "1 (a 2 3 4 5) 6 7")]
    [InlineData("?a ?b !a ?c !b !c .", "1 2 (ab 3 4 (c 5 6)) 7")]
    [InlineData("?a . .", "1 2 3")]
    [InlineData(". !a ?a .", "1 2 3 4")]
    [InlineData("?a!a .", "1 2")]
    public void What_waits_reaches_from_the_question_to_its_answer(string cells, string expected)
    {
        var document = new NotebookDocument { Cells = [.. cells.Split(' ').Select(Cell)] };
        Assert.Equal(expected, Words(PagePlan.Of(document)));
    }

    [Theory]
    [InlineData("## Key points\n\n* It falls.\n* It\n  stays.\n", true)]
    [InlineData("# key points\r\n\r\n- It falls.\r\n", true)]
    [InlineData("## Key points\n\n* It falls.\n\n**Next.** Another page.", false)]
    [InlineData("## Key points of another\n\n* It falls.", false)]
    [InlineData("## Key points", false)]
    public void Key_points_say_all_again_and_wait_for_all_questions(string source, bool waits)
    {
        var document = new NotebookDocument
        {
            Cells = [Cell("?a"), Cell("!a"), Cell("?b"), Cell("!b"), Cell("."), new() { Language = "markdown", Source = source }],
        };
        Assert.Equal("1 (a 2) 3 (b 4) 5 " + (waits ? "(ab 6)" : "6"), Words(PagePlan.Of(document)));
        document.Cells.RemoveRange(0, 4);
        Assert.Equal("1 2", Words(PagePlan.Of(document)));
    }

    static string Words(IEnumerable<PagePart> parts) => string.Join(' ', parts.Select(p => p switch
    {
        CellPart cell => $"{cell.Number}",
        WaitingPart waiting => $"({string.Concat(waiting.Questions)} {Words(waiting.Parts)})",
        _ => throw new InvalidOperationException($"{p}"),
    }));

    static Cell Cell(string marks)
    {
        var cell = new Cell { Language = "csharp", Source = "x" };
        for (var i = 0; i + 1 < marks.Length; i += 2)
        {
            var html = marks[i] == '?' ? $"<fieldset class=\"wb-prediction\" data-id=\"{marks[i + 1]}\" data-kind=\"number\"></fieldset>"
                : $"<div class=\"wb-reveal\" data-for=\"{marks[i + 1]}\" data-kind=\"number\"></div>";
            cell.Outputs.Add(new ResultOutput(new MimeBundle { ["text/html"] = html }));
        }

        return cell;
    }
}
