using Workbook.Helpers;
using Workbook.Tests.Helpers.Display;
using Xunit;

namespace Workbook.Tests.Helpers.Checks;

[Collection(nameof(Console))]
public class PredictionTests
{
    static Prediction Where(string yours) => Prediction.Choice("Where do they go?", yours, "To <0>.", "To 2.", "Nowhere.");

    static Prediction Step(double? yours) => Prediction.Number("At which step?", yours);

    [Theory]
    [InlineData("", "You have not answered. It is b: To 2.")]
    [InlineData("a", "You said a. It is b: To 2.")]
    [InlineData(" B ", "You were right. It is b: To 2.")]
    public void A_choice_is_revealed_beside_what_the_reader_said(string yours, string line) =>
        Assert.Equal($"Where do they go?\n{line}\nBecause.", Where(yours).Reveal("b", "Because.").ToString());

    [Theory]
    [InlineData(null, "You have not answered. It is 39.")]
    [InlineData(100.0, "You said 100. It is 39.")]
    [InlineData(42.8, "You said 42.8: right, within 3.9. It is 39.")]
    [InlineData(43.0, "You said 43. It is 39.")]
    public void A_number_is_right_within_a_tenth_of_the_answer(double? yours, string line) =>
        Assert.Equal($"At which step?\n{line}\nBecause.", Step(yours).Reveal(39, "Because.").ToString());

    [Fact]
    public void A_number_is_right_within_what_is_stated()
    {
        Assert.Contains("right, within 61", Step(100).Reveal(39, "", within: 61).ToString());
        Assert.DoesNotContain("right", Step(41).Reveal(39, "", within: 1).ToString());
        Assert.Contains("right", Step(0).Reveal(0, "").ToString());
    }

    [Fact]
    public void Nothing_that_is_shown_answers_for_the_reader()
    {
        Assert.Equal("Predict: Where do they go?\n  a) To <0>.\n  b) To 2.\n  c) Nowhere.\n"
            + "Not answered yet: write a, b or c into yours, and run this cell again.", Where("").ToString());
        Assert.Equal("Predict: At which step?\nNot answered yet: write a number into yours, and run this cell again.",
            Step(null).ToString());
        Assert.EndsWith("You say c: Nowhere.", Where("c").ToString());
        Assert.EndsWith("You say 7.", Step(7).ToString());
    }

    [Fact]
    public void The_html_is_a_form_to_be_and_reads_without_a_script()
    {
        var html = Shown.As("text/html", Where(""));
        Assert.StartsWith("<fieldset class=\"wb-prediction\" data-id=\"where-do-they-go-", html);
        Assert.Contains("data-kind=\"choice\" data-yours=\"\"><legend>Predict: Where do they go?</legend>"
            + "<ol type=\"a\"><li data-choice=\"a\">To &lt;0&gt;.</li>"
            + "<li data-choice=\"b\">To 2.</li><li data-choice=\"c\">Nowhere.</li></ol>"
            + "<p class=\"wb-yours\">Not answered yet: ", html);
        Assert.Contains("data-kind=\"number\" data-yours=\"7.5\"><legend>Predict: At which step?</legend><p",
            Shown.As("text/html", Step(7.5)));
    }

    [Fact]
    public void A_reveal_names_its_prediction_and_the_answer_for_a_page_to_compare()
    {
        var id = Shown.As("text/html", Where("")).Split("data-id=\"")[1].Split('"')[0];
        var html = Shown.As("text/html", Where("c").Reveal("a", "x & y"));
        Assert.Equal($"<div class=\"wb-reveal\" data-for=\"{id}\" data-kind=\"choice\" data-answer=\"a\">"
            + "<p class=\"wb-question\">Where do they go?</p><p class=\"wb-said\" data-yours=\"c\">You said c.</p>"
            + "<p class=\"wb-answer\">It is a: <span>To &lt;0&gt;.</span></p><p class=\"wb-because\">x &amp; y</p></div>", html);
        Assert.Contains("data-kind=\"number\" data-answer=\"39\" data-within=\"4\"", Shown.As("text/html", Step(null).Reveal(39, "", 4)));
    }

    [Fact]
    public void Questions_of_the_same_words_have_names_of_their_own() =>
        Assert.Equal(3, new[] { "How far?", "How far", "How  far?" }
            .Select(q => Shown.As("text/html", Prediction.Number(q, null)).Split("data-id=\"")[1].Split('"')[0]).Distinct().Count());

    [Theory]
    [InlineData("expected 2 to 26 choices. Received: 0. Write them after yours")]
    [InlineData("expected 2 to 26 choices. Received: 1.", "It falls.")]
    [InlineData("expected choices that differ. Received: It falls. | It falls.", "It falls.", "It falls.")]
    [InlineData("expected choices that differ. Received: It falls. |  ", "It falls.", " ")]
    public void Choices_are_at_least_two_and_differ(string words, params string[] choices) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => Prediction.Choice("Where?", "", choices)).Message);

    [Theory]
    [InlineData("d")]
    [InlineData("ab")]
    [InlineData("To 2.")]
    public void An_answer_is_the_letter_of_a_choice(string yours) => Assert.Contains(
        $"expected a, b or c as your answer, or \"\" for none yet. Received: \"{yours}\". Write one letter into yours",
        Assert.Throws<ArgumentException>(() => Where(yours)).Message);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_is_finite(double yours) =>
        Assert.Contains("expected a finite number as your answer, or null", Assert.Throws<ArgumentException>(() => Step(yours)).Message);

    [Fact]
    public void What_is_revealed_is_of_the_kind_that_was_asked()
    {
        Assert.Contains("Received: \"d\". Write the letter", Assert.Throws<ArgumentException>(() => Where("").Reveal("d", "")).Message);
        Assert.Contains("Write Reveal(39", Assert.Throws<InvalidOperationException>(() => Step(1).Reveal("a", "")).Message);
        Assert.Contains("Write Reveal(\"b\"", Assert.Throws<InvalidOperationException>(() => Where("").Reveal(1, "")).Message);
        Assert.Contains("expected a finite answer", Assert.Throws<ArgumentException>(() => Step(1).Reveal(double.NaN, "")).Message);
        Assert.Contains("within -1", Assert.Throws<ArgumentException>(() => Step(1).Reveal(1, "", -1)).Message);
        Assert.Contains("expected a question", Assert.Throws<ArgumentException>(() => Prediction.Number(" ", 1)).Message);
    }
}
