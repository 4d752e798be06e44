using Workbook.Host.Display;
using Workbook.Host.Language;
using Xunit;

namespace Workbook.Tests.Host.Language;

[Collection(TypingSession.Collection)]
public sealed class CompletionTests(TypingSession session)
{
    [Theory]
    [InlineData("var x = tf.|", "reduce_mean")]
    [InlineData("var x = tf.reduce_m|", "reduce_mean")]
    [InlineData("var x = tf.\nConsole.WriteLine(1);\nwei|", "weights")]
    [InlineData("tf.bo|", "@bool")]
    [InlineData("tf.@bo|", "@bool")]
    [InlineData("wei|", "weights")]
    [InlineData("weights.sh|", "shape")]
    [InlineData("Twi|", "Twice")]
    [InlineData("anonymous.|", "Apples")]
    [InlineData("new Pa|", "Pair")]
    [InlineData("shelf.Books.Wh|", "Where")]
    [InlineData("shelf.Books.Select(b => b.Len|", "Length")]
    [InlineData("1.Trip|", "Tripled")]
    [InlineData("keras.layers.Den|", "Dense")]
    [InlineData("keras.layers.Dense(4, kernel_reg|)", "kernel_regularizer:")]
    [InlineData("using Workbook.He|", "Helpers")]
    [InlineData("using System.Net.Http;\nnew HttpCl|", "HttpClient")]
    [InlineData("System.DayOfWeek.Mon|", "Monday")]
    [InlineData("DateTime.No|", "Now")]
    [InlineData("var text = $\"{wei|}\";", "weights")]
    [InlineData("for (var index = 0; ind|", "index")]
    [InlineData("int Local(int amount) { return am|", "amount")]
    [InlineData("var q = from n in new[] { 1 } where n > 0 sel|", "select")]
    [InlineData("var p = new Pair(1, \"a\") with { Fi| };", "First")]
    [InlineData("new List<|", "Pair")]
    [InlineData("disp|", "display")]
    [InlineData("display(1).Upd|", "Update")]
    [InlineData("await Task.De|", "Delay")]
    [InlineData("whi|", "while")]
    [InlineData("var héllo = \"é😀\"; hél|", "héllo")]
    [InlineData("var e = \"😀\"; e.Len|", "Length")]
    public async Task What_fits_is_offered(string text, string expected) => Assert.Contains(expected, await session.OfferAsync(text));

    [Theory]
    [InlineData("var s = \"wei|")]
    [InlineData("var s = \"wei|\";")]
    [InlineData("var s = @\"wei|\";")]
    [InlineData("var s = \"\"\"wei|\"\"\";")]
    [InlineData("var s = $\"wei|\";")]
    [InlineData("DateTime.Now.ToString(\"|\")")]
    [InlineData("// wei|")]
    [InlineData("/* wei| */")]
    [InlineData("var x = 12|")]
    [InlineData("var c = 'w|")]
    [InlineData("nothing_is_called_this.|")]
    public async Task Strings_comments_and_numbers_offer_nothing(string text)
    {
        var answer = await session.CompleteAsync(text);
        Assert.Empty(answer.Items);
        Assert.Equal(answer.Start, answer.End);
    }

    [Theory]
    [InlineData("bro|", "broken")]
    [InlineData("shelf.hid|", "hidden")]
    [InlineData("1 |", "==")]
    public async Task What_is_not_there_or_no_word_is_not_offered(string text, string unexpected) =>
        Assert.DoesNotContain(unexpected, await session.OfferAsync(text));

    [Fact]
    public async Task In_the_middle_of_a_word_the_whole_word_is_replaced_and_the_part_before_the_cursor_counts()
    {
        var answer = await session.CompleteAsync("var x = tf.red|uce_sum(1);");
        Assert.Equal((11, 21), (answer.Start, answer.End));
        Assert.Contains("reduce_mean", answer.Items.Select(i => i.Text));
        Assert.DoesNotContain("abs", answer.Items.Select(i => i.Text));
    }

    [Fact]
    public async Task Case_does_not_matter_and_every_item_comes_once()
    {
        var offered = await session.OfferAsync("dense|");
        Assert.Contains("Dense", offered);
        Assert.All(offered, o => Assert.StartsWith("dense", o, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(offered.Distinct(), offered);
    }

    [Fact]
    public async Task Argument_names_come_first_and_then_variables()
    {
        var kinds = (await session.CompleteAsync("keras.layers.Dense(4, |)")).Items.Select(i => i.Kind).ToList();
        Assert.Equal("parameter", kinds[0]);
        Assert.Equal(kinds.OrderBy(k => k switch { "parameter" => 0, "variable" => 1, _ => 2 }), kinds);
    }

    [Theory]
    [InlineData("weig|", "weights", "variable")]
    [InlineData("Twi|", "Twice", "function")]
    [InlineData("Pai|", "Pair", "class")]
    [InlineData("IEnumer|", "IEnumerable", "interface")]
    [InlineData("DayOf|", "DayOfWeek", "enum")]
    [InlineData("DayOfWeek.Mon|", "Monday", "constant")]
    [InlineData("anonymous.App|", "Apples", "property")]
    [InlineData("Console.Cancel|", "CancelKeyPress", "event")]
    [InlineData("fore|", "foreach", "keyword")]
    [InlineData("System.Thr|", "Threading", "namespace")]
    public async Task Every_item_says_what_it_is(string text, string item, string kind) =>
        Assert.Equal(kind, (await session.CompleteAsync(text)).Items.First(i => i.Text == item).Kind);

    [Theory]
    [InlineData("#|", "#!time", 0, 1)]
    [InlineData("#|", "#r", 0, 1)]
    [InlineData("#!|", "#!import", 0, 2)]
    [InlineData("#!a|bout", "#!about", 0, 7)]
    [InlineData("var x = 1;\n  #!ti|", "#!time", 13, 17)]
    [InlineData("#re|", "#region", 0, 3)]
    [InlineData("#r \"|", "lib.dll", 4, 4)]
    [InlineData("#r \"|", "data/", 4, 4)]
    [InlineData("#r \"data/m|\"", "more.dll", 9, 10)]
    [InlineData("#load \"scr|", "script.csx", 7, 10)]
    [InlineData("#!import |", "other.dib", 9, 9)]
    public async Task Directives_offer_their_names_and_the_files_they_take(string text, string expected, int start, int end)
    {
        var answer = await session.CompleteAsync(text);
        Assert.Equal((start, end), (answer.Start, answer.End));
        Assert.Contains(expected, answer.Items.Select(i => i.Text));
        Assert.DoesNotContain("picture.png", answer.Items.Select(i => i.Text));
    }

    [Theory]
    [InlineData("#r \"nuget: Plo|")]
    [InlineData("#r \"nowhere/|")]
    [InlineData("#!time |")]
    [InlineData("var s = \"\"\"\n#!|\n\"\"\";")]
    public async Task Other_places_of_a_directive_and_strings_that_look_like_one_offer_nothing(string text) =>
        Assert.Empty(await session.OfferAsync(text));

    [Fact]
    public async Task No_beginning_of_a_cell_and_no_position_in_one_makes_a_question_fail()
    {
        const string cell = "#!time\nvar é = $\"{Twice(1):0}\";\nif (é is { } t) { /**/ tf.abs(x: @\"\"); }";
        for (var at = 0; at <= cell.Length; at++)
        {
            await session.AskAsync(new CompletionQuestion(cell[..at], at));
            await session.AskAsync(new InspectionQuestion(cell, at, 1));
            CompletenessCheck.Of(cell[..at]);
        }
    }
}
