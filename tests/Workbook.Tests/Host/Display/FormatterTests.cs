using System.Globalization;
using Workbook.Host.Display;
using Xunit;

namespace Workbook.Tests.Host.Display;

public class FormatterTests
{
    record Point(double X, double Y);

    record Node(string Name)
    {
        public Node? Next { get; set; }
    }

    class Plain;

    class Described
    {
        public int Hidden => 1;

        public override string ToString() => "described";
    }

    class Throws
    {
        public int Value => throw new InvalidOperationException("not now");
    }

    [Fact]
    public void Null_is_shown_as_null_in_angle_brackets() => Assert.Equal("<null>", Text(null));

    [Fact]
    public void A_string_is_shown_as_it_is_without_html()
    {
        Assert.Equal("a <b>\n c", Text("a <b>\n c"));
        Assert.Null(Html("a <b>"));
    }

    [Fact]
    public void A_number_is_shown_in_full_and_in_the_invariant_culture()
    {
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = german;
        try
        {
            Assert.Equal("0.30000000000000004", Text(0.1 + 0.2));
            Assert.Equal("[0.3, 1.5]", Text(new[] { 0.1 + 0.2, 1.5 }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1234567.89, "1234568")]
    [InlineData(12.3456789, "12.3457")]
    [InlineData(-0.00012345678, "-0.000123457")]
    [InlineData(1.5e-9, "1.5e-9")]
    [InlineData(2e20, "2e+20")]
    [InlineData(double.NaN, "NaN")]
    public void Inside_a_list_a_number_keeps_six_significant_digits(double value, string expected) =>
        Assert.Equal($"[{expected}]", Text(new[] { value }));

    [Fact]
    public void A_list_of_scalars_is_one_line_that_stops_after_twenty_items()
    {
        Assert.Equal("[1, 2, 3]", Text(new List<int> { 1, 2, 3 }));
        Assert.Equal("[" + string.Join(", ", Enumerable.Range(0, 20)) + ", …]", Text(Naturals()));
    }

    [Fact]
    public void A_sequence_of_records_is_a_table_in_text_and_in_html()
    {
        var points = new[] { new Point(1, 2.5), new Point(-3, 0) };
        Assert.Equal(" X    Y\n--  ---\n 1  2.5\n-3    0", Text(points));
        Assert.Equal(
            "<table><thead><tr><th scope=\"col\" class=\"num\">X</th><th scope=\"col\" class=\"num\">Y</th></tr></thead>"
            + "<tbody><tr><td class=\"num\">1</td><td class=\"num\">2.5</td></tr><tr><td class=\"num\">-3</td><td "
                + "class=\"num\">0</td></tr></tbody></table>", Html(points));
    }

    [Fact]
    public void A_table_shows_twenty_rows_and_says_how_many_there_are()
    {
        var points = Enumerable.Range(0, 100).Select(i => new Point(i, i)).ToList();
        Assert.EndsWith("\n… 20 of 100 rows are shown", Text(points));
        Assert.EndsWith("\n… the first 20 rows are shown", Text(points.Where(p => p.X >= 0)));
    }

    [Fact]
    public void An_endless_sequence_of_records_ends() =>
        Assert.Contains("the first 20 rows", Text(Naturals().Select(i => new Point(i, i))));

    [Fact]
    public void A_sequence_that_is_computed_as_it_is_read_is_read_once_and_no_further_than_shown()
    {
        var read = 0;
        Formatter.Format(Naturals().Select(i => new Point(i, read++)));
        Assert.Equal(21, read);
        Assert.Equal("Key  Value\n---  -----\nBo       4",
            Text(new Dictionary<string, int> { ["Ann"] = 30, ["Bo"] = 4 }.Where(p => p.Value < 10)));
    }

    [Fact]
    public void Objects_of_several_types_share_a_table_with_the_columns_of_all()
    {
        var text = Text(new object[] { new { A = 1 }, new { B = "x" } });
        Assert.Equal("A  B\n-  -\n1\n   x", text);
    }

    [Fact]
    public void Tuples_are_rows_too() => Assert.StartsWith("Item1  Item2", Text(new[] { (1, "a"), (2, "b") }));

    [Fact]
    public void A_dictionary_is_a_table_of_keys_and_values()
    {
        var ages = new Dictionary<string, int> { ["Ann"] = 30, ["Bo"] = 4 };
        Assert.Equal("Key  Value\n---  -----\nAnn     30\nBo       4", Text(ages));
        Assert.Contains("<th scope=\"row\">Ann</th><td class=\"num\">30</td>", Html(ages));
    }

    [Fact]
    public void A_matrix_is_a_grid()
    {
        var matrix = new[,] { { 1.0, 0.5 }, { -2, 10 } };
        Assert.Equal(" 1  0.5\n-2   10", Text(matrix));
        Assert.StartsWith("<table><tbody><tr><td class=\"num\">1</td>", Html(matrix));
    }

    [Fact]
    public void A_large_matrix_is_cut_in_both_directions() =>
        Assert.EndsWith("… 20 of 30 rows are shown; … 20 of 25 columns are shown", Text(new int[30, 25]));

    [Fact]
    public void Rows_of_numbers_are_a_grid_even_when_they_differ_in_length() =>
        Assert.Equal("1  2\n3", Text(new[] { new[] { 1, 2 }, [3] }));

    [Fact]
    public void A_cube_is_nested_brackets() => Assert.Equal("[[[1], [2]]]", Text(new[, ,] { { { 1 }, { 2 } } }));

    [Fact]
    public void A_record_is_one_line_of_text_and_a_table_of_its_properties()
    {
        Assert.Equal("Point { X = 1, Y = 2 }", Text(new Point(1, 2)));
        Assert.Equal("{ A = 1, B = [1, 2] }", Text(new { A = 1, B = new[] { 1, 2 } }));
        Assert.Contains("<th scope=\"row\">X</th><td>1</td>", Html(new Point(1, 2))!.Replace(" class=\"num\"", ""));
    }

    [Fact]
    public void An_object_with_a_ToString_of_its_own_shows_that_and_no_html()
    {
        Assert.Equal("described", Text(new Described()));
        Assert.Null(Html(new Described()));
        Assert.Equal("[described]", Text(new[] { new Described() }));
    }

    [Fact]
    public void An_object_without_members_shows_its_type() => Assert.Equal("Plain", Text(new Plain()));

    [Fact]
    public void A_cyclic_object_ends()
    {
        var node = new Node("a");
        node.Next = new Node("b") { Next = node };
        Assert.Equal("Node { Name = a, Next = Node { Name = b, Next = (cycle) } }", Text(node));
        var list = new List<object>();
        list.Add(list);
        Assert.Equal("[(cycle)]", Text(list).Trim());
    }

    [Fact]
    public void A_deep_object_ends_after_three_levels()
    {
        var node = Enumerable.Range(0, 10).Aggregate((Node?)null, (next, i) => new Node($"{i}") { Next = next });
        Assert.Equal("Node { Name = 9, Next = Node { Name = 8, Next = Node { Name = 7, Next = Node … } } }", Text(node));
    }

    [Fact]
    public void A_getter_that_throws_shows_its_error() =>
        Assert.Equal("Throws { Value = <InvalidOperationException: not now> }", Text(new Throws()));

    [Fact]
    public void An_exception_shows_its_message_first_and_its_stack_behind_it()
    {
        var error = new InvalidOperationException("a < b");
        Assert.StartsWith("System.InvalidOperationException: a < b", Text(error));
        Assert.StartsWith("<details><summary>InvalidOperationException: a &lt; b</summary>", Html(error));
    }

    [Fact]
    public void A_running_task_is_not_waited_for() =>
        Assert.Equal("Task<int> (WaitingForActivation)", Text(new TaskCompletionSource<int>().Task));

    [Fact]
    public void Text_in_a_table_is_escaped_in_html() =>
        Assert.Contains("<td>&lt;script&gt;</td>", Html(new[] { new { Code = "<script>" } }));

    static string Text(object? value) => Formatter.Format(value)["text/plain"]!.GetValue<string>();

    static string? Html(object? value) => Formatter.Format(value)["text/html"]?.GetValue<string>();

    static IEnumerable<int> Naturals()
    {
        for (var i = 0; ; i++) yield return i;
    }
}
