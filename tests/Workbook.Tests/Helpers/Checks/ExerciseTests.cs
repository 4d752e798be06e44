using Workbook.Helpers;
using Workbook.Tests.Helpers.Display;
using Xunit;

namespace Workbook.Tests.Helpers.Checks;

[Collection(nameof(Console))]
public sealed class ExerciseTests : IDisposable
{
    public ExerciseTests()
    {
        Exercise.Reset();
        Check.Reset();
        Exercise.Define("01.3", (Func<double, double> square) =>
        {
            Check.Equal("the square of 3", square(3), 9, within: 1e-9, source: "arithmetic");
            Check.Less("the square of ½", square(0.5), 0.5);
        });
        Exercise.Define("01.5", (string[] fates) => Check.True("the first froze", fates[0] == "frozen"));
        Exercise.Define("01.6", (double start) => Check.Greater("the start", start, 2));
    }

    public void Dispose()
    {
        Exercise.Reset();
        Check.Reset();
    }

    static string Of(Func<Verdict> check)
    {
        Verdict? verdict = null;
        Assert.Equal("", Printed.By(() => verdict = check()));
        Assert.Empty(Check.Rows);
        return verdict!.ToString();
    }

    static double Unwritten(double x) => throw new NotImplementedException();

    [Fact]
    public void What_is_not_written_yet_fails_nothing()
    {
        const string open = ": not written yet. Write it in the cell above, run that cell, then this one again.";
        Assert.Equal("Exercise 01.3" + open, Of(() => Exercise.Check("01.3", Unwritten)));
        Assert.Equal("Exercise 01.5" + open, Of(() => Exercise.Check("01.5", new[] { "", " " })));
        Assert.Equal("Exercise 01.6" + open, Of(() => Exercise.Check("01.6", double.NaN)));
        Assert.Equal("Exercise 01.3" + open, Of(() => Exercise.Check<Func<double, double>?>("01.3", null)));
    }

    [Fact]
    public void What_is_wrong_is_told_and_what_holds_before_it()
    {
        Assert.Equal("Exercise 01.3: not yet. the square of 3: 6 (reference 9, arithmetic; |difference| 3 > allowed 1e-9).",
            Of(() => Exercise.Check("01.3", (double x) => 2 * x)));
        Assert.Equal("Exercise 01.3: not yet. the square of ½: 1.5 (expected < 0.5). What holds so far: the square of 3.",
            Of(() => Exercise.Check("01.3", (double x) => x > 1 ? x * x : 3 * x)));
    }

    [Fact]
    public void What_the_readers_code_throws_is_told_and_ends_nothing() =>
        Assert.Equal("Exercise 01.3: not yet. Your code threw InvalidTimeZoneException: no time.",
            Of(() => Exercise.Check("01.3", double (double x) => throw new InvalidTimeZoneException("no time"))));

    [Fact]
    public void What_is_right_is_right_by_every_rule()
    {
        Assert.Equal("Exercise 01.3: right: the square of 3; the square of ½.", Of(() => Exercise.Check("01.3", (double x) => x * x)));
        Assert.Equal("Exercise 01.5: right: the first froze.", Of(() => Exercise.Check("01.5", new[] { "frozen", "" })));
        Assert.Equal("Exercise 01.6: right: the start.", Of(() => Exercise.Check("01.6", 3)));
    }

    [Fact]
    public void The_html_says_its_state()
    {
        Assert.StartsWith("<div class=\"wb-exercise\" data-name=\"01.3\" data-state=\"open\"><p class=\"wb-verdict\">"
            + "<strong>Exercise 01.3</strong>: not written yet.", Shown.As("text/html", Exercise.Check("01.3", Unwritten)));
        Assert.Contains("data-state=\"wrong\"", Shown.As("text/html", Exercise.Check("01.3", (double x) => x)));
        Assert.Contains("data-state=\"right\"", Shown.As("text/html", Exercise.Check("01.3", (double x) => x * x)));
    }

    [Fact]
    public void A_solution_is_checked_as_the_notebook_is()
    {
        Assert.Equal("✓ the square of 3: 9 (reference 9, arithmetic; |difference| 0 ≤ 1e-9)\n✓ the square of ½: 0.25 (< 0.5)",
            Printed.By(() => Exercise.Solution("01.3", (double x) => x * x)).ReplaceLineEndings("\n"));
        Assert.Equal(2, Check.Rows.Count);
        Printed.By(() => Assert.Throws<CheckException>(() => Exercise.Solution("01.3", (double x) => x)));
        Printed.By(() => Assert.Throws<NotImplementedException>(() => Exercise.Solution("01.3", Unwritten)));
    }

    [Fact]
    public void Rules_that_never_call_the_function_are_no_rules()
    {
        Exercise.Define("01.7", (Func<double, double> f) => Check.True("all is well", true));
        Printed.By(() => Assert.Contains("expected rules that fail for a function that is not written",
            Assert.Throws<CheckException>(() => Exercise.Solution("01.7", (double x) => x)).Message));
    }

    delegate double Map(double x);

    [Fact]
    public void A_function_of_the_same_parameters_may_be_another_delegate()
    {
        Map square = x => x * x;
        Assert.EndsWith("right: the square of 3; the square of ½.", Of(() => Exercise.Check("01.3", square)));
    }

    [Fact]
    public void A_name_that_is_not_there_is_an_error_with_the_names_that_are()
    {
        Assert.Contains("defined: 01.3, 01.5, 01.6. Received: \"01.4\". Run the cell with Exercise.Define(\"01.4\", …) first",
            Assert.Throws<KeyNotFoundException>(() => Exercise.Check("01.4", Unwritten)).Message);
        Assert.Throws<KeyNotFoundException>(() => Exercise.Solution("01.4", 1));
        Exercise.Reset();
        Assert.Contains("defined: none is.", Assert.Throws<KeyNotFoundException>(() => Exercise.Check("01.3", 1)).Message);
    }

    [Fact]
    public void A_name_is_defined_once_but_its_cell_may_run_again()
    {
        for (var i = 0; i < 2; i++) Exercise.Define("02.1", (double x) => Check.Less("x", x, 1));
        Assert.Contains("Received: \"02.1\", which has other rules.",
            Assert.Throws<ArgumentException>(() => Exercise.Define("02.1", (double x) => Check.Less("x", x, 2))).Message);
        Assert.Throws<ArgumentException>(() => Exercise.Define(" ", (double x) => Check.Less("x", x, 2)));
    }

    [Fact]
    public void Another_type_is_an_error_that_names_both()
    {
        Assert.Contains("Exercise 01.3: expected Func<double, double>. Received: Func<double, double, double>.",
            Assert.Throws<ArgumentException>(() => Exercise.Check("01.3", (double x, double y) => x)).Message);
        Assert.Contains("Exercise 01.5: expected string[]. Received: string.",
            Assert.Throws<ArgumentException>(() => Exercise.Check("01.5", "frozen")).Message);
    }
}
