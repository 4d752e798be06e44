using Workbook.Tests.Host.Jupyter;
using Xunit;

namespace Workbook.Tests.Host.Interactive;

/// <summary>What docs/interactive.md says of cells of .NET Interactive, row by row, in the kernel.</summary>
[Trait("speed", "slow")]
public sealed class InteractivePageTests(KernelFixture fixture) : IClassFixture<KernelFixture>
{
    readonly KernelClient client = fixture.Client;

    readonly Sandbox sandbox = fixture.Sandbox;

    delegate Task Check(InteractivePageTests tests);

    static readonly Dictionary<string, Check> checks = new()
    {
        ["`return x;`"] = t => t.ShowsAsync("if (1 > 0) return \"early\";\n5", "early"),
        ["`#!time`"] = async t => Assert.StartsWith("Wall time: ", (await t.RunAsync("#!time\nvar timed = 1;")).Single().Text),
        ["`#!who`, `#!whos`"] = async t =>
        {
            await t.RunAsync(
                "var grid = new double[2, 3];\nvar words = new List<string> { \"a\" };\nclass Tensorlike { public string shape => \"(7, "
                    + "1)\"; }\nvar tensor = new Tensorlike();\nvar grid2 = grid;");
            Assert.Contains("words, tensor, grid2", (await t.RunAsync("#!who")).Single().Text);
            var table = (await t.RunAsync("#!whos")).Single();
            Assert.Contains("<th scope=\"row\">grid</th><td>double[,]</td><td>(2, 3)</td>", t.Html(table));
            Assert.Contains("<th scope=\"row\">words</th><td>List&lt;string&gt;</td><td>(1)</td><td>[a]</td>", t.Html(table));
            Assert.Contains("<td>Tensorlike</td><td>(7, 1)</td>", t.Html(table));
            Assert.Matches(@"grid +double\[,\] +\(2, 3\)", table.Text);
            Assert.EndsWith(", late", (await t.RunAsync("var late = 1;\n#!who")).Single().Text);
        },
        ["`#!html`, `#!javascript`, `#!mermaid`, `#!markdown` as the first line"] = async t =>
        {
            Assert.Equal("<b>x</b>", t.Html((await t.RunAsync("#!html\n<b>x</b>")).Single()));
            Assert.Equal("<script type=\"text/javascript\">f();</script>", t.Html((await t.RunAsync("#!javascript\nf();")).Single()));
            Assert.Equal("graph TD", (string?)(await t.RunAsync("#!mermaid\ngraph TD")).Single().Content["data"]!["text/vnd.mermaid"]);
            Assert.Equal("# T", (string?)(await t.RunAsync("#!markdown\n# T")).Single().Content["data"]!["text/markdown"]);
        },
        ["one of these in the middle of a cell"] = t =>
            t.RefusesAsync("var early = 1;\n#!html\n", "#!html begins a cell of its own: put it, and what follows it, into another cell."),
        ["`#!csharp`"] = t => t.ShowsAsync("#!csharp\nvar inCsharp = 3;\n#!csharp\ninCsharp", "3"),
        ["`#!fsharp`, `#!pwsh`, `#!http`"] = t =>
            t.RefusesAsync("#!fsharp\nlet x = 1", "This host runs C#; the cell is fsharp. Tag it skip-execution, or rewrite it."),
        ["`#!value --name x`, the text below it or `--from-file`"] = async t =>
        {
            t.sandbox.Write("text.txt", "from a file");
            Assert.Empty(await t.RunAsync("#!value --name poem\nroses are \"red\"\n  and blue\n"));
            Assert.Equal("from a file",
                (await t.RunAsync("#!value --name file --from-file text.txt --mime-type text/plain")).Single().Text);
            await t.RefusesAsync("#!value\nlost", "#!value: expected #!value --name x");
        },
        ["`#!share --from value x`, `--as y`"] = async t =>
        {
            await t.RunAsync("#!value --name verse\nline 1\nline 2");
            await t.ShowsAsync("#!share --from value verse\nverse", "line 1\nline 2");
            await t.ShowsAsync("#!share verse --from value --as copy\ncopy.Length", "13");
            await t.ShowsAsync("#!share --from csharp copy --as again\nagain == copy", "True");
            await t.RefusesAsync("#!share --from value nothing", "There is no text nothing. Known are ");
            await t.RefusesAsync("#!share --from fsharp x",
                "There is no fsharp to take x from: expected csharp, value, input or password.");
        },
        ["`#!set --name x --value y`, `@csharp:z`, `@value:z`"] = async t =>
        {
            await t.ShowsAsync("#!set --name plain --value \"two words\"\nplain", "two words");
            await t.RunAsync("var source = new[] { 1, 2 };");
            await t.ShowsAsync("#!set --name linked --value @csharp:source\nlinked.Length", "2");
            await t.RefusesAsync("#!set --name only", "#!set: expected --name x --value y");
        },
        ["`@input:\"Your name?\"`, `@password:…` as such a value"] = t =>
            t.AsksAsync("#!set --name who --value @input:\"Your name?\"\nwho", "Your name?", false),
        ["`Kernel.GetInputAsync(\"…\")`, `GetPasswordAsync`"] = async t =>
        {
            await t.AsksAsync("await Kernel.GetInputAsync(\"Your name?\")", "Your name?", false);
            await t.AsksAsync("(await GetPasswordAsync(\"Secret?\")).GetClearTextPassword()", "Secret?", true);
        },
        ["`display(x)`, `x.Display()`, `display(x).Update(y)`"] = async t =>
        {
            var outputs = await t.RunAsync("DisplayedValue shown = display(1);\nshown.Update(2);\n3.Display();");
            Assert.Equal(["display_data", "update_display_data", "display_data"], outputs.Select(o => o.Type));
            Assert.Equal(["1", "2", "3"], outputs.Select(o => o.Text));
        },
        ["`HTML(…)`, `Javascript(…)`, `CSS(…)`, `\"…\".DisplayAs(\"text/html\")`"] = async t =>
        {
            var outputs =
                await t.RunAsync(
                    "HTML(\"<i>\").Display();\nJavascript(\"f()\");\nCSS(\"b { color: red }\");\n\"<u>\".DisplayAs(\"text/html\");");
            Assert.Equal(["<i>", "<script type=\"text/javascript\">f()</script>", "<style>b { color: red }</style>", "<u>"],
                outputs.Select(t.Html));
        },
        ["`Formatter.Register<T>(…)`, `SetPreferredMimeTypesFor`, `ResetToDefault`"] = async t =>
        {
            await t.RunAsync(
                "record Fruit(string Name);\nFormatter.Register<Fruit>((f, writer) => writer.Write($\"<b>{f.Name}</b>\"), "
                    + "HtmlFormatter.MimeType);\nFormatter.Register<Fruit>(f => $\"a {f.Name}\");");
            var shown = (await t.RunAsync("new Fruit(\"pear\")")).Single();
            Assert.Equal(("<b>pear</b>", "a pear"), (t.Html(shown), shown.Text));
            await t.ShowsAsync("Formatter.Register(typeof(List<>), list => \"a list\");\nnew List<int> { 1 }", "a list");
            await t.ShowsAsync(
                "Formatter.Register<Version>((v, context) => { context.Writer.Write(v.Major); return true; });\nnew Version(4, 2)", "4");
            Assert.Null(
                t.Html((await t.RunAsync("Formatter.SetPreferredMimeTypesFor(typeof(Fruit), \"text/plain\");\nnew Fruit(\"plum\")"))
                    .Single()));
            await t.ShowsAsync("Formatter.ResetToDefault();\nnew Fruit(\"fig\")", "Fruit { Name = fig }");
            var failed = await t.RunAsync("Formatter.Register<Fruit>(f => throw new FormatException(\"bad\"));\nnew Fruit(\"nut\")");
            Assert.Contains("The formatter of Fruit for text/plain failed: FormatException: bad", failed[0].Text);
            Assert.Equal("Fruit { Name = nut }", failed[1].Text);
            await t.RunAsync("Formatter.ResetToDefault();");
        },
        ["`PocketView`, `using static …PocketViewTags;`"] = async t => Assert.Equal(
            "<div class=\"a b\" data-x=\"1\"><h1>T &amp; U</h1><ul><li>1</li><li>2</li></ul><br><i>raw</i><blink>!</blink></div>",
            t.Html((await t.RunAsync(
                "using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;\nPocketView view = div[@class: \"a b\", data_x: "
                    + "1](h1(\"T & U\"), ul(new[] { 1, 2 }.Select(i => (PocketView)li(i))), br, HTML(\"<i>raw</i>\"), "
                        + "_.blink(\"!\"));\nview")).Single())),
        ["`KernelInvocationContext.Current.Display(…)`"] = t =>
            t.ShowsAsync("KernelInvocationContext.Current.Display(\"*x*\", \"text/markdown\");", "*x*"),
        ["`list.DisplayTable()`, `ToTabularDataResource()`"] = async t =>
        {
            Assert.StartsWith("<table>", t.Html((await t.RunAsync("new[] { new { A = 1 } }.DisplayTable();")).Single()));
            Assert.StartsWith("<table>", t.Html((await t.RunAsync("new[] { new { A = 1 } }.ToTabularDataResource()")).Single()));
        },
        ["`Kernel.Root`, `Kernel.Current`, `…Context.HandlingKernel`, `Command`, `Publish`"] = async t =>
        {
            await t.RefusesAsync("Kernel.Root.ToString()",
                "CS0619: 'Kernel.Root' is obsolete: 'Kernel.Root is not here: this host has no kernels to send commands to. "
                    + "Write the code itself in a cell.'");
            await t.RefusesAsync("var k = KernelInvocationContext.Current.HandlingKernel;", "HandlingKernel is not here");
        },
        ["`Formatter.ListExpansionLimit`, `RecursionLimit`, `DefaultMimeType`"] = t =>
            t.RefusesAsync("Formatter.ListExpansionLimit = 5;", "tables and lists show 20 items"),
        ["`#!connect`, and any other line `#!…`"] = t =>
            t.RefusesAsync("#!connect jupyter",
                "Unknown directive #!connect. "
                    + "Known are #r, #i, #load, #!import, #!set, #!share, #!value, #!who, #!whos, #!time, #!about, #!lsmagic."),
        ["`using Microsoft.DotNet.Interactive…;`, `#r \"nuget: Microsoft.DotNet.Interactive.Formatting\"`"] = t =>
            t.ShowsAsync(
                "using Microsoft.DotNet.Interactive;\nusing "
                    + "Microsoft.DotNet.Interactive.Formatting;\ntypeof(Formatter).Assembly.GetName().Name", "workbook"),
    };

    public static TheoryData<string> Rows => [.. checks.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_row_of_the_page_is_true(string row) => checks[row](this);

    [Fact]
    public void The_page_has_these_rows()
    {
        var lines = File.ReadAllLines(Repository.File("docs/interactive.md"));
        var start = Array.IndexOf(lines, "| in a cell of .NET Interactive | here |");
        Assert.Equal(checks.Keys,
            lines.Skip(start + 2).TakeWhile(l => l.StartsWith('|')).Select(l => l.Split(" | ")[0].TrimStart('|').Trim()));
    }

    async Task<List<KernelMessage>> RunAsync(string code)
    {
        var (reply, outputs) = await client.ExecuteAsync(code);
        Assert.True(reply.Status == "ok", reply.Content.ToJsonString());
        return outputs;
    }

    async Task ShowsAsync(string code, string text) => Assert.Equal(text, (await RunAsync(code)).Single().Text);

    async Task RefusesAsync(string code, string words)
    {
        var (reply, _) = await client.ExecuteAsync(code);
        Assert.Equal("error", reply.Status);
        Assert.Contains(words, (string?)reply.Content["evalue"]);
    }

    async Task AsksAsync(string code, string prompt, bool isPassword)
    {
        var id = client.Run(code);
        var asked = await client.WaitAsync(m => m.Socket == "stdin" && m.ParentId == id);
        Assert.Equal((prompt, isPassword), ((string?)asked.Content["prompt"], (bool)asked.Content["password"]!));
        await client.GiveInputAsync(id, "Ada");
        Assert.Equal("Ada", (await client.EndAsync(id)).Outputs.Single().Text);
    }

    string? Html(KernelMessage output) => (string?)output.Content["data"]?["text/html"];
}
