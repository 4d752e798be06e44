using Workbook.Host.Documents;
using Workbook.Host.Programs;
using Xunit;

namespace Workbook.Tests.Host.Programs;

public class ProgramTests
{
    static string Dib(params string[] cells) => DibWriter.Write(DibReader.Read(string.Concat(cells.Select(c => $"#!{c}\n\n"))));

    static (string Text, IReadOnlyList<string> Losses) Program(string dib) =>
        ProgramWriter.Write(DibReader.Read(dib),
            assembly => assembly.EndsWith("Mine.dll", StringComparison.Ordinal) ? "../src/Mine.csproj" : null);

    [Fact]
    public void Packages_and_usings_come_first_types_last_and_a_value_is_written()
    {
        var dib = Dib("markdown\n# Title\n\ntext",
            "csharp\n#r \"nuget: Humanizer.Core, 2.14.1\"\n#r \"../Mine.dll\"\nusing Humanizer;\nrecord Point(int X)\n{\n    public int Y "
                + "=> 1;\n}\nvar p = new Point(3);\np.X.ToWords()", "csharp\n//| tags: exercise\nvar q = p.Y;");
        var (text, losses) = Program(dib);
        Assert.Equal("""
            #:package Humanizer.Core@2.14.1
            #:project ../src/Mine.csproj
            using System.Collections;
            using System.Text;
            using Humanizer;

            // %% [markdown]
            // # Title
            //
            // text

            // %%
            //! #r "nuget: Humanizer.Core, 2.14.1"
            //! #r "../Mine.dll"
            //! using Humanizer;
            //! record Point(int X)
            //! {
            //!     public int Y => 1;
            //! }
            var p = new Point(3);
            /*!*/ Console.WriteLine(
            p.X.ToWords()
            /*!*/ );

            // %%
            //| tags: exercise
            var q = p.Y;

            // %% [made from the cells above]
            record Point(int X)
            {
                public int Y => 1;
            }

            """.ReplaceLineEndings("\n"), text);
        Assert.Empty(losses);
        Assert.Equal(dib, DibWriter.Write(ProgramReader.Read(text).Document));
    }

    public static TheoryData<string> Notebooks =>
        [.. Directory.GetFiles(Repository.File("notebooks"), "*.dib").Select(f => Path.GetFileName(f)!)];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void A_notebook_of_the_book_comes_back_byte_for_byte(string name)
    {
        var dib = File.ReadAllText(Repository.File($"notebooks/{name}"));
        var program = ProgramReader.Read(Program(dib).Text);
        Assert.Empty(program.Losses);
        Assert.Equal(dib, DibWriter.Write(program.Document));
        Assert.Equal(Program(dib).Text, Program(DibWriter.Write(program.Document)).Text);
    }

    [Theory]
    [InlineData("csharp\nvar a = 1;\n\n   \nvar s = \"\"\"\n    using X;\n    \"\"\";")]
    [InlineData("markdown\n  indented\n \n// %% no cell\n\n```\n#r \"x\"\n```")]
    [InlineData("html\n<b>\n// x\n</b>")]
    [InlineData("csharp\nusing var r = new System.IO.StringReader(\"x\");\nusing (r) { }\nr.ReadToEnd() // the text")]
    [InlineData("csharp\nnamespace A\n{\n    class X\n    {\n        string s = \"\"\"\n            a\n            \"\"\";\n    }\n}\nvar "
        + "x = 1;")]
    [InlineData("csharp\n#!time\n#load \"a.csx\"\n1")]
    [InlineData("csharp\nclass B { } var c = 2;\nvar d = 1; d")]
    public void A_cell_comes_back_as_it_was(string cell)
    {
        var dib = Dib(cell, "csharp\nvar last = 1;");
        Assert.Equal(dib, DibWriter.Write(ProgramReader.Read(Program(dib).Text).Document));
    }

    [Theory]
    [InlineData("csharp\n#!time\n1", "Cell 1: #!time  is kept as a comment")]
    [InlineData("csharp\n#r \"other.dll\"\n1", "no project that builds this assembly was found")]
    [InlineData("csharp\ndisplay(1);", "Cell 1: display is the notebook's")]
    [InlineData("csharp\nif (1 > 0) return 3;", "Cell 1: return ends a cell, and would end the program.")]
    [InlineData("csharp\nclass B { } var c = 2;", "Cell 1: a type shares line 1 with other code")]
    [InlineData("csharp\nvar d = 1; d", "Cell 1: its value shares line 1 with other code")]
    [InlineData("csharp\nvar e = 1;\n#!csharp\nvar e = 2;", "Cell 2: e is declared in cell 1 already")]
    [InlineData("html\n<b>", "Cell 1: html is kept as a comment")]
    public void What_a_program_cannot_have_is_named(string cell, string words) =>
        Assert.Contains(words, Assert.Single(Program(Dib(cell)).Losses));

    [Fact]
    public void A_line_that_would_be_taken_for_a_mark_is_refused() =>
        Assert.Contains("would be taken for a mark",
            Assert.Throws<NotebookFormatException>(() => Program(Dib("csharp\nvar s = @\"\n//! x\n\";"))).Message);

    [Fact]
    public void A_program_written_by_hand_is_one_cell_with_its_packages()
    {
        var (document,
            losses) = ProgramReader.Read(
                "#!/usr/bin/env dotnet\r\n#:package Humanizer.Core@2.14.1\r\n#:package Other\r\n#:project ../src/A.csproj\r\nusing "
                    + "Humanizer;\r\nConsole.WriteLine(3.ToWords());\r\n");
        Assert.Equal(
            "// #!/usr/bin/env dotnet\n#r \"nuget: Humanizer.Core, 2.14.1\"\n#r \"nuget: Other\"\n// #:project ../src/A.csproj\nusing "
                + "Humanizer;\nConsole.WriteLine(3.ToWords());", document.Cells.Single().Source);
        Assert.Equal(2, losses.Count);
        Assert.Contains("Refer to what the project builds", losses[1]);
    }

    [Fact]
    public void What_was_added_to_the_head_by_hand_becomes_a_cell()
    {
        var text = Program(Dib("csharp\n#r \"nuget: A, 1.0\"\nvar a = 1;")).Text;
        var (document, _) = ProgramReader.Read("#:package B@2.0\n" + text.Replace("using System.Text;", "using System.Text;\nusing B;"));
        Assert.Equal("#r \"nuget: B, 2.0\"\nusing B;", document.Cells[0].Source);
        Assert.Equal(2, document.Cells.Count);
    }
}
