using Xunit;

namespace Workbook.Tests.Host.Language;

[Collection(TypingSession.Collection)]
public sealed class InspectionTests(TypingSession session)
{
    [Theory]
    [InlineData("weig|hts", "Tensor weights")]
    [InlineData("weights|", "Tensor weights")]
    [InlineData("anony|mous", "new { int Apples }")]
    [InlineData("Math.P|I", "3.141592653589793")]
    [InlineData("Pai|r", "record")]
    [InlineData("keras.layers.Den|se(1)", "Fully connected layer")]
    [InlineData("keras.layers.Dense(1, kernel_regu|larizer: null)", "A penalty on the kernel")]
    [InlineData("Console.Write|Line(1)", "void Console.WriteLine(int value)")]
    [InlineData("Console.Write|Line(1)", "followed by the current line terminator")]
    [InlineData("new List<in|t>()", "Represents a 32-bit signed integer.")]
    [InlineData("shelf.Books.Cou|nt", "Gets the number of elements")]
    [InlineData("display(1).Upd|ate(2)", "Shows another value in the same place")]
    public async Task A_name_is_described_with_its_documentation(string text, string expected) =>
        Assert.Contains(expected, await session.InspectAsync(text));

    [Theory]
    [InlineData("Twice(|", "double Twice(double x)")]
    [InlineData("tf.matmul(|", "KerasTensor tf.matmul(")]
    [InlineData("Twice(|)", "→ x: What to double.")]
    [InlineData("Twice(|", "Doubles a number.")]
    [InlineData("keras.layers.Dense(|", "→ units: The length")]
    [InlineData("keras.layers.Dense(4, |)", "→ activation:")]
    [InlineData("keras.layers.Dense(4, kernel_regularizer: |", "→ kernel_regularizer: A penalty")]
    [InlineData("keras.layers.Dense(4, kernel_regularizer: keras.regularizers.l2(|", "→ l2: The strength")]
    [InlineData("string.Join(\", \", |)", "string string.Join(string? separator, params string?[] value)")]
    [InlineData("string.Join(\", \", \"a\", \"b\", |)", "→ value")]
    [InlineData("new Pair(1, |)", "Pair(int First, string Second)")]
    [InlineData("new Pair(1, |)", "→ Second")]
    [InlineData("var n = new List<int>()[|", "int List<int>.this[int index]")]
    [InlineData("Func<int, int> f = n => n;\nf(|", "Func<int, int>.Invoke(int arg)")]
    [InlineData("shelf.Books.Select(|", "→ selector:")]
    [InlineData("#!time\nTwice(|", "→ x")]
    [InlineData("Console.WriteLine(\"{0}\", |", "void Console.WriteLine(string format, object? arg0)")]
    public async Task In_an_argument_list_the_call_is_described_and_its_parameter_marked(string text, string expected) =>
        Assert.Contains(expected, await session.InspectAsync(text));

    [Theory]
    [InlineData("|")]
    [InlineData("1 + |2")]
    [InlineData("// wei|ghts")]
    [InlineData("\"wei|ghts\"")]
    [InlineData("nothing_is_called_this|")]
    [InlineData("Twice(1) |")]
    [InlineData("Run(() => { | });")]
    public async Task Where_there_is_nothing_nothing_is_said(string text) => Assert.Null(await session.InspectAsync(text));

    [Fact]
    public async Task More_detail_adds_exceptions_and_every_overload()
    {
        var (brief, full) = (await session.InspectAsync("Console.WriteLine(1|)"),
            await session.InspectAsync("Console.WriteLine(1|)", detail: 1));
        Assert.Contains("and 11 more", brief);
        Assert.DoesNotContain("IOException", brief);
        Assert.Contains("IOException: An I/O error occurred.", full);
        Assert.Contains("Console.WriteLine(string format, params ReadOnlySpan<object?> arg)", full);
    }

    [Fact]
    public async Task A_long_signature_has_a_line_for_each_parameter() =>
        Assert.StartsWith("Dense layers.Dense(\n    int units,\n    ActivationFunction? activation = null,\n",
            await session.InspectAsync("keras.layers.Dense(|"));

    [Fact]
    public async Task Inherited_documentation_is_shown()
    {
        // The summary is Display's own, the parameter's text that of display, from which it inherits.
        var text = await session.InspectAsync("1.Disp|lay()");
        Assert.Contains("Shows this value at once.", text);
        Assert.Contains("mimeTypes: The representations to keep", text);
    }
}
