using Workbook.Host.Export.Folds;
using Xunit;

namespace Workbook.Tests.Host.Export.Folds;

public class CheckCodeTests
{
    [Theory]
    [InlineData("var a = 1;\nCheck.Equal(\"a\", a, 1);", "var a = 1; | ✓Check.Equal(\"a\", a, 1);")]
    [InlineData("Check.True(\"a\", true);\nCheck.True(\"b\", true);", "✓Check.True(\"a\", true); Check.True(\"b\", true);")]
    [InlineData("a();\n// why\nCheck.Less(\"a\", 1,\n    2);\nb()", "a(); | ✓// why Check.Less(\"a\", 1,     2); | b()")]
    [InlineData("foreach (var x in xs) Check.True(\"x\", x);\nfor (;;) { Check.True(\"y\", y); }",
        "✓foreach (var x in xs) Check.True(\"x\", x); for (;;) { Check.True(\"y\", y); }")]
    [InlineData("foreach (var x in xs) { b(); Check.True(\"x\", x); }", "foreach (var x in xs) { b(); Check.True(\"x\", x); }")]
    [InlineData("using System;\n#r \"x.dll\"\nCheck.Table()", "using System; #r \"x.dll\" Check.Table()")]
    [InlineData("var c = Check.Table();\nmine.Check.Equal(1);", "var c = Check.Table(); mine.Check.Equal(1);")]
    [InlineData("", "")]
    [InlineData("}{ not code", "}{ not code")]
    public void Statements_that_only_check_are_told_from_the_rest(string code, string expected)
    {
        var pieces = CheckCode.Split(code);
        Assert.Equal(expected, string.Join(" | ", pieces.Select(p => (p.IsCheck ? "✓" : "") + p.Text.Replace('\n', ' '))));
        Assert.Equal(Enumerable.Range(0, pieces.Count), pieces.Select(p => p.Number));
        Assert.Equal(Words(code), Words(string.Join('\n', pieces.Select(p => p.Text))));
    }

    static string Words(string code) => string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
