using Workbook.Host.Documents;
using Xunit;

namespace Workbook.Tests.Host.Documents;

public class GlossaryTests
{
    const string Head = "# Glossary\n\n| term | meaning | where |\n|---|:-:|---|\n";

    [Fact]
    public void Each_row_is_a_term_with_its_forms()
    {
        var (terms, problems) = Glossary.Read($"{Head}| judge, judges | What moves `a \\| b`. | [map](../README.md) |\n"
            + "| dual | It. | [x](y) |\n\n| other | table |\n|---|---|\n| judge | again |\n");
        Assert.Empty(problems);
        Assert.Equal(["judge", "dual"], terms.Select(t => t.Name));
        Assert.Equal(["judge", "judges"], terms[0].Forms);
        Assert.Equal(("What moves `a | b`.", "[map](../README.md)", 5), (terms[0].Meaning, terms[0].Where, terms[0].Line));
    }

    [Theory]
    [InlineData("| a | It. | [x](y) |\n| A | It. | [x](y) |", 6, "Received: 'A' here and in line 5")]
    [InlineData("| a | It. | [x](y) |\n| b, a | It. | [x](y) |", 6, "Received: 'a' here and in line 5")]
    [InlineData("| a |  | [x](y) |", 5, "Expected a term, its meaning and a link")]
    [InlineData("| a | It. |", 5, "Expected a term, its meaning and a link")]
    [InlineData("| a | It. | page 3 |", 5, "expected a link to where it is explained. Received: page 3")]
    public void What_is_wrong_is_told_with_its_line(string rows, int line, string words)
    {
        var (at, message) = Assert.Single(Glossary.Read(Head + rows).Problems);
        Assert.Equal(line, at);
        Assert.Contains(words, message);
    }

    [Fact]
    public void A_file_without_the_table_is_wrong() =>
        Assert.Contains("Expected a table with the header | term | meaning | where |",
            Assert.Single(Glossary.Read("# Glossary").Problems).Message);

    [Fact]
    public void Lint_reads_the_glossary_of_the_book()
    {
        using var sandbox = new Sandbox();
        Directory.CreateDirectory(sandbox.At(".git"));
        sandbox.Write("notebooks/a.dib", "#!meta\n{\"kernelInfo\":{}}\n#!csharp\n1");
        Assert.Equal(0, sandbox.Run("lint", "notebooks").ExitCode);
        sandbox.Write("docs/glossary.md", Head + "| a | It. | [x](y) |\n| a | It. | [x](y) |\n");
        var (exitCode, _, errors) = sandbox.Run("lint", "notebooks");
        Assert.Equal(1, exitCode);
        Assert.Contains("docs/glossary.md:6: glossary: Expected each term once. Received: 'a' here and in line 5.", errors);
        Directory.CreateDirectory(sandbox.At("notebooks/.git"));
        Assert.Equal(0, sandbox.Run("lint", "notebooks").ExitCode);
    }
}
