using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Xunit;

namespace Workbook.Tests.Host.Interactive;

/// <summary>What docs/interactive.md says of cells of .NET Interactive, row by row, as cells and what comes of them.</summary>
static class InteractiveRows
{
    /// <summary>One output: its text, and its other representations.</summary>
    public sealed record Shown(string Text, Func<string, JsonNode?> Of)
    {
        public string? Html => As("text/html");

        public string? As(string type) => Languages.Text(Of(type));
    }

    /// <summary>A cell. It shows something, or it is refused with these words, or it asks for a line.</summary>
    public sealed record RowCell(string Code, Action<IReadOnlyList<Shown>>? Check = null, string? Refusal = null, string? Prompt = null,
        bool IsPassword = false);

    /// <summary>The text that the second cell of a row reads from a file.</summary>
    public const string TextFile = "from a file";

    /// <summary>What the reader answers to every question.</summary>
    public const string Answer = "Ada";

    public static IReadOnlyDictionary<string, RowCell[]> All { get; } = new Dictionary<string, RowCell[]>
    {
        ["`return x;`"] = [Shows("if (1 > 0) return \"early\";\n5", "early")],
        ["`#!time`"] = [new("#!time\nvar timed = 1;", o => Assert.StartsWith("Wall time: ", o.Single().Text))],
        ["`#!who`, `#!whos`"] =
        [
            new("var grid = new double[2, 3];\nvar words = new List<string> { \"a\" };\nclass Tensorlike { public string shape => \"(7, "
                + "1)\"; }\nvar tensor = new Tensorlike();\nvar grid2 = grid;"),
            new("#!who", o => Assert.Contains("words, tensor, grid2", o.Single().Text)),
            new("#!whos", o =>
            {
                var table = o.Single();
                Assert.Contains("<th scope=\"row\">grid</th><td>double[,]</td><td>(2, 3)</td>", table.Html);
                Assert.Contains("<th scope=\"row\">words</th><td>List&lt;string&gt;</td><td>(1)</td><td>[a]</td>", table.Html);
                Assert.Contains("<td>Tensorlike</td><td>(7, 1)</td>", table.Html);
                Assert.Matches(@"grid +double\[,\] +\(2, 3\)", table.Text);
            }),
            new("var late = 1;\n#!who", o => Assert.EndsWith(", late", o.Single().Text)),
        ],
        ["`#!html`, `#!javascript`, `#!mermaid`, `#!markdown` as the first line"] =
        [
            new("#!html\n<b>x</b>", o => Assert.Equal("<b>x</b>", o.Single().Html)),
            new("#!javascript\nf();", o => Assert.Equal("<script type=\"text/javascript\">f();</script>", o.Single().Html)),
            new("#!mermaid\ngraph TD", o => Assert.Equal("graph TD", o.Single().As("text/vnd.mermaid"))),
            new("#!markdown\n# T", o => Assert.Equal("# T", o.Single().As("text/markdown"))),
        ],
        ["one of these in the middle of a cell"] =
            [Refuses("var early = 1;\n#!html\n", "#!html begins a cell of its own: put it, and what follows it, into another cell.")],
        ["`#!csharp`"] = [Shows("#!csharp\nvar inCsharp = 3;\n#!csharp\ninCsharp", "3")],
        ["`#!fsharp`, `#!pwsh`, `#!http`"] =
            [Refuses("#!fsharp\nlet x = 1", "This host runs C#; the cell is fsharp. Tag it skip-execution, or rewrite it.")],
        ["`#!value --name x`, the text below it or `--from-file`"] =
        [
            new("#!value --name poem\nroses are \"red\"\n  and blue\n", o => Assert.Empty(o)),
            Shows("#!value --name file --from-file text.txt --mime-type text/plain", "from a file"),
            Refuses("#!value\nlost", "--name x"),
        ],
        ["`#!share --from value x`, `--as y`"] =
        [
            new("#!value --name verse\nline 1\nline 2"),
            Shows("#!share --from value verse\nverse", "line 1\nline 2"),
            Shows("#!share verse --from value --as copy\ncopy.Length", "13"),
            Shows("#!share --from csharp copy --as again\nagain == copy", "True"),
            Refuses("#!share --from value nothing", "There is no text nothing. Known are "),
            Refuses("#!share --from fsharp x", "There is no fsharp to take x from: expected csharp, value, input or password."),
        ],
        ["`#!set --name x --value y`, `@csharp:z`, `@value:z`"] =
        [
            Shows("#!set --name plain --value \"two words\"\nplain", "two words"),
            new("var source = new[] { 1, 2 };"),
            Shows("#!set --name linked --value @csharp:source\nlinked.Length", "2"),
            Refuses("#!set --name only", "#!set: expected --name x --value y"),
        ],
        ["`@input:\"Your name?\"`, `@password:…` as such a value"] =
            [Asks("#!set --name who --value @input:\"Your name?\"\nwho", "Your name?", false)],
        ["`Kernel.GetInputAsync(\"…\")`, `GetPasswordAsync`"] =
        [
            Asks("await Kernel.GetInputAsync(\"Your name?\")", "Your name?", false),
            Asks("(await GetPasswordAsync(\"Secret?\")).GetClearTextPassword()", "Secret?", true),
        ],
        ["`display(x)`, `x.Display()`, `display(x).Update(y)`"] =
        [
            new("DisplayedValue shown = display(1);\nshown.Update(2);\n3.Display();", o =>
            {
                // A front end is told of the change; what is stored holds its outcome.
                if (o.Count == 3) Assert.Equal("1", o[0].Text);
                Assert.Equal(["2", "3"], o.TakeLast(2).Select(s => s.Text));
            }),
        ],
        ["`HTML(…)`, `Javascript(…)`, `CSS(…)`, `\"…\".DisplayAs(\"text/html\")`"] =
        [
            new("HTML(\"<i>\").Display();\nJavascript(\"f()\");\nCSS(\"b { color: red }\");\n\"<u>\".DisplayAs(\"text/html\");",
                o => Assert.Equal(["<i>", "<script type=\"text/javascript\">f()</script>", "<style>b { color: red }</style>", "<u>"],
                    o.Select(s => s.Html))),
        ],
        ["`Formatter.Register<T>(…)`, `SetPreferredMimeTypesFor`, `ResetToDefault`"] =
        [
            new("record Fruit(string Name);\nFormatter.Register<Fruit>((f, writer) => writer.Write($\"<b>{f.Name}</b>\"), "
                + "HtmlFormatter.MimeType);\nFormatter.Register<Fruit>(f => $\"a {f.Name}\");"),
            new("new Fruit(\"pear\")", o => Assert.Equal(("<b>pear</b>", "a pear"), (o.Single().Html, o.Single().Text))),
            Shows("Formatter.Register(typeof(List<>), list => \"a list\");\nnew List<int> { 1 }", "a list"),
            Shows("Formatter.Register<Version>((v, context) => { context.Writer.Write(v.Major); return true; });\nnew Version(4, 2)", "4"),
            new("Formatter.SetPreferredMimeTypesFor(typeof(Fruit), \"text/plain\");\nnew Fruit(\"plum\")",
                o => Assert.Null(o.Single().Html)),
            Shows("Formatter.ResetToDefault();\nnew Fruit(\"fig\")", "Fruit { Name = fig }"),
            new("Formatter.Register<System.Collections.IEnumerable>(list => \"<ul>\", \"text/html\");\n\"words\"",
                o => Assert.Equal((null, "words"), (o.Single().Html, o.Single().Text))),
            new("new List<int> { 1 }", o => Assert.Equal("<ul>", o.Single().Html)),
            new("Formatter.Register<Fruit>(f => throw new FormatException(\"bad\"));\nnew Fruit(\"nut\")", o =>
            {
                Assert.Contains("The formatter of Fruit for text/plain failed: FormatException: bad", o[0].Text);
                Assert.Equal("Fruit { Name = nut }", o[1].Text);
            }),
            new("Formatter.ResetToDefault();"),
        ],
        ["`PocketView`, `using static …PocketViewTags;`"] =
        [
            new("using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;\nPocketView view = div[@class: \"a b\", data_x: "
                + "1](h1(\"T & U\"), ul(new[] { 1, 2 }.Select(i => (PocketView)li(i))), br, HTML(\"<i>raw</i>\"), "
                    + "_.blink(\"!\"));\nview",
                o => Assert.Equal(
                    "<div class=\"a b\" data-x=\"1\"><h1>T &amp; U</h1><ul><li>1</li><li>2</li></ul><br><i>raw</i><blink>!</blink></div>",
                    o.Single().Html)),
        ],
        ["`KernelInvocationContext.Current.Display(…)`"] =
            [Shows("KernelInvocationContext.Current.Display(\"*x*\", \"text/markdown\");", "*x*")],
        ["`list.DisplayTable()`, `ToTabularDataResource()`"] =
        [
            new("new[] { new { A = 1 } }.DisplayTable();", o => Assert.StartsWith("<table>", o.Single().Html)),
            new("new[] { new { A = 1 } }.ToTabularDataResource()", o => Assert.StartsWith("<table>", o.Single().Html)),
        ],
        ["`Kernel.Root`, `Kernel.Current`, `…Context.HandlingKernel`, `Command`, `Publish`"] =
        [
            Refuses("Kernel.Root.ToString()", "CS0619: 'Kernel.Root' is obsolete: 'Kernel.Root is not here: this host has no kernels to "
                + "send commands to. Write the code itself in a cell.'"),
            Refuses("var k = KernelInvocationContext.Current.HandlingKernel;", "HandlingKernel is not here"),
        ],
        ["`Formatter.ListExpansionLimit`, `RecursionLimit`, `DefaultMimeType`"] =
            [Refuses("Formatter.ListExpansionLimit = 5;", "tables and lists show 20 items")],
        ["`#!connect`, and any other line `#!…`"] =
        [
            Refuses("#!connect jupyter", "Unknown directive #!connect. "
                + "Known are #r, #i, #load, #!import, #!set, #!share, #!value, #!who, #!whos, #!time, #!about, #!lsmagic."),
        ],
        ["`using Microsoft.DotNet.Interactive…;`, `#r \"nuget: Microsoft.DotNet.Interactive.Formatting\"`"] =
        [
            Shows("using Microsoft.DotNet.Interactive;\nusing Microsoft.DotNet.Interactive.Formatting;\n"
                + "typeof(Formatter).Assembly.GetName().Name", "workbook"),
        ],
    };

    static RowCell Shows(string code, string text) => new(code, o => Assert.Equal(text, o.Single().Text));

    static RowCell Refuses(string code, string words) => new(code, Refusal: words);

    static RowCell Asks(string code, string prompt, bool isPassword) =>
        new(code, o => Assert.Equal(Answer, o.Single().Text), Prompt: prompt, IsPassword: isPassword);
}
