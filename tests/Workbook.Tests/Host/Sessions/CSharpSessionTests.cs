using Workbook.Host.Documents;
using Xunit;

namespace Workbook.Tests.Host.Sessions;

public class CSharpSessionTests
{
    readonly SessionHarness session = new();

    [Fact]
    public async Task The_last_expression_without_a_semicolon_is_the_value()
    {
        Assert.Equal("3", await session.PassAsync("var x = 1;\nx + 2"));
        Assert.Null(await session.PassAsync("x.ToString();"));
        Assert.Null(await session.PassAsync("var y = 2;"));
        Assert.Null(await session.PassAsync("void F() { }\nF()"));
        Assert.Equal("<null>", await session.PassAsync("(object)null"));
        Assert.Equal("5", await session.PassAsync("await Task.FromResult(5)"));
        Assert.Null(await session.PassAsync("await Task.Delay(1)"));
        Assert.Null(await session.PassAsync("// nothing at all"));
    }

    [Fact]
    public async Task Later_cells_see_and_may_redeclare_what_earlier_ones_declared()
    {
        await session.PassAsync(
            "using System.Globalization;\nclass P { public int A = 1; int b = 2; public int B() => b; }\nint Twice(int n) => 2 * n;\nvar x "
                + "= 1;");
        Assert.Equal("6", await session.PassAsync("Twice(new P().A + new P().B())"));
        Assert.Equal("text", await session.PassAsync("var x = \"text\";\nx"));
        Assert.Equal("True", await session.PassAsync("CultureInfo.CurrentCulture.Equals(CultureInfo.InvariantCulture)"));
    }

    [Fact]
    public async Task What_was_declared_before_an_exception_stays_and_a_compile_error_changes_nothing()
    {
        await session.PassAsync("var x = 1;");
        await session.RunAsync("x = 2;\nvar y = 3;\nthrow new Exception();");
        Assert.Equal("5", await session.PassAsync("x + y"));
        await session.RunAsync("x = 7;\nvar z = missing;");
        Assert.Equal("CompilationError", session.Failure!.Output.Name);
        Assert.Equal("2", await session.PassAsync("x"));
        await session.RunAsync("z");
        Assert.NotNull(session.Failure);
    }

    [Fact]
    public async Task A_display_is_put_out_at_once_and_can_be_replaced()
    {
        await session.PassAsync("var d = display(1);\n\"b\".Display();\nd.Update(2);\nHTML(\"<i>\")");
        Assert.Equal(["2", "b"], session.Displays);
        Assert.Equal("<i>", Languages.Text(session.Outputs.OfType<ResultOutput>().Single().Data["text/html"]));
        await session.PassAsync("\"<b>x</b>\".DisplayAs(\"text/html\");");
        Assert.Equal("<b>x</b>", Languages.Text(session.Outputs.OfType<DisplayOutput>().Single().Data["text/html"]));
    }

    [Theory]
    [InlineData("System.Text.Json.JsonSerializer.Serialize(1)", "1")]
    [InlineData("using System.Net.Http;\ntypeof(HttpClient).Name", "HttpClient")]
    [InlineData("Enumerable.Range(0, 3).AsParallel().Sum()", "3")]
    [InlineData("System.Numerics.BigInteger.Pow(2, 70).ToString()", "1180591620717411303424")]
    [InlineData("using System.Xml.Linq;\nnew XElement(\"a\").ToString()", "<a />")]
    public async Task The_whole_framework_can_be_used(string source, string value) => Assert.Equal(value, await session.PassAsync(source));

    [Fact]
    public async Task A_cell_that_needs_more_of_the_framework_sees_the_types_of_earlier_cells_as_the_same()
    {
        var library = Repository.File("artifacts/helpers/Workbook.Tensors.dll").Replace('\\', '/');
        await session.PassAsync($"#r \"{library}\"\nvar shown = display(0);\nvar x = Workbook.Tensors.tf.constant(1.0);");
        await session.PassAsync(
            "var client = new System.Net.Http.HttpClient();\nvar again = shown;\nWorkbook.Tensors.Tensor y = x;\ndisplay(y);");
    }

    [Fact]
    public async Task Cells_that_the_script_dialect_refuses_are_compiled_as_a_library()
    {
        await session.PassAsync("public static class Ext { public static int Plus(this int a, int b) => a + b; }");
        Assert.Equal("3", await session.PassAsync("1.Plus(2)"));
        await session.PassAsync("namespace Mine.Own;\npublic record R(int A) { public IEnumerable<int> All => [A]; }");
        Assert.Equal("7", await session.PassAsync("using Mine.Own;\nnew R(7).All.Sum()"));
        await session.PassAsync("public static class Ext2 { extension(int a) { public int Minus(int b) => a - b; } }");
        Assert.Equal("1", await session.PassAsync("3.Minus(2).Plus(0)"));
    }

    [Fact]
    public async Task A_static_class_without_extensions_stays_a_script_and_sees_earlier_cells()
    {
        await session.PassAsync("class P { public const int A = 4; }");
        await session.PassAsync("static class Q { public static int B => P.A; }");
        Assert.Equal("4", await session.PassAsync("Q.B"));
    }

    [Theory]
    [InlineData("var list = new[] { 1, 2, 3 };\nreturn list.Sum();", "6")]
    [InlineData("if (1 > 0) return \"early\";\n\"late\"", "early")]
    [InlineData("if (1 < 0) return \"early\";\n\"late\"", "late")]
    [InlineData("if (1 < 0) return \"early\";", null)]
    [InlineData("if (1 > 0) return \"early\";", "early")]
    [InlineData("return await Task.FromResult(4);", "4")]
    [InlineData("foreach (var i in new[] { 1, 2 })\n{\n    if (i == 2) return i;\n}", "2")]
    [InlineData("try { return 7; } finally { }", "7")]
    [InlineData("return null;", "<null>")]
    [InlineData("if (1 > 0) return;\n5", null)]
    [InlineData("int F() { return 3; }\nFunc<int> g = () => { return 4; };", null)]
    public async Task A_value_that_a_cell_returns_is_its_value(string source, string? value) =>
        Assert.Equal(value, await session.PassAsync(source));

    [Fact]
    public async Task How_a_value_is_shown_never_fails_its_cell_and_what_went_wrong_is_said_once()
    {
        await session.PassAsync(
            "class TypeFormatterSourceAttribute : Attribute { }\n[TypeFormatterSource] class Odd { public int A => 1; }");
        Assert.Equal("Odd { A = 1 }", await session.PassAsync("new Odd()"));
        Assert.Contains("Odd looks as if it brought formatters of its own",
            session.Outputs.OfType<StreamOutput>().Single(o => o.Name == "stderr").Text);
        Assert.Equal("Odd { A = 1 }", await session.PassAsync("new Odd()"));
        Assert.Empty(session.Outputs.OfType<StreamOutput>());
        Assert.Equal("<FormatException: x>",
            await session.PassAsync("class Bad { public override string ToString() => throw new FormatException(\"x\"); }\nnew Bad()"));
        await session.RunAsync(
            "class Mute : Exception { public override string Message => throw new FormatException(); }\nthrow new Mute();");
        Assert.Equal("Mute", session.Failure!.Output.Name);
    }
}
