using Workbook.Host.Language;
using Xunit;

namespace Workbook.Tests.Host.Language;

public class CompletenessTests
{
    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("var x = 1;")]
    [InlineData("1 +\n2")]
    [InlineData("// comment")]
    [InlineData("if (a) { b(); }")]
    [InlineData("await Task.Delay(1)")]
    [InlineData("undefined.Name(1)")]
    [InlineData("#r \"nuget: Plotly.NET, 6.0.0\"")]
    [InlineData("#!time\nvar x = 1;")]
    [InlineData("#if DEBUG\nx\n#endif")]
    [InlineData("namespace A { class B { } }")]
    [InlineData("public static class E { public static int P(this int a) => a; }")]
    public void What_can_be_run_is_complete(string code) => Assert.Equal(new Completeness("complete", ""), CompletenessCheck.Of(code));

    /// <summary>The compiler takes seconds over some of them, and its editor services half a minute.</summary>
    [Theory]
    [InlineData("(")]
    [InlineData("$\"{")]
    [InlineData("x=>(")]
    [InlineData("A<")]
    public void Of_code_that_nests_deep_nothing_is_said(string part) =>
        Assert.Equal(new Completeness("unknown", ""), CompletenessCheck.Of(string.Concat(Enumerable.Repeat(part, 1000))));

    [Theory]
    [InlineData("var x = 1", "")]
    [InlineData("var x =", "    ")]
    [InlineData("var x = Sum(", "    ")]
    [InlineData("var x = Sum(\n    1,", "    ")]
    [InlineData("int[] a = [1, 2", "")]
    [InlineData("x +", "")]
    [InlineData("xs.Select(x =>", "    ")]
    [InlineData("if (a)", "    ")]
    [InlineData("if (a) b(); else", "    ")]
    [InlineData("do", "    ")]
    [InlineData("do { } while (true)", "")]
    [InlineData("foreach (var x in xs) {", "    ")]
    [InlineData("foreach (var x in xs)\n{\n    if (x > 1)", "        ")]
    [InlineData("foreach (var x in xs)\n{\n    y();\n", "    ")]
    [InlineData("class A\n{\n    int F() =>", "        ")]
    [InlineData("namespace A {", "    ")]
    [InlineData("    var s = @\"text", "")]
    [InlineData("    var s = \"\"\"\n    text", "")]
    [InlineData("    var s = $$\"\"\"\n    text", "")]
    [InlineData("    /* comment", "")]
    [InlineData("#if DEBUG\nvar x = 1;", "")]
    [InlineData("#!time\nif (a) {", "    ")]
    public void What_can_be_continued_is_incomplete_and_says_how_deep_the_next_line_stands(string code, string indent) =>
        Assert.Equal(new Completeness("incomplete", indent), CompletenessCheck.Of(code));

    [Theory]
    [InlineData("var x = );")]
    [InlineData("var x = )")]
    [InlineData("}")]
    [InlineData("Sum(1 2")]
    [InlineData("var s = \"text")]
    [InlineData("var c = 'ab';")]
    [InlineData("#!frob\nx")]
    public void What_no_further_line_can_mend_is_invalid(string code) =>
        Assert.Equal(new Completeness("invalid", ""), CompletenessCheck.Of(code));
}
