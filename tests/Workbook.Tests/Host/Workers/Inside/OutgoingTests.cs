using Workbook.Host.Documents;
using Workbook.Host.Workers.Inside;
using Xunit;

namespace Workbook.Tests.Host.Workers.Inside;

public class OutgoingTests
{
    [Fact]
    public void A_long_write_goes_in_pieces_that_cut_no_character()
    {
        var text = "x" + string.Concat(Enumerable.Repeat("😀", Outgoing.Piece));
        var pieces = Outgoing.Of(new StreamOutput("stdout", text)).Cast<StreamOutput>().ToList();
        Assert.Equal(text, string.Concat(pieces.Select(p => p.Text)));
        Assert.All(pieces, p => Assert.InRange(p.Text.Length, 1, Outgoing.Piece));
        Assert.All(pieces, p => Assert.False(char.IsHighSurrogate(p.Text[^1])));
    }

    [Fact]
    public void A_long_error_is_cut_and_says_so()
    {
        var error = Assert.IsType<ErrorOutput>(
            Assert.Single(Outgoing.Of(new ErrorOutput("E", new string('m', 300_000), [new string('t', 300_000), "two", "three"]))));
        Assert.EndsWith("m… [200,000 more characters were left out]", error.Message);
        Assert.Equal([100_000 + "… [200,000 more characters were left out]".Length, "[2 more lines were left out]".Length],
            error.Traceback.Select(l => l.Length));
    }

    [Fact]
    public void A_representation_that_is_too_long_is_left_out_and_named()
    {
        var bundle = new MimeBundle
        { ["text/html"] = new string('h', Outgoing.DisplayLimit + 1), ["text/plain"] = new string('p', Outgoing.DisplayLimit + 1) };
        var sent = Assert.Single(Outgoing.Of(new ResultOutput(bundle))).Bundle!;
        Assert.Equal(["text/plain"], sent.Items.Select(i => i.Key));
        Assert.StartsWith("[50,000,001 characters of text/", Languages.Text(sent["text/plain"]));
    }
}
