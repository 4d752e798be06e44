using Workbook.Helpers;
using Xunit;

namespace Workbook.Tests.Helpers.Checks;

[Collection(nameof(Console))]
public class PredictionTests
{
    [Theory]
    [InlineData("B ", "You were right:")]
    [InlineData("a", "A surprise is worth remembering:")]
    public void A_choice_is_shown_beside_the_right_one(string choice, string verdict)
    {
        var text = Printed.By(() => Prediction.Of("What does λ do?", choice).Compare("b", "its gradient is never negative."));
        Assert.Equal($"What does λ do? You said {choice}, it is b. {verdict}\nits gradient is never negative.", text);
    }

    [Fact]
    public void A_number_is_shown_beside_the_right_one() =>
        Assert.Equal("Step? You said 100, it is 39:\nso soon.", Printed.By(() => Prediction.Of("Step?", 100).Compare(39, "so soon.")));

    [Fact]
    public void A_choice_is_not_compared_with_a_number()
    {
        Assert.Throws<InvalidOperationException>(() => Prediction.Of("a", "b").Compare(1, ""));
        Assert.Throws<InvalidOperationException>(() => Prediction.Of("a", 1).Compare("b", ""));
    }
}
