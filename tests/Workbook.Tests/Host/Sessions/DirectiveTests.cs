using Workbook.Host.Directives;
using Workbook.Host.Sessions;
using Xunit;

namespace Workbook.Tests.Host.Sessions;

public sealed class DirectiveTests : IDisposable
{
    readonly Sandbox sandbox = new();

    readonly SessionHarness session;

    public DirectiveTests() => session = new SessionHarness(sandbox.Folder);

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void Directives_are_found_at_line_starts_and_not_in_strings_comments_or_disabled_code()
    {
        var source =
            "#r \"a.dll\"\nvar s = @\"\n#!time\n\";\n/*\n#!about\n*/\n// #!lsmagic\nvar t = \"\"\"\n#load \"x\"\n\"\"\";\n#if NO\n#!import "
                + "y\n#endif\n#!time\nx";
        var (directives, left) = DirectiveReader.Read(source);
        Assert.Equal([("#r", "a.dll", 1), ("#!time", "", 15)], directives.Select(d => (d.Name, d.Argument, d.Line)));
        Assert.Equal(source.Length, left.Length);
        Assert.Equal(source.Replace("#r \"a.dll\"", new string(' ', 10)).Replace("#endif\n#!time", "#endif\n      "), left);
    }

    [Fact]
    public async Task Loaded_scripts_and_imported_notebooks_run_in_the_session_and_paths_are_relative_to_their_file()
    {
        sandbox.Write("lib/a.csx", "#load \"b.csx\"\nint A() => B() + 1;");
        sandbox.Write("lib/b.csx", "int B() => 40;");
        sandbox.Write("other.dib", "#!markdown\n# no\n#!csharp\nvar c = A() + 1;\nc");
        await session.PassAsync("#load \"lib/a.csx\"\n#!import other.dib\nvar d = c;");
        Assert.Equal(["42"], session.Displays);
        Assert.Equal("42", await session.PassAsync("d"));
    }

    [Fact]
    public async Task An_error_in_an_imported_notebook_names_that_notebook()
    {
        sandbox.Write("other.dib", "#!markdown\n# no\n#!csharp\nvar ok = 1;\nthrow new InvalidOperationException(\"inside\");");
        await session.RunAsync("#!import other.dib");
        Assert.Equal("InvalidOperationException", session.Failure!.Output.Name);
        Assert.Equal((sandbox.At("other.dib"), 5, 2, 2),
            (session.Failure.Place!.File, session.Failure.Place.Line, session.Failure.Place.Cell, session.Failure.Place.LineInCell));
        sandbox.Write("bad.dib", "#!csharp\n\nnope;");
        await session.RunAsync("#!import bad.dib");
        Assert.Equal(3, session.Failure!.Place!.Line);
        Assert.Contains("bad.dib:3 (cell 1, line 1): error CS", session.Failure.Output.Traceback[0]);
    }

    [Theory]
    [InlineData("#!frobnicate", "Unknown directive #!frobnicate. Known are #r")]
    [InlineData("1;\n#!import gone.dib", "There is no file")]
    [InlineData("#r \"gone.dll\"", "There is no file")]
    [InlineData("#load \"gone.csx\"", "There is no file")]
    [InlineData("#r \"text.dll\"", "expected a .NET assembly")]
    [InlineData("#!import self.dib", "imports itself")]
    [InlineData("#r \"nuget: , 1\"", "Expected \"nuget: Name, 1.2.3\"")]
    [InlineData("#i \"here\"", "expected \"nuget: …\"")]
    public async Task A_directive_that_cannot_be_followed_is_an_error_in_its_line(string source, string words)
    {
        sandbox.Write("text.dll", "no assembly");
        sandbox.Write("self.dib", "#!import self.dib");
        await session.RunAsync(source);
        Assert.Equal("DirectiveError", session.Failure!.Output.Name);
        Assert.Contains(words, session.Failure.Output.Message);
        Assert.True(session.Failure.Place!.LineInCell == source.Split('\n').Length || words.Contains("itself"));
    }

    [Fact]
    public async Task Time_about_and_lsmagic_say_something()
    {
        await session.PassAsync("#!time\n1 + 1");
        Assert.StartsWith("Wall time: ", session.Displays.Single());
    }

    [Fact]
    public async Task A_referenced_assembly_can_be_named_and_its_neighbours_only_used()
    {
        var helpers = Repository.File("artifacts/helpers/Workbook.Helpers.dll").Replace('\\', '/');
        await session.PassAsync($"#r \"{helpers}\"\nusing Workbook.Helpers;");
        Assert.Equal("notebook",
            await session.PassAsync(
                "System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(System.Reflection.Assembly.Load(\"Workbook.Helpers\")).Name"));
        await session.RunAsync("using Workbook.Tensors;");
        Assert.Contains("A cell can name only what a #r names. Add #r \"", session.Failure!.Output.Traceback[^1]);
        Assert.Contains("artifacts/helpers/Workbook.Tensors.dll", session.Failure.Output.Traceback[^1]);
    }

    [Fact]
    public async Task A_package_is_restored_and_referenced_in_the_version_asked_for()
    {
        // CsCheck is a package of these tests, so it is on every machine that runs them, with or without a network.
        var version = typeof(CsCheck.Gen).Assembly.GetName().Version!;
        Assert.Equal(version.ToString(),
            await session.PassAsync(
                $"#r \"nuget: CsCheck, {version.ToString(3)}\"\nusing CsCheck;\nGen.Int.Sample(i => "
                    + "true);\ntypeof(Gen).Assembly.GetName().Version.ToString()"));
        Assert.Equal("False",
            await session.PassAsync(
                $"(typeof(CsCheck.Gen) == AppDomain.CurrentDomain.GetAssemblies().Where(a => "
                    + "System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(a) == "
                        + "System.Runtime.Loader.AssemblyLoadContext.Default).Select(a => a.GetType(\"CsCheck.Gen\")).FirstOrDefault(t => "
                            + "t != null))"));
    }
}
