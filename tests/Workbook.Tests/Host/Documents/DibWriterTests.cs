using Workbook.Host.Documents;
using Xunit;

namespace Workbook.Tests.Host.Documents;

public class DibWriterTests
{
    [Fact]
    public void A_new_document_gets_a_meta_block_and_one_block_per_cell() =>
        Assert.Equal(
            "#!meta\n\n{\"kernelInfo\":{\"defaultKernelName\":\"csharp\",\"items\":[{\"name\":\"csharp\",\"languageName\":\"C#\",\"aliases\":[\"c#\",\"cs\"]}]}}\n\n#!markdown\n\n# A\n\n#!csharp\n\n1\n",
            DibWriter.Write(Samples.Notebook(("markdown", "# A"), ("csharp", ""), ("csharp", "1"))));

    [Fact]
    public void Outputs_are_not_stored()
    {
        var document = Samples.Notebook(("csharp", "1"));
        document.Cells[0].Outputs.Add(new StreamOutput("stdout", "secret"));
        Assert.DoesNotContain("secret", DibWriter.Write(document));
    }

    [Fact]
    public void Tags_that_the_source_does_not_name_are_written_as_an_option_comment()
    {
        var document = new NotebookDocument { Cells = [new Cell { Language = "csharp", Source = "//| tags: a\n1", Tags = ["a", "b"] }] };
        Assert.EndsWith("#!csharp\n\n//| tags: b\n//| tags: a\n1\n", DibWriter.Write(document));
    }

    [Fact]
    public void Tags_of_metadata_that_differ_from_the_comment_only_by_an_argument_are_not_written_twice()
    {
        var document = new NotebookDocument
        {
            Cells = [new Cell
                { Language = "csharp", Source = "//| tags: raises-exception A, my other\n1", Tags = ["raises-exception", "my tag"] }]
        };
        Assert.EndsWith("#!csharp\n\n//| tags: my tag\n//| tags: raises-exception A, my other\n1\n", DibWriter.Write(document));
    }

    [Fact]
    public void Meta_of_other_tools_is_kept_beside_the_languages() => Assert.StartsWith(
        "#!meta\n\n{\"mine\":1,\"kernelInfo\":{\"defaultKernelName\":\"csharp\",",
        DibWriter.Write(DibReader.Read("#!meta\n{\"mine\":1}\n#!csharp\n1")));

    [Theory]
    [InlineData("csharp", "1\n#!markdown\n2", "would begin another cell")]
    [InlineData("csharp", "#!meta", "would begin another cell")]
    [InlineData("raw", "x", "no raw cells")]
    public void What_the_format_cannot_hold_is_an_error_that_names_the_cell(string language, string source, string words)
    {
        var error = Assert.Throws<NotebookFormatException>(() => DibWriter.Write(Samples.Notebook(("markdown", "a"), (language, source))));
        Assert.Contains("Cell 2", error.Message);
        Assert.Contains(words, error.Message);
    }
}
