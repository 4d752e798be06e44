using Workbook.Host.Directives;
using Workbook.Host.Documents;
using Workbook.Host.Programs;
using Xunit;

namespace Workbook.Tests.Host.Directives;

/// <summary>C# ends a line at more characters than a notebook does.</summary>
public class LineEndTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    public void What_stands_behind_the_line_of_a_directive_is_no_part_of_it(string end)
    {
        var (directives, source) = DirectiveReader.Read($"#!time{end}var x = 1;");
        Assert.Equal("#!time", Assert.Single(directives).Name);
        Assert.Equal($"      {end}var x = 1;", source);
    }

    [Theory]
    [InlineData("#load \"a\0b\"")]
    [InlineData("#r \"\0\"")]
    [InlineData("#!import a\0b.dib")]
    public void A_path_without_end_is_one_that_leads_nowhere(string code) =>
        Assert.NotEmpty(Path.GetFullPath(Assert.Single(DirectiveReader.Read(code).Directives).Argument));

    [Theory]
    [InlineData("using System.IO;END class A {END}END record B(int X);END var x = 1;END x")]
    [InlineData("/* ENDENDEND */ using System.Linq;\nclass C\n{\n}ENDENDENDEND")]
    [InlineData("#r \"nuget: A\"END#r \"x.dll\"END 1")]
    [InlineData("var s = @\"aENDclass A {END}\";")]
    public void Code_with_such_characters_is_refused_where_a_program_is_made(string code)
    {
        foreach (var end in new[] { "\r", "\u0085", "\u2028", "\u2029", "\r\r\n" })
            Assert.Throws<NotebookFormatException>(() => Program(code.Replace("END", end)));
        Assert.NotEmpty(Program(code.Replace("END", "\r\n")));
    }

    [Theory]
    [InlineData("#if A\n")]
    [InlineData("  # elif B\r")]
    [InlineData("#define A\u2028")]
    public void So_many_conditions_that_the_parser_takes_minutes_are_not_given_to_it(string line)
    {
        Assert.Contains("lines of #if", CodeDepth.Problem(string.Concat(Enumerable.Repeat(line, 50_000))));
        Assert.Null(CodeDepth.Problem(string.Concat(Enumerable.Repeat(line, 500))));
    }

    [Fact]
    public void Words_that_keep_the_parser_are_not_given_to_it_again()
    {
        BoundedCompiler.Shorten(TimeSpan.Zero);
        Assert.Contains("its parser", CodeDepth.Problem(string.Concat(Enumerable.Repeat("a ", 40_000))));
    }

    static string Program(string code) =>
        ProgramWriter.Write(new NotebookDocument { Cells = { new Cell { Language = "csharp", Source = code } } }, _ => null).Text;
}
