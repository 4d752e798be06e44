using Xunit;

namespace Workbook.Tests.Host.Sessions;

/// <summary>What a program may say at its top and the script dialect refuses.</summary>
public class DialectTests
{
    const string Noisy =
        "class Noisy(string name) : IDisposable, IAsyncDisposable\n{\n    public string Name => name;\n    public void Dispose() => "
            + "display($\"-{name}\");\n"
        + "    public ValueTask DisposeAsync() { display($\"~{name}\"); return default; }\n}\n";

    readonly SessionHarness session = new();

    [Fact]
    public async Task Using_declarations_live_to_the_end_of_their_cell_and_are_disposed_in_reverse()
    {
        await session.PassAsync(Noisy);
        Assert.Equal("ab",
            await session.PassAsync(
                "using var a = new Noisy(\"a\");\nawait using Noisy b = new(\"b\");\ndisplay(\"in\");\nvar both = a.Name + b.Name;\nboth"));
        Assert.Equal("in~b-a", Written);
        Assert.Equal("a", await session.PassAsync("a.Name"));
        Assert.Equal("", Written);
        Assert.Equal("c", await session.PassAsync("using Noisy c = new(\"c\"), d = new(\"d\");\nreturn c.Name;"));
        Assert.Equal("-d-c", Written);
    }

    [Fact]
    public async Task A_cell_that_fails_disposes_what_it_has_made_and_names_its_own_line()
    {
        await session.PassAsync(Noisy);
        await session.RunAsync("using var a = new Noisy(\"a\");\nvar n = int.Parse(\"x\");\nusing var b = new Noisy(\"b\");");
        Assert.Equal("FormatException", session.Failure!.Output.Name);
        Assert.Equal(2, session.Failure.Place!.LineInCell);
        Assert.Equal("-a", Written);
    }

    [Theory]
    [InlineData("using var a = 5;", "CS1674")]
    [InlineData("await using var a = new System.IO.StringReader(\"\");", "CS8410")]
    public async Task What_cannot_be_disposed_is_refused_as_the_compiler_would(string source, string id)
    {
        await session.RunAsync(source);
        Assert.StartsWith(id, session.Failure!.Output.Message);
        Assert.Contains("implicitly convertible to 'System.I", session.Failure.Output.Message);
        Assert.Equal(1, session.Failure.Place!.LineInCell);
    }

    [Theory]
    [InlineData("using System.IO;\nusing static System.Math;\nusing Text = System.String;\nnew StringReader(\"x\").ReadToEnd() + Abs(-1) + "
        + "Text.Empty", "x1")]
    [InlineData("void F()\n{\n    using var inner = new System.IO.StringReader(\"y\");\n    display(inner.ReadToEnd());\n}\nF();\n1", "1")]
    [InlineData("using (var r = new System.IO.StringReader(\"z\")) display(r.ReadToEnd());\n2", "2")]
    public async Task Other_usings_are_what_they_were(string source, string value) => Assert.Equal(value, await session.PassAsync(source));

    [Theory]
    [InlineData("var t = Task.FromResult(4);\nawait (t)", "4")]
    [InlineData("await (from x in new[] { 1, 2 } select Task.FromResult(x)).First()", "1")]
    [InlineData("var v = await (from x in new[] { 1, 2 } select Task.FromResult(x * 2)).Last();\nv + 1", "5")]
    [InlineData("var n = 1 + await (Task.FromResult(2)) * 3;\nn", "7")]
    [InlineData("await (await (Task.FromResult(Task.FromResult(5))))", "5")]
    [InlineData("if (await(Task.FromResult(true))) display(1);\nawait (Task.Delay(1));\n8", "8")]
    [InlineData("var xs = await Task.WhenAll(from x in new[] { 1, 2 } select Task.FromResult(x));\nxs.Sum()", "3")]
    public async Task Parentheses_can_be_awaited(string source, string value) => Assert.Equal(value, await session.PassAsync(source));

    [Theory]
    [InlineData("namespace A { public class X { public int V => 3; } }\nnew A.X().V", "3")]
    [InlineData("using System.Text;\nnamespace B\n{\n    class Y { public int V => new StringBuilder(\"four\").Length; }\n    enum E { One "
        + "}\n}\nvar y = new B.Y();\ny.V", "4")]
    [InlineData("static class Ext { public static int Twice(this int n) => 2 * n; }\nvar n = 4;\nn.Twice()", "8")]
    [InlineData("var before = 5;\nrecord R(int A);\nstatic class Ext2 { public static int Plus(this R r, int b) => r.A + b; }\nnew "
        + "R(2).Plus(before)", "7")]
    public async Task Namespaces_and_extension_methods_may_stand_beside_statements(string source, string value) =>
        Assert.Equal(value, await session.PassAsync(source));

    [Fact]
    public async Task Errors_in_such_a_cell_name_their_lines_and_nothing_stays_of_it()
    {
        await session.RunAsync("namespace C { public class Z { } }\nvar z = new C.Z();\nint w = missing;");
        Assert.Equal(3, session.Failure!.Place!.LineInCell);
        await session.RunAsync("new C.Z()");
        Assert.Equal("CompilationError", session.Failure!.Output.Name);
        await session.RunAsync("var q = 1;\nnamespace C\n{\n    public class Z { int x = missing; }\n}");
        Assert.Equal(4, session.Failure!.Place!.LineInCell);
        Assert.Contains("are compiled apart", session.Failure.Output.Traceback[^1]);
        await session.RunAsync("namespace D { public class Z { } }\nvar q = new D.Z();\nthrow new FormatException();");
        Assert.Equal(3, session.Failure!.Place!.LineInCell);
    }

    [Theory]
    [InlineData("Span<int> s = stackalloc int[3];\ns[0] = 1;", "a span cannot: put the lines that use it between { and }")]
    [InlineData("var s = new int[3].AsSpan();\ns.Length", "a span cannot")]
    [InlineData("ReadOnlySpan<char> t = \"abc\";", "a span cannot")]
    [InlineData("scoped Span<int> w = new int[2];", "a span cannot")]
    [InlineData("var a = new int[3];\nref int r = ref a[0];\nr = 5;", "a reference cannot: put the lines that use it between { and }")]
    [InlineData("var a = new int[3];\nref readonly var r = ref a[0];", "a reference cannot")]
    [InlineData("namespace A;\npublic class X { }\nvar y = 2;", "write namespace X { … }")]
    [InlineData("record struct P(int X);\nP p = new(3);\np with { X = 4 }", "write (x with { … })")]
    public async Task What_cannot_be_made_to_work_is_refused_with_what_to_write(string source, string words)
    {
        await session.RunAsync(source);
        Assert.Equal("CompilationError", session.Failure!.Output.Name);
        Assert.Contains(words, session.Failure.Output.Traceback[^1]);
        Assert.DoesNotContain('\n', session.Failure.Output.Traceback[^1]);
    }

    [Theory]
    [InlineData("{\n    Span<int> s = stackalloc int[3];\n    s[0] = 1;\n    display(s[0]);\n}")]
    [InlineData("var a = new int[3];\n{\n    ref int r = ref a[0];\n    r = 1;\n}\ndisplay(a[0]);")]
    [InlineData("record struct P(int X);\nP p = new(3);\ndisplay((p with { X = 1 }).X);")]
    public async Task What_it_says_to_write_works(string source)
    {
        await session.PassAsync(source);
        Assert.Equal("1", Written);
    }

    string Written => string.Concat(session.Displays);
}
