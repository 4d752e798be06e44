using Workbook.Host.Documents;
using Workbook.Host.Sessions;
using Xunit;

namespace Workbook.Tests.Host.Sessions;

public sealed class SessionConsoleTests
{
    readonly List<string> published = [];

    readonly SessionConsole console = new("stdout");

    public SessionConsoleTests() => Cell().Enter();

    CellSink Cell() => new(output => published.Add(((StreamOutput)output).Text), (_, _) => { });

    [Fact]
    public void Halves_of_a_character_that_are_written_one_after_the_other_are_one_character()
    {
        foreach (var c in "a😀b") console.Write(c);
        Assert.Equal("a😀b", string.Concat(published));
        Assert.DoesNotContain(published, p => p.Any(char.IsSurrogate) && p.Length < 2);
    }

    [Fact]
    public void A_half_without_the_other_is_not_lost_and_not_given_to_the_next_cell()
    {
        console.Write("a\ud83d");
        Assert.Equal(["a"], published);
        Cell().Enter();
        console.Write("\ude00");
        Assert.Equal(["a", "\ud83d", "\ude00"], published);
        console.Write("\ud83d");
        console.Flush();
        Assert.Equal("\ud83d", published[^1]);
    }

    [Theory]
    [InlineData(3_000_001)]
    [InlineData(1 << 20)]
    public void A_text_of_any_length_goes_in_pieces_and_arrives_whole(int length)
    {
        var text = string.Concat(Enumerable.Repeat("😀", length / 2)) + "x";
        console.Write(text);
        Assert.Equal(text, string.Concat(published));
        Assert.All(published, p => Assert.True(p.Length <= 1 << 20 && !char.IsHighSurrogate(p[^1])));
    }
}
