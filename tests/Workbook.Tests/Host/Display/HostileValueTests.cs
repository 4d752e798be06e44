using System.Collections;
using System.Text.Json.Nodes;
using Workbook.Host.Display;
using Workbook.Host.Documents;
using Xunit;

namespace Workbook.Tests.Host.Display;

/// <summary>Whatever a value's own code does, it is shown, and its error in its place.</summary>
public class HostileValueTests
{
    class Speechless
    {
        public override string ToString() => throw new InvalidOperationException("no words");
    }

    class Formattable : IFormattable
    {
        public string ToString(string? format, IFormatProvider? provider) => throw new NotSupportedException("no format");
    }

    class Unreadable : Exception
    {
        public override string Message => throw new InvalidOperationException("no message");
    }

    class Nothing
    {
        public override string? ToString() => null;
    }

    class Liar : ICollection
    {
        public int Count => throw new InvalidOperationException("uncounted");

        public bool IsSynchronized => false;

        public object SyncRoot => this;

        public void CopyTo(Array array, int index) => throw new NotSupportedException();

        public IEnumerator GetEnumerator() => throw new InvalidOperationException("unread");
    }

    class Box(object? inner)
    {
        public object? Inner => inner;

        public object Fails => throw new ArgumentException("never");

        public Span<int> Span => default;
    }

    class Itself : IEnumerable<Itself>
    {
        public IEnumerator<Itself> GetEnumerator()
        {
            while (true) yield return this;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    static IEnumerable<int> Breaks()
    {
        yield return 1;
        yield return 2;
        throw new FormatException("halfway");
    }

    [Fact]
    public void An_error_of_the_values_own_code_stands_in_its_place()
    {
        Assert.Equal("<InvalidOperationException: no words>", Text(new Speechless()));
        Assert.Equal("<NotSupportedException: no format>", Text(new Formattable()));
        Assert.Equal("", Text(new Nothing()));
        Assert.Equal("[1, 2, <FormatException: halfway>]", Text(Breaks()));
        Assert.Equal("[1, <InvalidOperationException: no words>]", Text(new object[] { 1, new Speechless() }));
        Assert.Equal("[<InvalidOperationException: unread>]", Text(new Liar()));
        Assert.Contains("its message cannot be had", Text(new[] { new Unreadable() }));
        Assert.Contains("its message cannot be had", Text(new Unreadable()));
        Assert.Equal("Box { Inner = <InvalidOperationException: no words>, Fails = <ArgumentException: never> }",
            Text(new Box(new Speechless())));
    }

    [Fact]
    public void Rows_that_break_are_shown_up_to_there()
    {
        var rows = new Dictionary<string, object> { ["a"] = Breaks(), ["b"] = new Liar(), ["c"] = new Box(null) };
        var text = Text(rows);
        Assert.Contains("[1, 2, <FormatException: halfway>]", text);
        Assert.Contains("[<InvalidOperationException: unread>]", text);
        Assert.Contains("halfway", Text(new[] { Breaks(), [3] }));
    }

    [Fact]
    public void What_has_no_end_ends()
    {
        Assert.StartsWith("[", Text(new Itself()).Trim());
        Assert.Contains("(cycle)", Text(new object[] { new Box(new Itself()) }));
        var cyclic = new Hashtable();
        cyclic["self"] = cyclic;
        Assert.Contains("(cycle)", Text(cyclic));
        var deep = Enumerable.Range(0, 10_000).Aggregate((object)0, (inner, _) => new Box(inner));
        Assert.Contains("Box …", Text(deep));
    }

    [Fact]
    public void A_text_of_any_length_is_cut_and_says_so()
    {
        var text = Text(new string('x', 12_000_000));
        Assert.EndsWith("\n[2,000,000 more characters were left out]", text);
        Assert.Equal(10_000_000, text.IndexOf('\n'));
        Assert.Equal("a\ufffdb", Text("a\ud83db"));
    }

    [Fact]
    public void Json_may_be_as_deep_as_a_notebook_can_hold_and_is_left_out_where_it_is_deeper()
    {
        var (bundle, said) = Shown(new MimeBundle { ["application/json"] = Deep(200) });
        Assert.NotNull(bundle["application/json"]);
        Assert.Empty(said);
        (bundle, said) = Shown(new MimeBundle { ["application/json"] = Deep(5000), ["text/plain"] = "deep" });
        Assert.Equal(["text/plain"], bundle.Items.Select(i => i.Key));
        Assert.Contains("nested more than 240 deep", said.Single());
        (bundle, said) = Shown(new MimeBundle { ["application/json"] = JsonValue.Create(double.NaN) });
        Assert.Equal("", bundle["text/plain"]!.GetValue<string>());
        Assert.Contains("application/json of a value is left out", said.Single());
    }

    static JsonNode Deep(int levels) =>
        Enumerable.Range(0, levels).Aggregate((JsonNode)JsonValue.Create(1), (inner, _) => new JsonArray(inner));

    static (MimeBundle Bundle, List<string> Said) Shown(object value)
    {
        var said = new List<string>();
        return (Formatter.Format(value, said.Add), said);
    }

    static string Text(object? value) => Formatter.Format(value)["text/plain"]!.GetValue<string>();
}
