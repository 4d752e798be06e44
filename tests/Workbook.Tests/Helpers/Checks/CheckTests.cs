using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Checks;

/// <summary>Checks print to the console and record rows for the process, so these tests do not run beside others that do.</summary>
[Collection(nameof(Console))]
public class CheckTests
{
    [Fact]
    public void A_number_within_the_tolerance_passes_with_one_line()
    {
        var line = Printed.By(() => Check.Equal("t₀", 0.88889, 0.888889, within: 1e-3, source: "closed form"));
        Assert.Equal("✓ t₀: 0.88889 (reference 0.888889, closed form; |difference| 1e-6 ≤ 0.001)", line);
    }

    [Fact]
    public void A_relative_tolerance_is_measured_against_the_reference()
    {
        Printed.By(() => Check.Equal("α", 1001, 1000, relative: 1.01e-3));
        Assert.Throws<CheckException>(() => Printed.By(() => Check.Equal("α", 1001, 1000, relative: 0.99e-3)));
    }

    [Fact]
    public void A_number_outside_the_tolerance_prints_its_line_and_throws()
    {
        var error = Assert.Throws<CheckException>(() => Printed.By(() => Check.Equal("λ", 0.5, 0.4, within: 0.05, source: "scikit-learn")));
        Assert.Equal("λ: 0.5 (reference 0.4, scikit-learn; |difference| 0.1 > allowed 0.05)", error.Message);
    }

    [Fact]
    public void A_failed_check_is_printed_with_a_cross_and_recorded()
    {
        Check.Reset();
        var line = Printed.By(() => Assert.Throws<CheckException>(() => Check.Equal("steps", 40, 39)));
        Assert.Equal("✗ steps: 40 (reference 39; exact)", line);
        Assert.False(Assert.Single(Check.Rows).Passed);
    }

    [Fact]
    public void A_step_that_never_came_equals_no_reference()
    {
        int? never = null;
        var error = Assert.Throws<CheckException>(() => Printed.By(() => Check.Equal("crossing", never, 39)));
        Assert.Equal("crossing: none (reference 39; exact)", error.Message);
    }

    [Fact]
    public void Not_a_number_never_passes()
    {
        foreach (Action check in new[]
        {
            () => Check.Equal("x", double.NaN, 0, within: 1e9),
            () => Check.Equal("x", 0, double.NaN, within: 1e9),
            () => Check.Less("x", double.NaN, 1),
            () => Check.Greater("x", double.NaN, 1),
        })
            Assert.Throws<CheckException>(() => Printed.By(check));
    }

    [Fact]
    public void Bounds_are_strict()
    {
        Assert.Equal("✓ loss: -31 (< 0)", Printed.By(() => Check.Less("loss", -31, 0)));
        Assert.Throws<CheckException>(() => Printed.By(() => Check.Less("loss", 0, 0)));
        Assert.Throws<CheckException>(() => Printed.By(() => Check.Greater("loss", 0, 0)));
    }

    [Fact]
    public void A_statement_that_does_not_hold_throws()
    {
        Assert.Equal("✓ λ trains: true (Keras)", Printed.By(() => Check.True("λ trains", true, "Keras")));
        Assert.Throws<CheckException>(() => Printed.By(() => Check.True("λ trains", false)));
    }

    [Fact]
    public void What_must_be_raised_is_named_with_its_message_and_becomes_a_row()
    {
        Check.Reset();
        Assert.Equal("✓ division: DivideByZeroException, \"no\" (arithmetic)",
            Printed.By(() => Check.Raises<ArithmeticException>("division", () => throw new DivideByZeroException("no"), "arithmetic")));
        Assert.Equal([["division", "DivideByZeroException", "ArithmeticException", "arithmetic", "", "", "✓"]], Check.Table().Rows);
    }

    [Fact]
    public void A_check_that_a_second_run_repeats_is_one_row_and_a_new_result_another()
    {
        Check.Reset();
        Printed.By(() =>
        {
            Check.Equal("slope", 2.0, 2.0, within: 0.1, source: "R");
            Check.Equal("slope", 2.0, 2.0, within: 0.1, source: "R");
            Check.Equal("slope", 2.05, 2.0, within: 0.1, source: "R");
            for (var run = 0; run < 2; run++) Check.True("it falls", true);
        });
        Assert.Equal(5, Check.Rows.Count);
        Assert.Equal(["2", "2.05", "true"], Check.Table().Rows.Select(r => r[1]));
        Assert.Single(Check.Table(CheckKind.Claim).Rows);
        Check.Reset();
    }

    [Fact]
    public void What_raises_nothing_or_another_exception_fails_and_keeps_that_exception()
    {
        var silent = Assert.Throws<CheckException>(() => Printed.By(() => Check.Raises<FormatException>("parsing", () => { })));
        Assert.Equal("parsing: nothing was raised (expected FormatException)", silent.Message);
        var other = Assert.Throws<CheckException>(
            () => Printed.By(() => Check.Raises<FormatException>("parsing", () => throw new ArgumentException("x"), "book")));
        Assert.Equal("parsing: ArgumentException, \"x\" (expected FormatException, book)", other.Message);
        Assert.IsType<ArgumentException>(other.InnerException);
    }

    [Fact]
    public void One_tolerance_must_be_stated()
    {
        Assert.Throws<ArgumentException>(() => Check.Equal("x", 1.0, 1.0));
        Assert.Throws<ArgumentException>(() => Check.Equal("x", 1.0, 1.0, within: 1, relative: 1));
    }

    [Fact]
    public void The_table_has_one_row_for_each_check()
    {
        Check.Reset();
        Printed.By(() =>
        {
            Check.Equal("a", 1.25, 1, within: 0.5, source: "book");
            Check.Less("b", 1, 2);
            Check.True("c", true);
        });
        Assert.Equal(
            [["a", "1.25", "1", "book", "0.25", "0.5", "✓"], ["b", "1", "< 2", "", "", "", "✓"], ["c", "true", "true", "", "", "", "✓"]],
                Check.Table().Rows);
    }

    [Fact]
    public void Tensors_are_compared_by_their_largest_difference()
    {
        var ours = tf.constant(new[] { 1.0, 2.5 });
        Assert.Equal("✓ w: 1, 2.5 (reference 1, 2; |difference| 0.5 ≤ 0.5)",
            Printed.By(() => Check.Equal("w", ours, tf.constant(new[] { 1.0, 2.0 }), within: 0.5)));
        Assert.Throws<CheckException>(() => Printed.By(() => Check.Equal("w", ours, tf.constant(new[] { 1.0, 2.0 }), relative: 0.24)));
        Assert.Throws<CheckException>(() => Printed.By(() => Check.Equal("w", tf.constant(new[] { double.NaN, 1 }), 1, within: 1e9)));
        Assert.Throws<ArgumentException>(() => Check.Equal("w", ours, tf.constant(new[] { 1.0, 2.0, 3.0 }), within: 1));
    }

    [Fact]
    public void A_tensor_may_be_compared_with_one_number_in_all_its_digits() =>
        Assert.StartsWith("✓ w:", Printed.By(() => Check.Equal("w", tf.Variable(new[] { 0.1, 0.1 }), 0.1, within: 0)));

    [Fact]
    public void A_row_is_ground_truth_when_it_names_a_source_and_is_met_within_a_tenth()
    {
        Check.Reset();
        Printed.By(() =>
        {
            Check.Equal("value", 2.0, 2.01, within: 0.2, source: "R");
            Check.Equal("relative", 2.0, 2.01, relative: 0.1, source: "R");
            Check.Equal("count", 39, 39, "numpy");
            Check.Equal("zero", 0.0, 0.0, within: 5, source: "closed form");
            Check.Equal("no source", 2.0, 2.0, within: 0.001);
            Check.Equal("count without a source", 9, 9);
            Check.Equal("size only", 1.117, 1, within: 0.15, source: "Adam");
            Check.Equal("size only, relative", 1.117, 1, relative: 0.15, source: "Adam");
            Check.Less("bound", 1, 2, "R");
            Check.True("statement", true, "R");
        });
        Assert.Equal(["value", "relative", "count", "zero"], Check.Table(CheckKind.GroundTruth).Rows.Select(r => r[0]));
        var claims = Check.Table(CheckKind.Claim);
        Assert.Equal(["claim", "ours", "expected", "why", "passed"], claims.Columns);
        Assert.Equal(["no source", "count without a source", "size only", "size only, relative", "bound", "statement"],
            claims.Rows.Select(r => r[0]));
        Assert.Equal(["1.117", "1 ± 0.15", "Adam", "✓"], claims.Rows[2].Skip(1));
        Assert.Equal(["1", "< 2", "R", "✓"], claims.Rows[4].Skip(1));
        Assert.Equal(Check.Rows.Count, Check.Table().Rows.Count);
        Check.Reset();
    }
}
