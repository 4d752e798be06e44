using Workbook.Host.Documents;
using Xunit;

namespace Workbook.Tests.Host.Documents;

public class DibReaderTests
{
    static (string Language, string Source, int Line)[] Cells(string text) =>
        [.. DibReader.Read(text).Cells.Select(c => (c.Language, c.Source, c.Line))];

    [Fact]
    public void A_marker_begins_a_cell_and_aliases_are_made_canonical() =>
        Assert.Equal(
            [("csharp", "1", 2), ("fsharp", "2", 4), ("markdown", "3", 6), ("pwsh", "4", 8), ("javascript", "5", 10), ("csharp", "6", 12)],
            Cells("#!c#\n1\n#!F#\n2\n#!md\n3\n#!powershell\n4\n#!js\n5\n#!cs\n6"));

    [Theory]
    [InlineData("#!CSHARP")]
    [InlineData(" #!csharp")]
    [InlineData("#!csharp ")]
    [InlineData("#!value --name x")]
    [InlineData("#!nonsense")]
    [InlineData("#! csharp")]
    public void A_line_that_is_not_exactly_a_marker_stays_text(string line) =>
        Assert.Equal([("csharp", $"a\n{line}\nb", 2)], Cells($"#!csharp\na\n{line}\nb"));

    [Fact]
    public void Text_before_the_first_marker_belongs_to_the_default_kernel()
    {
        Assert.Equal([("csharp", "1", 1), ("html", "<b>", 3)], Cells("1\n#!html\n<b>"));
        Assert.Equal([("fsharp", "1", 4)], Cells("#!meta\n{\"kernelInfo\":{\"defaultKernelName\":\"fsharp\"}}\n#!f#\n1"));
        Assert.Equal([("fsharp", "let x = 1", 1)], Cells("let x = 1\n#!meta\n{\"kernelInfo\":{\"defaultKernelName\":\"fsharp\"}}\n"));
    }

    [Fact]
    public void Empty_lines_around_a_cell_are_dropped_and_all_others_kept() =>
        Assert.Equal([("csharp", "  \na\n\nb\n\t", 4)], Cells("#!csharp\n\n\n  \na\n\nb\n\t\n\n\n#!csharp\n\n"));

    [Fact]
    public void Line_ends_of_Windows_and_a_byte_order_mark_are_read_and_dropped() =>
        Assert.Equal([("csharp", "a\nb", 2), ("markdown", "c", 5)], Cells("\uFEFF#!csharp\r\na\r\nb\r\n#!markdown\r\nc\r\n"));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("#!csharp\n#!markdown\n")]
    public void A_document_without_cells_is_one_empty_cell(string text) => Assert.Equal([("csharp", "", 1)], Cells(text));

    [Fact]
    public void The_meta_block_may_name_further_kernels_wherever_it_stands()
    {
        var document = DibReader.Read(
            "#!sql\nselect\n#!meta\n\n{\"kernelInfo\":{\"defaultKernelName\":\"csharp\",\"items\":[{\"name\":\"sql-1\",\"aliases\":[\"sql\"]}]},\"mine\":1}\n\n#!csharp\n1");
        Assert.Equal(["sql-1", "csharp"], document.Cells.Select(c => c.Language));
        Assert.Equal(1, document.Metadata["polyglot_notebook"]!["mine"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("#!meta\n#!csharp\n1", "Received: nothing")]
    [InlineData("#!meta\n\n{\"a\":\n#!csharp\n1", "expected one JSON object")]
    [InlineData("#!meta\n{} trailing\n#!csharp\n1", "expected one JSON object")]
    [InlineData("#!meta\n[1]\n#!csharp\n1", "Received: another JSON value")]
    [InlineData("#!meta\n{\"kernelInfo\":{\"items\":[{\"name\":\"a\",\"aliases\":[\"x\"]},{\"name\":\"b\",\"aliases\":[\"x\"]}]}}\n",
        "two kernels, a and b")]
    [InlineData("#!meta\n{\"kernelInfo\":{\"items\":[{\"aliases\":[\"x\"]}]}}\n", "\"name\"")]
    public void A_malformed_meta_block_is_an_error_that_says_what_is_wrong(string text, string words) =>
        Assert.Contains(words, Assert.Throws<NotebookFormatException>(() => DibReader.Read(text)).Message);

    [Fact]
    public void Option_comments_at_the_head_of_a_code_cell_give_its_tags()
    {
        var document = DibReader.Read(
            "//| tags: parameters, hide-input\n//| alt: a, b\n//| tags: raises-exception FormatException\nvar x = 1;\n//| tags: "
                + "late\n#!markdown\n//| tags: no");
        Assert.Equal(["parameters", "hide-input", "raises-exception FormatException"], document.Cells[0].Tags);
        Assert.Empty(document.Cells[1].Tags);
        Assert.StartsWith("//| tags: parameters", document.Cells[0].Source);
    }
}
