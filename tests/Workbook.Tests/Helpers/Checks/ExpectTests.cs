using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Checks;

[Collection(nameof(Console))]
public class ExpectTests
{
    static (string Printed, string Warned) During(string[] words, Action act)
    {
        var printed = "";
        var warned = ErrorStream.Of(() => printed = Printed.By(() =>
        {
            using (Expect.Warnings(words)) act();
        }));
        return (printed, warned);
    }

    static void Warn(string message) => Warnings.Once(Guid.NewGuid().ToString(), message);

    [Fact]
    public void Expected_warnings_are_counted_by_their_text_and_not_written()
    {
        var (printed, warned) = During(["IS NOT trained"], () =>
        {
            Warn("b is not trained.");
            for (var i = 0; i < 9; i++) Warn("a is not trained.");
            for (var i = 0; i < 2; i++) Warn("b is not trained.");
        });
        Assert.Equal("12 warnings, as expected: \"a is not trained\" 9 times; \"b is not trained\" 3 times.", printed);
        Assert.Equal("", warned);
    }

    [Fact]
    public void One_warning_is_one_and_of_many_texts_three_are_shown()
    {
        Assert.Equal("1 warning, as expected: \"a\" once.", During([], () => Warn("a.")).Printed);
        var (printed, _) = During([], () =>
        {
            foreach (var text in "abcde") Warn($"{text}.");
        });
        Assert.Equal("5 warnings, as expected: \"a\" once; \"b\" once; \"c\" once; and 2 other texts.", printed);
        Assert.EndsWith("word …\" once.", During([], () => Warn(string.Join(" ", Enumerable.Repeat("word", 50)))).Printed);
    }

    [Fact]
    public void A_warning_that_says_something_else_is_written()
    {
        var (printed, warned) = During(["frozen"], () =>
        {
            Warn("a is frozen.");
            Warn("b is below 0.");
        });
        Assert.StartsWith("1 warning, as expected", printed);
        Assert.Equal("Warning: b is below 0.", warned.TrimEnd());
    }

    [Fact]
    public void A_warning_that_does_not_come_fails_the_run()
    {
        var (printed, warned) = During(["frozen", "left"], () => Warn("b is below 0."));
        Assert.StartsWith("✗ Expected a warning that says \"frozen\" or \"left\". Received: none.", printed);
        Assert.Contains("b is below 0.", warned);
    }

    [Fact]
    public void What_was_said_before_is_said_again_to_who_expects_it_and_is_not_remembered_after()
    {
        var variable = new object();
        void Once() => Warnings.Once("frozen", "it is frozen.", variable);
        Assert.Equal("Warning: it is frozen.", ErrorStream.Of(Once).TrimEnd());
        Assert.Equal("1 warning, as expected: \"it is frozen\" once.", During([], () =>
        {
            Once();
            Once();
        }).Printed);
        var other = new object();
        During([], () => Warnings.Once("frozen", "it is frozen.", other));
        Assert.Equal("Warning: it is frozen.", ErrorStream.Of(() => Warnings.Once("frozen", "it is frozen.", other)).TrimEnd());
    }

    [Fact]
    public void Warnings_of_tasks_count_and_others_do_not()
    {
        var outside = "";
        var (printed, _) = During([], () =>
        {
            Parallel.For(0, 8, _ => Warn("inside"));
            using (ExecutionContext.SuppressFlow())
            {
                var thread = new Thread(() => outside = ErrorStream.Of(() => Warn("outside")));
                thread.Start();
                thread.Join();
            }
        });
        Assert.Equal("8 warnings, as expected: \"inside\" 8 times.", printed);
        Assert.Equal("Warning: outside", outside.TrimEnd());
    }

    [Fact]
    public void One_expectation_in_another_hears_first()
    {
        var (printed, warned) = During([], () =>
        {
            using (Expect.Warnings("a")) Warn("a");
            Warn("b");
        });
        Assert.Equal("1 warning, as expected: \"a\" once.\n1 warning, as expected: \"b\" once.", printed.ReplaceLineEndings("\n"));
        Assert.Equal("", warned);
    }

    [Fact]
    public void Blank_words_expect_nothing() => Assert.Throws<ArgumentException>(() => Expect.Warnings("a", " "));
}
