using System.Text;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Programs;
using Xunit;

namespace Workbook.Tests.Host.Documents;

/// <summary>What is no code never becomes code, whichever way a notebook takes between the formats.</summary>
public class SmuggleTests
{
    const string Payload = "System.IO.File.WriteAllText(\"hacked\", \"\");";

    /// <summary>Notebooks whose text, names and metadata try to become code.</summary>
    public static TheoryData<string> Notebooks =>
    [
        .. new[] { "\n", "\r\n", "\r\r\n", "\r" }.SelectMany(
            end => new[] { "#!csharp", "#!csharp\r", "#!csharp\r\r", "#!C#", "#!meta", "#!markdown\r\n#!csharp" }
            .Select(marker => Text("markdown", $"text{end}{marker}{end}{Payload}"))),
        .. new[] { "\uFEFF#!csharp", "#!csharp\t", "#!csharp ", "\u200b#!csharp", "#!csharp\u00a0", "#!csharp\u2028", "#!cs", "#!c#",
            "#!csharp\v", "#!csharp\f", "\f#!csharp", "#!csharp\u0085", "#!csharp\0", "// %%", "// %% [csharp]", "*/", "#:package x@1",
            "/*!*/ ", "//! ", "#!meta {}", "#!markdown\n#!csharp", "#!raw\r#!csharp" }
            .SelectMany(marker => new[] { "markdown", "raw" }.Select(type => Text(type, $"text\n{marker}\n{Payload}"))),
        .. new[] { "// %%", "*/", "\"\"\"", "}", "#endif", "#!csharp" }.SelectMany(
            marker => new[] { "html", "markdown", "mermaid", "value" }.Select(
                language => Text("code", $"#!{language}\n{marker}\n{Payload}"))),
        .. new[] { "\n", "\r", "\u2028", "\u2029", "\u0085", "\r\n", "\f", "\0" }.SelectMany(
            end => new[] { $"x{end}{Payload} //", $"x, y{end}{Payload}" }.Select(tag => Tagged(JsonValue.Create(tag)))),
        .. new[] { "\n", "\r\n", "\r", "\u2028" }.SelectMany(end => new[]
        {
            Kernel("mine", new JsonObject { ["name"] = $"mine{end}{end}{Payload}{end}//" }, $"mine{end}{end}{Payload}{end}//"),
            Kernel("mine", new JsonObject { ["name"] = "mine", ["aliases"] = new JsonArray($"x{end}#!csharp{end}{Payload}") }, "mine"),
            Kernel($"mine{end}{Payload}", new JsonObject { ["name"] = "mine" }, $"mine{end}{Payload}"),
        }),
        Kernel("csharp", new JsonObject { ["name"] = "csharp", ["aliases"] = new JsonArray("markdown") }, "html"),
        Kernel("csharp", new JsonObject { ["name"] = "csharp", ["aliases"] = new JsonArray("md", "html") }, "html"),
        Text("code", $"#!html\n#!csharp\n{Payload}"), Text("code", $"#!markdown\r\n#!csharp\r\n{Payload}"),
            Text("raw", $"#!csharp\n{Payload}"),
    ];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Nothing_becomes_code_on_any_way(string json)
    {
        foreach (var way in new[] { ".dib", ".ipynb", ".dib .ipynb", ".ipynb .dib", ".dib .dib", ".ipynb .ipynb .dib" })
        {
            try
            {
                var document = NotebookFile.Parse("a.ipynb", Encoding.UTF8.GetBytes(json));
                var before = Code(document);
                foreach (var step in way.Split(' ')) document = NotebookFile.Parse("b" + step, NotebookFile.Bytes(document, "b" + step));
                Assert.DoesNotContain(Code(document), c => c.Contains(Payload) && !before.Contains(c));
                Assert.DoesNotContain(document.Cells,
                    c => c.Language == "csharp"
                        && c.Source.Split(['\r', '\n', '\u2028', '\u2029', '\u0085'])
                            .Any(l => l.Trim().StartsWith("System.IO", StringComparison.Ordinal)));
            }
            catch (NotebookFormatException)
            {
                // To refuse is right; to write something else is not.
            }
        }
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Nothing_becomes_code_in_a_program(string json)
    {
        try
        {
            var document = NotebookFile.Parse("a.ipynb", Encoding.UTF8.GetBytes(json));
            if (Code(document).Exists(c => c.Contains("System.IO"))) return;
            var (text, _) = ProgramWriter.Write(document, _ => null);
            Assert.DoesNotContain(text.Split(['\r', '\n', '\u2028', '\u2029', '\u0085']),
                l => l.TrimStart().StartsWith("System.IO", StringComparison.Ordinal));
        }
        catch (NotebookFormatException)
        {
            // To refuse is right; to write something else is not.
        }
    }

    [Fact]
    public void What_a_dib_cannot_hold_of_ends_of_lines_and_tags_is_said()
    {
        var document = NotebookFile.Parse("a.ipynb", Encoding.UTF8.GetBytes(
            """{"nbformat":4,"metadata":{},"cells":[{"cell_type":"code","metadata":{"tags":["a\nb","good"]},"source":"var s = @\"a\r\nb\";"},{"cell_type":"code","metadata":{"polyglot_notebook":{"kernelName":"pwsh"},"tags":["x"]},"source":"ls"}]}"""));
        var losses = string.Join('\n', DibLosses.Of(document));
        Assert.Contains("1 cell with carriage returns at ends of lines", losses);
        Assert.Contains("1 tag with a comma, a line end", losses);
        Assert.Contains("1 cell with tags in a language without // comments", losses);
        Assert.EndsWith("#!csharp\n\n//| tags: good\nvar s = @\"a\nb\";\n\n#!pwsh\n\nls\n", DibWriter.Write(document));
        Assert.Equal("var s = @\"a\r\nb\";", NotebookFile.Parse("b.ipynb", NotebookFile.Bytes(document, "b.ipynb")).Cells[0].Source);
    }

    static List<string> Code(NotebookDocument document) => [.. document.Cells.Where(c => c.Language == "csharp").Select(c => c.Source)];

    static string Text(string type, string source) =>
        Notebook([], new JsonObject { ["cell_type"] = type, ["metadata"] = new JsonObject(), ["source"] = source });

    static string Tagged(JsonNode tag) =>
        Notebook([],
            new JsonObject { ["cell_type"] = "code", ["metadata"] = new JsonObject { ["tags"] = new JsonArray(tag) }, ["source"] = "1" });

    static string Kernel(string standard, JsonObject item, string language) => Notebook(
        new JsonObject
        {
            ["polyglot_notebook"] = new JsonObject
            { ["kernelInfo"] = new JsonObject { ["defaultKernelName"] = standard, ["items"] = new JsonArray(item) } }
        },
        new JsonObject
        {
            ["cell_type"] = "code",
            ["metadata"] = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = language } },
            ["source"] = "text"
        },
        new JsonObject { ["cell_type"] = "markdown", ["metadata"] = new JsonObject(), ["source"] = Payload });

    static string Notebook(JsonObject metadata, params JsonNode[] cells) =>
        new JsonObject
        { ["cells"] = new JsonArray(cells), ["metadata"] = metadata, ["nbformat"] = 4, ["nbformat_minor"] = 5 }.ToJsonString();
}
