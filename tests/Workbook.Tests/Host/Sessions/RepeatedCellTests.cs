using Xunit;

namespace Workbook.Tests.Host.Sessions;

/// <summary>What a later cell sees does not depend on which cells the compiler is still given.</summary>
public class RepeatedCellTests
{
    readonly SessionHarness session = new();

    public static TheoryData<string[], string?> Sequences => new()
    {
        { ["var v = 1;", "var w = v + 1;", "var v = 5;", "v + w"], "7" },
        { ["var v = 1;", "var v = 1;", "var v = 2;", "v"], "2" },
        { ["var a = 1;", "var a = \"text\";", "a.Length"], "4" },
        { ["var a = 1;", "var a = 2; var b = a + 1;", "a + b"], "5" },
        { ["var a = 1; var b = 2;", "var a = 3;", "a + b"], "5" },
        { ["int F() => 1; var a = 1;", "var a = 2;", "F() + a"], "3" },
        { ["int F() => 1;", "int F() => 2;", "int F() => 3;", "F()"], "3" },
        { ["int F(int x) => 1;", "int F(string x) => 2;", "int F(string x) => 2;", "F(0) + F(\"\")"], "3" },
        { ["class C { public int A = 1; }", "class C { public int A = 1; }", "new C().A"], "1" },
        { ["class C { public int A = 1; }", "var c = new C();", "class C { public int A = 2; }", "c.A + new C().A"], "3" },
        { ["const int c = 3;", "const int c = 4;", "c"], "4" },
        { ["int P { get; set; } = 3;", "int P { get; set; } = 3;", "P++;", "P"], "4" },
        { ["int P { get; set; } = 3;", "var P = 2;", "P"], "2" },
        { ["int.TryParse(\"3\", out var n);", "1", "n"], "3" },
        { ["var (p, q) = (1, 2);", "var (p, q) = (3, 4);", "p + q"], "7" },
        { ["using System.Globalization;", "1", "CultureInfo.InvariantCulture.Name.Length"], "0" },
        { ["using System.Globalization; var a = 1;", "var a = 2;", "CultureInfo.InvariantCulture.Name.Length + a"], "2" },
        { ["using S = System.String;", "using S = System.String;", "S.Empty.Length"], "0" },
        { ["object o = null;", "o = new { A = 1 };", "2", "o.Equals(new { A = 1 })"], "True" },
        { ["var p = new { A = 1 };", "var p = new { A = 1 };", "p.Equals(new { A = 1 })"], "True" },
        { ["Func<int> f = null; var v = 1;", "f = () => v;", "v = 2;", "f()"], "2" },
        { ["var n = 1; Func<int> f = () => n;", "var n = 2; Func<int> g = () => n;", "n = 9;", "f() + g()"], "10" },
        { ["var x = 0;", "x++;", "x++;", "x++;", "x"], "3" },
        { ["await Task.Delay(1);", "var t = await Task.FromResult(4);", "await Task.Delay(1);", "t"], "4" },
        { ["record R(int A);", "var r = new R(1);", "record R(int A);", "r.ToString() + new R(2)"], "R { A = 1 }R { A = 2 }" },
        { ["var list = new List<int>();", "list.Add(1);", "list.Add(2);", "list.Count"], "2" },
        { ["dynamic d = 1;", "dynamic d = \"ab\";", "d.Length"], "2" },
        { ["var a = 1;", "#!set --name a --value text", "a"], "text" },
        { ["enum E { A, B }", "var e = E.B;", "e.ToString()"], "B" },
        { ["enum E { A, B }", "enum E { B }", "(int)E.B"], "0" },
        { ["var a = 1;", "string b = null;", "var c = (x: 1, y: 2);", "dynamic d = 4;", "c.x + c.y + d.CompareTo(3) + a + (b ?? \"\")"], "5" },
        { ["record R(int A);", "var r = new R(1);", "var list = new List<R>() { r };", "var map = new Dictionary<string, R[]>();",
            "map[\"k\"] = [r];", "list[0].A + map[\"k\"][0].A"], "2" },
        { ["var a = 1;", "var b = 2;", "Func<int> f = () => a++;", "var c = 3;", "var d = 4;", "f() + f() + a + b + c + d"], "15" },
        { ["var a = 1;", "var b = 2;", "int F() => a += 10;", "F();", "var c = 3;", "a = 5;", "F() + a"], "30" },
        { ["var a = 1;", "var b = 2;", "var t = Task.Run(() => a += 10); t.Wait();", "var c = a;", "var d = b;", "a + c + d"], "24" },
        { ["var a = 1;", "var b = 2;", "Action g = null; { void F() => a++; g = F; }", "var c = 3;", "g(); g();", "a"], "3" },
        { ["var a = 1;", "var b = 2;", "IEnumerable<int> q = from x in new[] { 1 } select x + a;", "var c = 1;", "a = 7;", "q.Single()"], "8" },
        { ["var n = 0;", "var m = 0;", "async Task Later() { await Task.Yield(); n++; }", "await Later();", "var k = 1;", "n + k"], "2" },
        { ["var @class = 1;", "var _ = 2;", "int @int = 3, 变 = 4;", "@class + _ + @int + 变"], "10" },
        { ["int a = 1, b = 2;", "var a = \"x\";", "var c = b;", "a + b + c"], "x22" },
        { ["var s = new System.Numerics.Vector2(1, 2);", "var u = 1;", "s.X = 5;", "s.X + u"], "6" },
        { ["const int c = 3;", "var a = 1;", "const int k = c + 1;", "a + c + k"], "8" },
        { ["/// <summary>Text.</summary>\nvar a = 1;", "var b = 1;", "var c = 1;", "a + b + c"], "3" },
        { ["#nullable enable\nstring? s = null;", "var t = s;", "string u = \"x\";", "u + s + t"], "x" },
        { ["using System.IO; var a = 1;", "var b = 2;", "var p = Path.DirectorySeparatorChar;", "var c = 3;", "a + b + c"], "6" },
        { ["int F(int a) => a + 1;", "int G(int a) => a + 2;", "var x = F(1);", "F(1) + G(1) + x"], "7" },
        { ["int F(int a) => a;", "int F(double a) => 5;", "int F(string s) => 7;", "F(1) + F(1.5) + F(\"\")"], "13" },
        { ["int F(int a) => 1;", "var u = F(0);", "int F(int b) => 2;", "var w = F(0);", "F(0) * 100 + u * 10 + w"], "212" },
        { ["int F(int a) => Math.Abs(a);", "var Math = 5;", "var y = 1;", "F(-3) + Math + y"], "9" },
        { ["int F() => 1;", "var y = 1;", "var F = 5;", "F + y"], "6" },
        { ["int F(int n) => n < 2 ? 1 : n * F(n - 1);", "var y = 1;", "int F(int n) => n;", "F(4) + y"], "5" },
        { ["int G() => 1;", "int F() => G();", "int G() => 2;", "var y = F();", "F() + G() + y"], "4" },
        { ["int F(int a = 3) => a;", "int G(params int[] a) => a.Length;", "T H<T>(T t) => t;", "F() + G(1, 2) + H(4)"], "9" },
        { ["static int F(int a) => a;", "async Task<int> G(int a) { await Task.Yield(); return a; }", "var y = await G(2);", "F(1) + y"],
            "3" },
        { ["Func<int, int> f = a => a + 1;", "var g = (int a) => a * 2;", "var y = f(1);", "f(1) + g(2) + y"], "8" },
        { ["var n = 0;", "Action f = () => n++;", "var y = 1;", "var z = 2;", "f();", "n + y + z"], "4" },
        { ["int F(int a) => a + 1;", "Func<int, int> f = F;", "int F(int a) => a + 10;", "var y = f(0);", "f(0) + F(0) + y"], "12" },
        { ["object f = (ref int a) => a;", "var y = 1;", "object g = (ref int a) => a;", "f.GetType() == g.GetType()"], "False" },
        { ["record R(int A);", "R F(int a) => new(a);", "var r = F(1);", "var y = 2;", "F(3).A + r.A + y"], "6" },
        { ["int F(List<int> a) => a.Sum(x => { int Twice(int z) => z * 2; return Twice(x); });", "var y = F([1, 2]);", "var z = 1;",
            "y + z"], "7" },
        { ["var t = 0;", "for (var i = 0; i < 3; i++) { var k = i; Action a = () => k++; a(); t += k; }", "var y = 1;", "t + y"], "7" },
        { ["var d = new Dictionary<string, Func<int, int>>();", "d[\"a\"] = x => x + 1;", "var y = 1;", "var z = 1;",
            "d[\"a\"](y) + z"], "3" },
        { ["var a = 1;", "var b = 2;", "class C { public int A = 7; }", "var c = new C();", "c.A + a + b"], "10" },
        { ["partial class C { public int A = 1; }", "partial class C { public int B = 2; }", "new C().B"], "2" },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public async Task Cells_that_are_run_again_or_declare_nothing_change_no_value(string[] cells, string? expected)
    {
        string? last = null;
        foreach (var cell in cells) last = await session.PassAsync(cell);
        Assert.Equal(expected, last);
    }

    [Theory]
    [MemberData(nameof(Sequences))]
    public async Task Cells_whose_place_another_takes_change_no_value(string[] cells, string? expected)
    {
        foreach (var most in new[] { 1, 2, 3 })
        {
            var folding = new SessionHarness(most: most);
            string? last = null;
            foreach (var cell in cells) last = await folding.PassAsync(cell);
            Assert.Equal(expected, last);
        }
    }

    [Fact]
    public async Task A_function_that_another_cell_has_taken_over_fails_on_its_own_line()
    {
        var folding = new SessionHarness(most: 2);
        foreach (var cell in new[] { "var a = 1;", "int F(int x)\n{\n    return 1 / x;\n}", "var b = 2;", "var c = 3;", "var d = 4;" })
            await folding.PassAsync(cell);
        await folding.RunAsync("F(0)");
        var apart = new SessionHarness();
        foreach (var cell in new[] { "var a = 1;", "int F(int x)\n{\n    return 1 / x;\n}", "var b = 2;", "var c = 3;", "var d = 4;" })
            await apart.PassAsync(cell);
        await apart.RunAsync("F(0)");
        Assert.Equal(apart.Failure!.Output.Traceback, folding.Failure!.Output.Traceback);
        Assert.Contains(folding.Failure.Output.Traceback, l => l.Contains("cell 2, line 3", StringComparison.Ordinal));
    }

    /// <summary>Libraries make types at run time that refer to those of a notebook; such may not refer to what can go.</summary>
    [Theory]
    [InlineData("class C { }", "typeof(C)")]
    [InlineData("record C(int A); var r = 1;", "typeof(C)")]
    [InlineData("int n = 0; Func<int> f = () => n;", "f.Target.GetType()")]
    public async Task What_is_declared_after_many_plain_cells_stays_loaded_for_good(string source, string type)
    {
        var folding = new SessionHarness(most: 4);
        for (var i = 0; i < 10; i++) await folding.PassAsync($"var v{i} = {i};");
        await folding.PassAsync(source);
        Assert.Equal("False", await folding.PassAsync($"{type}.Assembly.IsCollectible"));
        Assert.Equal("45", await folding.PassAsync(string.Join(" + ", Enumerable.Range(0, 10).Select(i => $"v{i}"))));
    }

    const string One = "static class E { public static int F(this int x) => 1; }";

    const string Two = "static class E { public static int F(this int x) => 2; }";

    public static TheoryData<string[], string?> Libraries => new()
    {
        { [One, One, One, "3.F()"], "1" },
        { [One, Two, "3.F()"], "2" },
        { [One, "var a = 3.F();", Two, "a + 3.F()"], "3" },
        { [One, "int G() => 3.F();", Two, "G() + 3.F()"], "3" },
        { [One, Two, One, "3.F()", Two, "3.F()"], "2" },
        { [One, "static class E { public static int G(this int x) => 2; }", "3.G()"], "2" },
        { [One, "static class D { public static int F(this string x) => x.Length + 4.F(); }", Two, "\"ab\".F() + 3.F()"], "5" },
        { ["static class E { public static int F(this int x) => 1; } class P { public int A = 5; }", Two, "new P().A + 3.F()"], "7" },
        { ["static class E { public static P F(this int x) => new(); } public class P { public int A = 5; }", "var p = 3.F();",
            "static class E { public static P F(this int x) => new(); } public class P { public int A = 6; }", "p.A + 3.F().A"], "11" },
        { ["static class E { extension(int x) { public int F => 1; } }", "static class E { extension(int x) { public int F => 2; } }",
            "3.F"], "2" },
        { ["class V { } static class E { extension(V) { public static V operator +(V a, V b) => a; } }",
            "class V { } static class E { extension(V) { public static V operator +(V a, V b) => null; } }", "new V() + new V() is null"],
            "True" },
        { ["namespace N { public class C { public int A = 1; } }", "namespace N { public class C { public int A = 2; } }",
            "new N.C().A"], "2" },
        { ["namespace N; public record R(int A);", "namespace N; public record R(int A, int B);", "new N.R(1, 2).B"], "2" },
        { ["namespace N { public enum E { A, B } }", "namespace N { public enum E { B } }", "(int)N.E.B"], "0" },
        { ["namespace N { public class C<T> { public int A = 1; } public class C { } }",
            "namespace N { public class C { public int A = 2; } }", "new N.C<int>().A + new N.C().A"], "3" },
        { ["record P(int A);", "record P(int A, int B); static class E { public static int F(this P p) => p.B; }", "new P(1, 2).F()"],
            "2" },
        { ["record P(int A); static class E { public static int F(this P p) => p.A; }", "record P(string A);", "new P(\"x\").A"], "x" },
        { [One, "static class E { public static int F(this int x) => 2; }\nvar a = 3.F();", "a"], "2" },
        { ["static class E { public static int F(this int x) => 1; public class N { public int A = 1; } }",
            "static class E { public static int F(this int x) => 2; public class N { public int A = 2; } }", "new E.N().A"], "2" },
    };

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task Of_types_that_stand_outside_a_script_the_later_definition_wins(string[] cells, string? expected)
    {
        string? last = null;
        foreach (var cell in cells) last = await session.PassAsync(cell);
        Assert.Equal(expected, last);
    }

    [Fact]
    public async Task A_library_that_does_not_compile_closes_nothing_of_the_one_before()
    {
        await session.PassAsync(One);
        await session.RunAsync("static class E { public static int F(this int x) => missing; }");
        Assert.NotNull(session.Failure);
        Assert.Equal("1", await session.PassAsync("3.F()"));
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_when_it_is_run_again_leaves_the_variable_as_it_was()
    {
        await session.PassAsync("var v = 1;");
        await session.RunAsync("var v = Missing;");
        Assert.NotNull(session.Failure);
        Assert.Equal("1", await session.PassAsync("v"));
    }

    [Fact]
    public async Task A_name_that_a_cell_uses_of_itself_is_not_that_of_its_last_run()
    {
        await session.PassAsync("var v = 1;");
        await session.PassAsync("var w = v;\nvar v = 2;");
        Assert.Equal("2", await session.PassAsync("v"));
    }

    [Fact]
    public async Task Variables_are_listed_once_however_often_their_cell_has_run()
    {
        foreach (var cell in new[] { "var a = 1;", "var b = 2;", "var b = 3;", "var b = 3;", "b++;" }) await session.PassAsync(cell);
        await session.PassAsync("#!who");
        Assert.Equal("a, b", session.Displays.Single());
        await session.PassAsync("#!whos");
        Assert.Contains("4", session.Displays.Single());
    }

    [Fact]
    public async Task A_cell_that_failed_in_the_middle_keeps_its_variables_apart_and_the_next_cells_see_them()
    {
        var folding = new SessionHarness(most: 2);
        foreach (var cell in new[] { "var a = 1;", "var b = 2;" }) await folding.PassAsync(cell);
        await folding.RunAsync("var c = 3; throw new Exception();");
        foreach (var cell in new[] { "var d = 4;", "var e = 5;", "var f = 6;" }) await folding.PassAsync(cell);
        Assert.Equal("21", await folding.PassAsync("a + b + c + d + e + f"));
        await folding.PassAsync("#!who");
        Assert.Equal("a, b, c, d, e, f", folding.Displays.Single());
    }
}
