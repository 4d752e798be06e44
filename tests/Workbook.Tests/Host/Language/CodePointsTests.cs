using Workbook.Host.Language;
using Xunit;

namespace Workbook.Tests.Host.Language;

public class CodePointsTests
{
    // An accent beside its letter is a code point of its own; the face takes two code units.
    const string Text = "ae\u0301😀b";

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    [InlineData(4, 5)]
    [InlineData(5, 6)]
    public void Positions_are_the_same_place_in_both_counts(int codePoints, int codeUnits)
    {
        Assert.Equal(codeUnits, CodePoints.ToUtf16(Text, codePoints));
        Assert.Equal(codePoints, CodePoints.FromUtf16(Text, codeUnits));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(99, 6)]
    public void A_position_outside_is_moved_to_the_nearer_end(int codePoints, int codeUnits) =>
        Assert.Equal(codeUnits, CodePoints.ToUtf16(Text, codePoints));

    [Fact]
    public void Half_of_a_pair_alone_is_a_position() => Assert.Equal(2, CodePoints.FromUtf16("\ud83da", 2));
}
