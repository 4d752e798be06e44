using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Tests.Host.Jupyter;
using Xunit;

namespace Workbook.Tests.Host.Documents;

/// <summary>
/// What is written is nbformat 4.5, whatever was read: malformed parts are refused with their cell, or put right and said.
/// </summary>
public class NbformatTests
{
    /// <summary>A cell, what of it is malformed, and how it is refused.</summary>
    [Theory]
    [InlineData("\"source\":5", "expected a source that is a text or a list of texts. Received: the number 5")]
    [InlineData("\"source\":{}", "expected a source that is a text or a list of texts. Received: an object")]
    [InlineData("\"source\":null", "expected a source that is a text or a list of texts. Received: null")]
    [InlineData("\"source\":[\"a();\",null]", "Received: a list with null in it")]
    [InlineData("\"source\":[\"a();\",[\"b\"]]", "Received: a list with a list in it")]
    [InlineData("\"source\":\"a\",\"outputs\":{}", "expected outputs that are a list. Received: an object")]
    [InlineData("\"source\":\"a\",\"outputs\":null", "expected outputs that are a list. Received: null")]
    [InlineData("\"source\":\"a\",\"outputs\":[{\"output_type\":\"stream\",\"text\":5}]",
        "output 1: expected text that is a text. Received: the number 5")]
    [InlineData("\"source\":\"a\",\"outputs\":[{\"output_type\":\"display_data\",\"data\":[]}]",
        "output 1: expected data that is an object. Received: a list")]
    [InlineData("\"source\":\"a\",\"outputs\":[{\"output_type\":\"error\",\"ename\":1}]", "output 1: expected ename that is a text")]
    [InlineData("\"source\":\"a\",\"outputs\":[{\"output_type\":\"error\",\"traceback\":\"x\"}]",
        "output 1: expected a traceback that is a list of texts")]
    [InlineData("\"source\":\"a\",\"metadata\":[]", "expected metadata that is an object. Received: a list")]
    [InlineData("\"source\":\"a\",\"metadata\":null", "expected metadata that is an object. Received: null")]
    [InlineData("\"source\":\"a\",\"metadata\":{\"tags\":{}}", "expected tags that are a list of texts. Received: an object")]
    [InlineData("\"source\":\"a\",\"metadata\":{\"tags\":[1]}", "expected tags that are a list of texts. Received: a list")]
    public void A_malformed_part_that_says_nothing_is_refused_with_its_cell(string fields, string words)
    {
        var refusal = Assert.Throws<NotebookFormatException>(() => Read($"{{\"cell_type\":\"code\",{fields}}}"));
        Assert.StartsWith("Cell 2", refusal.Message);
        Assert.Contains(words, refusal.Message);
    }

    /// <summary>What nbformat forbids and still says something: the notebook's metadata, its second cell, and the remark.</summary>
    public static TheoryData<string, string, string> Repaired => new()
    {
        { "{\"kernelspec\":{\"display_name\":\"C#\"}}", Code(""), "kernelspec: there is no name; it becomes .net-csharp." },
        { "{\"kernelspec\":{\"name\":\"x\"}}", Code(""), "kernelspec: there is no display_name" },
        { "{\"kernelspec\":[]}", Code(""), "kernelspec is a list and not an object; it is left out" },
        { "{\"kernelspec\":\"x\",\"language_info\":5}", Code(""), "language_info is the number 5 and not an object" },
        { "{\"language_info\":{\"version\":\"1\"}}", Code(""), "language_info: there is no name; it becomes C#." },
        { "{\"language_info\":{\"name\":\"C#\",\"codemirror_mode\":5}}", Code(""), "codemirror_mode is the number 5" },
        { "{\"title\":5,\"authors\":\"x\",\"orig_nbformat\":0}", Code(""), "title is the number 5 and not a text" },
        { "{}", Code("\"metadata\":{\"tags\":\"parameters\"},"), "Cell 2: the tags are a text and no list" },
        { "{}", Code("\"metadata\":{\"tags\":[\"a,b\",\"\",\"a\",\"a\"]},"), "Cell 2: tags are empty, repeated or hold commas" },
        { "{}", Code("\"metadata\":{\"collapsed\":\"yes\",\"scrolled\":5,\"name\":\"\",\"jupyter\":[],\"execution\":{\"a\":1}},"),
            "collapsed is a text and not true or false" },
        { "{}", Code("\"id\":\"a b\","), "Cell 2: the id is not 1 to 64 letters" },
        { "{}", Code("\"id\":\"\","), "Cell 2: the id is not 1 to 64 letters" },
        { "{}", Code("\"id\":5,"), "Cell 2: the id is not 1 to 64 letters" },
        { "{}", Code("\"id\":\"first\","), "Cell 2: the id is another cell's too" },
        { "{}", Code("\"execution_count\":\"x\","), "Cell 2: the execution count is no number" },
        { "{}", Code("\"execution_count\":-1,"), "Cell 2: the execution count is no number" },
        { "{}", Code("\"attachments\":{\"a.png\":{\"image/png\":\"QUJD\"}},"), "Cell 2: the attachments are no files of a cell of text" },
        { "{}", Code("\"prompt_number\":1,"), "Cell 2: the key \"prompt_number\" is none of the format's" },
        { "{}", Code("\"outputs\":[{\"output_type\":\"display_data\",\"data\":{\"image/png\":{},\"text/plain\":\"x\"},\"extra\":1}],"),
            "Cell 2, output 1: image/png is an object and not a text" },
        { "{}", "{\"cell_type\":\"markdown\",\"source\":\"a\",\"outputs\":[{\"output_type\":\"stream\",\"text\":\"x\"}]}",
            "Cell 2: a cell of text has outputs" },
        { "{}", Code("\"outputs\":[{\"output_type\":\"stream\",\"text\":\"x\"}],", "#!markdown\\na"),
            "Cell 2: a cell of text has outputs" },
        { "{}", "{\"cell_type\":\"markdown\",\"source\":\"a\",\"attachments\":[]}", "Cell 2: the attachments are no files" },
        { "{}", "{\"cell_type\":\"raw\",\"source\":\"a\",\"metadata\":{\"format\":5}}", "Cell 2: format is the number 5" },
    };

    [Theory]
    [MemberData(nameof(Repaired))]
    public void What_still_says_something_is_put_right_and_said(string metadata, string cell, string remark)
    {
        var document = Read(cell, metadata);
        Assert.Contains(document.Remarks, r => r.Contains(remark));
        var written = IpynbWriter.Write(document);
        NbformatRules.Hold(JsonNode.Parse(written)!);
        Assert.Empty(NotebookFile.Parse("b.ipynb", written).Remarks);
    }

    [Fact]
    public void Equal_repairs_are_said_once() =>
        Assert.Equal(["Cell 1 and 2 other places: the id is not 1 to 64 letters, digits, hyphens and underscores; it gets a new one."],
            NotebookFile.Parse("a.ipynb",
                Encoding.UTF8.GetBytes(
                    """{"nbformat":4,"metadata":{},"cells":[{"cell_type":"raw","id":"a b","source":""},{"cell_type":"raw","id":"c d","source":""},{"cell_type":"raw","id":"","source":""}]}""")).Remarks);

    /// <summary>Every notebook that the tests know.</summary>
    public static IEnumerable<(string Name, NotebookDocument Document)> All =>
    [
        .. Directory.EnumerateFiles(Repository.File("notebooks"), "*.*").Where(NotebookFile.IsNotebook)
            .Select(f => (Path.GetFileName(f), NotebookFile.Read(f))),
        ("sample.dib", DibReader.Read(Samples.Dib)), ("sample.ipynb", IpynbReader.Read(Samples.Ipynb)),
            ("page", Export.SampleNotebook.Create()), ("empty", new NotebookDocument()),
        .. Repaired.Select((r, i) => ($"repaired{i}", Read(r.Data.Item2, r.Data.Item1))),
    ];

    [Fact]
    public void Every_notebook_that_is_written_keeps_the_rules_of_the_format()
    {
        foreach (var (name, document) in All) NbformatRules.Hold(JsonNode.Parse(IpynbWriter.Write(document))!, name);
    }

    [Theory]
    [InlineData("{\"cells\":[],\"metadata\":{\"kernelspec\":{\"name\":\"x\"}},\"nbformat\":4,\"nbformat_minor\":5}")]
    [InlineData("{\"cells\":[{\"cell_type\":\"raw\",\"id\":\"a "
        + "b\",\"metadata\":{},\"source\":[]}],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}")]
    [InlineData("{\"cells\":[{\"cell_type\":\"code\",\"id\":\"a\",\"metadata\":{},\"source\":[],\"outputs\":[{\"output_type\":\"stream\",\"text\":\"\"}],\"execution_count\":null}],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}")]
    public void The_rules_see_what_they_are_for(string json) =>
        Assert.ThrowsAny<Exception>(() => NbformatRules.Hold(JsonNode.Parse(json)!));

    [Fact]
    [Trait("speed", "slow")]
    public void The_format_s_own_schema_holds_for_every_notebook_that_is_written()
    {
        JupyterClients.Require("python");
        using var sandbox = new Sandbox();
        foreach (var (name, document) in All) File.WriteAllBytes(sandbox.At($"{name}.ipynb"), IpynbWriter.Write(document));
        var script = sandbox.Write("validate.py", """
            import glob, json, nbformat
            for file in sorted(glob.glob("*.ipynb")):
                notebook = json.load(open(file, encoding="utf-8"))
                nbformat.validate(nbformat.from_dict(notebook), relax_add_props=False)
                print("valid", file)
            """);
        var (exitCode, output, errors) = Sandbox.Finish(Process.Start(JupyterClients.Command(sandbox, "python", script))!);
        Assert.True(exitCode == 0, errors);
        Assert.Equal(All.Count(), output.Split("valid ").Length - 1);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void Nbconvert_opens_every_notebook_that_is_written()
    {
        JupyterClients.Require("nbconvert");
        using var sandbox = new Sandbox();
        var names = All.Select(n => $"{n.Name}.ipynb").ToList();
        foreach (var (name, document) in All) File.WriteAllBytes(sandbox.At($"{name}.ipynb"), IpynbWriter.Write(document));
        var (exitCode, _,
            errors) = Sandbox.Finish(
                Process.Start(JupyterClients.Command(sandbox, "nbconvert", ["--to", "html", "--output-dir", "pages", .. names]))!);
        Assert.True(exitCode == 0, errors);
        Assert.DoesNotContain("Traceback", errors);
        Assert.Equal(names.Count, Directory.GetFiles(sandbox.At("pages"), "*.html").Length);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void Papermill_opens_every_notebook_that_is_written()
    {
        JupyterClients.Require("papermill");
        using var sandbox = new Sandbox();
        foreach (var (name, document) in All) File.WriteAllBytes(sandbox.At($"{name}.ipynb"), IpynbWriter.Write(document));
        var script = sandbox.Write("open.py", """
            import glob
            from papermill.iorw import load_notebook_node
            for file in sorted(glob.glob("*.ipynb")):
                load_notebook_node(file)
                print("opened", file)
            """);
        var (exitCode, output, errors) = Sandbox.Finish(Process.Start(JupyterClients.Command(sandbox, "python", script))!);
        Assert.True(exitCode == 0, errors);
        Assert.Equal(All.Count(), output.Split("opened ").Length - 1);
    }

    static string Code(string fields, string source = "1") => $"{{\"cell_type\":\"code\",{fields}\"source\":\"{source}\"}}";

    static NotebookDocument Read(string cell, string metadata = "{}") => NotebookFile.Parse("a.ipynb", Encoding.UTF8.GetBytes(
        $"{{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{metadata},\"cells\":[{{\"cell_type\":\"markdown\",\"id\":\"first\",\"metadata\":{{}},\"source\":\"t\"}},\n{cell}]}}"));
}
