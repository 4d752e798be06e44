using Xunit;

namespace Workbook.Tests.Host.Sessions;

public class FailureReportTests
{
    readonly SessionHarness session = new();

    [Fact]
    public async Task A_compile_error_names_file_cell_and_lines_and_points_at_the_source()
    {
        await session.PassAsync("1");
        await session.RunAsync("var a = 1;\nint b = missing;\nstring c = 1;");
        var failure = session.Failure!;
        Assert.Equal((2, 13, 2), (failure.Place!.Cell, failure.Place.Line, failure.Place.LineInCell));
        Assert.Equal(
            [
                "book.dib:13 (cell 2, line 2): error CS0103: The name 'missing' does not exist in the current context",
                    "    int b = missing;", "            ^",
                "book.dib:14 (cell 2, line 3): error CS0029: Cannot implicitly convert type 'int' to 'string'", "    string c = 1;",
                    "               ^",
            ],
            failure.Output.Traceback);
    }

    [Fact]
    public async Task A_long_line_with_thousands_of_errors_is_reported_in_a_few_lines()
    {
        await session.RunAsync($"int F() => 1;{string.Concat(Enumerable.Range(0, 3000).Select(i => $" x{i} = 1;"))}");
        var lines = session.Failure!.Output.Traceback;
        Assert.Contains(lines, l => l == "[2,950 more errors were left out]");
        Assert.True(lines.Sum(l => l.Length) < 40_000, $"{lines.Sum(l => l.Length):N0} characters");
        var at = lines.ToList().FindIndex(l => l.Contains("'x49'"));
        Assert.StartsWith("x49", lines[at + 1][lines[at + 2].IndexOf('^')..]);
    }

    [Theory]
    [InlineData("var q = new int[2];\n\nq[5]", "IndexOutOfRangeException", 3)]
    [InlineData("string s = null;\ns.Length", "NullReferenceException", 2)]
    [InlineData("await Task.Yield();\nthrow new FormatException(\"x\");", "FormatException", 2)]
    [InlineData("int F(int n) => n == 0 ? throw new FormatException() : F(n - 1);\nF(3)", "FormatException", 1)]
    [InlineData("new[] { 0 }.Select(i =>\n    1 / i).ToList()", "DivideByZeroException", 2)]
    [InlineData("Task.Run(() =>\n  throw new FormatException()).Wait();", "FormatException", 2)]
    [InlineData("int.Parse(\"\")", "FormatException", 1)]
    public async Task An_exception_names_the_line_of_the_cell_that_it_came_from(string source, string type, int line)
    {
        await session.RunAsync(source);
        Assert.Equal(type, session.Failure!.Output.Name);
        Assert.Equal((1, line, 9 + line), (session.Failure.Place!.Cell, session.Failure.Place.LineInCell, session.Failure.Place.Line));
        Assert.DoesNotContain(session.Failure.Output.Traceback,
            l => l.Contains("Submission#") || l.Contains("Workbook.Host") || l.Contains("MoveNext"));
    }

    [Fact]
    public async Task A_failure_in_a_function_of_an_earlier_cell_names_the_calling_line_first_and_the_other_in_the_trace()
    {
        await session.PassAsync("void Boom() =>\n    throw new InvalidOperationException(\"why\", new ArgumentException(\"because\"));");
        await session.RunAsync("var a = 1;\nBoom();");
        var failure = session.Failure!;
        Assert.Equal((2, 2), (failure.Place!.Cell, failure.Place.LineInCell));
        Assert.Contains("   at Boom() in book.dib:11 (cell 1, line 2)", failure.Output.Traceback);
        Assert.Contains("   at the cell in book.dib:14 (cell 2, line 2)", failure.Output.Traceback);
        Assert.Contains("caused by System.ArgumentException: because", failure.Output.Traceback);
        Assert.Contains("InvalidOperationException", failure.Types);
        Assert.Contains("System.Exception", failure.Types);
    }
}
