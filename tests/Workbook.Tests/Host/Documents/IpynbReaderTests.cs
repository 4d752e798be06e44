using System.Text;
using Workbook.Host.Documents;
using Xunit;

namespace Workbook.Tests.Host.Documents;

public class IpynbReaderTests
{
    static NotebookDocument Read(string cells, string metadata = "{}") =>
        IpynbReader.Read(Encoding.UTF8.GetBytes($$"""{"nbformat":4,"nbformat_minor":2,"metadata":{{metadata}},"cells":[{{cells}}]}"""));

    [Theory]
    [InlineData("""{"cell_type":"code","source":"#!fsharp\n1","metadata":{"polyglot_notebook":{"kernelName":"pwsh"}}}""", "{}", "fsharp")]
    [InlineData("""{"cell_type":"code","source":"1","metadata":{"polyglot_notebook":{"kernelName":"pwsh"},"dotnet_interactive":{"language":"html"}}}""", "{}", "pwsh")]
    [InlineData("""{"cell_type":"code","source":"1","metadata":{"dotnet_interactive":{"language":"F#"}}}""", "{}", "fsharp")]
    [InlineData("""{"cell_type":"code","source":"1"}""", """{"kernelspec":{"language":"C#"}}""", "csharp")]
    [InlineData("""{"cell_type":"code","source":"1"}""", """{"kernelspec":{"language":"python"}}""", "python")]
    [InlineData("""{"cell_type":"code","source":"1"}""", """{"dotnet_interactive":{"language":"F#"},"kernelspec":{"language":"C#"}}""",
        "fsharp")]
    [InlineData("""{"cell_type":"code","source":"1"}""", """{"polyglot_notebook":{"kernelInfo":{"defaultKernelName":"html"}}}""", "html")]
    [InlineData("""{"cell_type":"code","source":"1"}""", """{"kernelInfo":{"defaultKernelName":"js"}}""", "javascript")]
    [InlineData("""{"cell_type":"code","source":"1"}""", "{}", "csharp")]
    public void The_language_of_a_cell_is_the_nearest_that_is_said(string cell, string metadata, string language)
    {
        var read = Read(cell, metadata).Cells[0];
        Assert.Equal((language, "1"), (read.Language, read.Source));
    }

    [Theory]
    [InlineData("""{"cell_type":"code"}""", "")]
    [InlineData("""{"cell_type":"code","source":["a\n","b"]}""", "a\nb")]
    [InlineData("""{"cell_type":"code","source":"a\nb","outputs":[{"output_type":"stream"},{"output_type":"error"},{"output_type":"display_data"},{"output_type":"execute_result","data":{"text/plain":["x","y"]}}]}""", "a\nb")]
    public void Missing_fields_and_both_forms_of_text_are_read(string cell, string source) =>
        Assert.Equal(source, Read(cell).Cells[0].Source);

    [Theory]
    [InlineData("""{"cell_type":"code","outputs":[{"output_type":"pyout"}]}""", "Cell 1, output 1", "\"pyout\"")]
    [InlineData("""{"cell_type":"code","outputs":[{}]}""", "Cell 1, output 1", "no output_type")]
    [InlineData("""{"cell_type":"heading"}""", "Cell 1", "heading")]
    [InlineData("""3""", "Cell 1", "JSON object")]
    public void What_is_unknown_is_an_error_that_names_it(string cell, params string[] words)
    {
        var message = Assert.Throws<NotebookFormatException>(() => Read(cell)).Message;
        Assert.All(words, w => Assert.Contains(w, message));
    }

    [Theory]
    [InlineData("[]", "JSON object")]
    [InlineData("{\"nbformat\":3,\"worksheets\":[]}", "Received: 3")]
    [InlineData("{\"cells\":[]}", "Received: none")]
    [InlineData("{\"nbformat\":4}", "\"cells\"")]
    [InlineData("{\"nbformat\":4,\"cells\":[],\"cells\":[]}", "Expected JSON")]
    [InlineData("", "Expected JSON")]
    public void A_file_that_is_no_notebook_of_version_4_is_refused(string json, string words) =>
        Assert.Contains(words, Assert.Throws<NotebookFormatException>(() => IpynbReader.Read(Encoding.UTF8.GetBytes(json))).Message);

    [Fact]
    public void A_style_that_the_kernel_adds_for_JupyterLab_is_no_output_of_the_cell()
    {
        var outputs = Read("""{"cell_type":"code","outputs":[{"output_type":"display_data","metadata":{"workbook":"theme"},"data":{"text/html":"<style></style>"}},{"output_type":"display_data","metadata":{"workbook":1},"data":{"text/plain":"kept"}}]}""").Cells[0].Outputs;
        Assert.Equal("kept", (string?)outputs.Single().Bundle!["text/plain"]);
    }

    [Fact]
    public void Tags_come_from_the_metadata_and_the_option_comment_says_more()
    {
        var cell =
            Read("""{"cell_type":"code","metadata":{"tags":["raises-exception","x"]},"source":"//| tags: raises-exception FormatException\n1"}""").Cells[0];
        Assert.Equal(["x", "raises-exception FormatException"], cell.Tags);
    }

    [Fact]
    public void Lines_of_the_file_are_known_where_each_source_line_has_its_own()
    {
        var lines = Samples.Text(Samples.Ipynb).Split('\n');
        int LineOf(string start) => Array.FindIndex(lines, l => l.TrimStart().StartsWith(start, StringComparison.Ordinal)) + 1;
        Assert.Equal([LineOf("\"# Größe"), LineOf("\"var x = 1"), 0], IpynbReader.Read(Samples.Ipynb).Cells.Select(c => c.Line));
        Assert.Equal(0, Read("""{"cell_type":"code","source":["a\n","b"]}""").Cells[0].Line);
    }
}
