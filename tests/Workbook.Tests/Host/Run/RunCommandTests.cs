using System.Diagnostics;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Xunit;

namespace Workbook.Tests.Host.Run;

[Trait("speed", "slow")]
public sealed class RunCommandTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void The_clock_ends_a_cell_and_the_next_notebook_runs()
    {
        sandbox.Write("books/1.dib", "Console.WriteLine(\"before\");\nwhile (true) { }\n#!csharp\n1");
        sandbox.Write("books/2.dib", "System.Threading.Thread.Sleep(-1);");
        sandbox.Write("books/3.dib", "1 + 1");
        var (exitCode, output, errors) = sandbox.Run("run", "books", "--timeout", "6");
        Assert.Equal(3, exitCode);
        Assert.Contains("✗ 1: 1 of 2 cells", output);
        Assert.Contains("cell 1 timed out", output);
        Assert.Contains("✗ 2: 1 cell", output);
        Assert.Contains("✓ 3: 1 cell", output);
        Assert.Contains("1.dib:1 (cell 1, line 1): TimeoutError: The cell took longer than 6 s", errors);
        Assert.Equal("before\n", sandbox.Stream("1", "stdout"));
    }

    [Fact]
    public void A_whole_notebook_has_a_clock_too()
    {
        sandbox.Write("a.dib", "System.Threading.Thread.Sleep(-1);");
        var (exitCode, _, errors) = sandbox.Run("run", "a.dib", "--notebook-timeout", "6");
        Assert.Equal(3, exitCode);
        Assert.Contains("The notebook took longer than 6 s", errors);
    }

    [Fact]
    public void Memory_has_a_bound()
    {
        sandbox.Write("a.dib",
            "1\n#!csharp\nvar all = new List<byte[]>();\nwhile (true) { var block = new byte[1 << 20]; block.AsSpan().Fill(1); "
                + "all.Add(block); }");
        var (exitCode, output, errors) = sandbox.Run("run", "a.dib", "--memory", "200");
        Assert.Equal(3, exitCode);
        Assert.Contains("cell 2 crashed", output);
        Assert.Contains("--memory", errors);
    }

    [Theory]
    [InlineData("There is no option --tmeout; did you mean --timeout?", "run", "--tmeout", "3")]
    [InlineData("--timeout: expected a number above 0. Received: soon", "run", "--timeout", "soon")]
    [InlineData("--timeout: expected a number above 0. Received: -1", "run", "--timeout", "-1")]
    [InlineData("--timeout: expected a number above 0. Received: 1,5", "run", "--timeout", "1,5")]
    [InlineData("--set: expected name=value. Received: x", "run", "--set", "x")]
    [InlineData("--only: expected a cell number", "run", "--only", "5-3")]
    [InlineData("--only paramters: no cell with code has this tag; did you mean parameters. Known are parameters.", "run", "a.dib",
        "--only", "1,paramters")]
    [InlineData("--only 99: no cell with code has this number", "run", "a.dib", "--only", "99")]
    [InlineData("--only: expected a cell number such as 7, a range such as 3-7, or a tag. Received: an empty word",
        "run", "a.dib", "--only",
        "1,")]
    [InlineData("gone.dib: there is no such file or folder", "run", "gone.dib")]
    [InlineData("notes.txt: expected a notebook", "run", "notes.txt")]
    [InlineData("nothing: expected a folder with notebooks", "run", "nothing")]
    [InlineData("exclude each other", "run", "a.dib", "--verify", "--update")]
    [InlineData("--out: expected a folder that can be written. Received: notes.txt", "run", "a.dib", "--out", "notes.txt")]
    [InlineData("--set epoch: there is no such parameter; did you mean epochs. Known are epochs, rate.", "run", "a.dib", "--set",
        "epoch=3")]
    [InlineData("--set epochs: expected a value of type int. Received: many", "run", "a.dib", "--set", "epochs=many")]
    public void A_command_that_cannot_be_followed_says_why(string words, params string[] arguments)
    {
        sandbox.Write("notes.txt", "");
        Directory.CreateDirectory(sandbox.At("nothing"));
        sandbox.Write("a.dib", "//| tags: parameters\nvar epochs = 10;\ndouble rate = .5;");
        var (exitCode, _, errors) = sandbox.Run(arguments);
        Assert.Equal(2, exitCode);
        Assert.Contains(words, errors);
    }

    [Fact]
    public void A_path_that_is_missing_does_not_keep_the_others_from_running()
    {
        sandbox.Write("a.dib", "1");
        var (exitCode, output, errors) = sandbox.Run("run", "gone.dib", "a.dib");
        Assert.Equal(2, exitCode);
        Assert.Contains("✓ a: 1 cell", output);
        Assert.Contains("gone.dib: there is no such file", errors);
    }

    [Fact]
    public void Parameters_are_typed_and_only_the_cells_asked_for_run()
    {
        sandbox.Write("a.dib",
            "//| tags: parameters\nvar epochs = 10;\nvar (a, b) = (1, 2);\ndouble rate = .5;\nvar name = \"x\";\n#!csharp\n$\"{epochs + 1} "
                + "{rate / 4} {name}\"\n#!csharp\nnope");
        var (exitCode, _, errors) = sandbox.Run("run", "a.dib", "--set", "epochs=50", "--set", "rate=3", "--set", "name=a \"b\" = c",
            "--only", "parameters", "--only", "2");
        Assert.True(exitCode == 0, errors);
        var cells = sandbox.Executed("a").Cells;
        Assert.Equal(["injected-parameters"], cells[1].Tags);
        Assert.Equal("51 0.75 a \"b\" = c", Languages.Text(cells[2].Outputs.OfType<ResultOutput>().Single().Data["text/plain"]));
        Assert.Empty(cells[3].Outputs);
    }

    [Fact]
    public void Cells_asked_for_are_separated_by_commas_or_by_options()
    {
        sandbox.Write("a.dib", "1\n#!markdown\ntext\n#!csharp\nnope\n#!csharp\n4\n#!csharp\n//| tags: last\n5");
        var (exitCode, output, errors) = sandbox.Run("run", "a.dib", "--only", "1,4", "--only", "last");
        Assert.True(exitCode == 0, errors);
        Assert.Contains("✓ a: 3 of 4 cells", output);
    }

    [Fact]
    public void What_a_worker_says_before_its_first_cell_is_told_with_that_cell()
    {
        sandbox.Write("a.dib", "#!markdown\ntext\n#!csharp\n//| tags: skip-execution\n1\n#!csharp\n1");
        var (exitCode, output, errors) = sandbox.Run("run", "a.dib", "--memory", "1");
        Assert.True(exitCode == 3, errors);
        Assert.Contains("cell 3 crashed", output);
        Assert.DoesNotContain("   at ", errors);
        Assert.NotEmpty(sandbox.Executed("a").Cells[2].Outputs.OfType<StreamOutput>());
    }

    [Fact]
    public void Stored_outputs_are_compared_with_a_tolerance_and_stored_anew_when_asked()
    {
        string Book(string value) =>
            $"Console.WriteLine(\"loss {value} after 12.5 ms\");\n#!csharp\n//| tolerance: 0.1\n{value}\n#!csharp\n//| tolerance: "
                + "any\nGuid.NewGuid()";
        sandbox.Write("a.dib", Book("0.123456789"));
        Assert.Equal(0, sandbox.Run("run", "a.dib", "--update").ExitCode);
        var stored = File.ReadAllText(sandbox.At("a.ipynb"));
        Assert.Equal(0, sandbox.Run("run", "a.dib", "--verify").ExitCode);

        // Only the stored outputs change, so the comparison is of outputs and not of sources.
        sandbox.Write("a.ipynb",
            stored.Replace("\"loss 0.123456789 after 12.5 ms\\n\"", "\"loss 0.1234567891 after 99 ms\\n\"")
                .Replace("       \"0.123456789\"\n", "       \"0.13\"\n"));
        Assert.Equal(0, sandbox.Run("run", "a.dib", "--verify").ExitCode);
        sandbox.Write("a.ipynb", stored.Replace("\"loss 0.123456789 after 12.5 ms\\n\"", "\"loss 0.2 after 99 ms\\n\""));
        var (exitCode, _, errors) = sandbox.Run("run", "a.dib", "--verify");
        Assert.Equal(1, exitCode);
        Assert.Contains("cell 1, line 1): The outputs differ from those stored in a.ipynb", errors);
        Assert.Contains("- loss 0.2 after 99 ms", errors);
        Assert.Contains("+ loss 0.123456789 after 12.5 ms", errors);
        Assert.Equal(0, sandbox.Run("run", "a.dib", "--update").ExitCode);
        Assert.Equal(0, sandbox.Run("run", "a.dib", "--verify").ExitCode);
    }

    [Fact]
    public void Under_GitHub_Actions_an_error_marks_its_line()
    {
        sandbox.Write("a.dib", "1\n#!csharp\nnope");
        var info = sandbox.Command("run", "a.dib");
        info.Environment["GITHUB_ACTIONS"] = "true";
        var (_, output, _) = Sandbox.Finish(Process.Start(info)!);
        Assert.Contains("::error file=a.dib,line=3::CS0103", output.Replace("CompilationError: ", ""));
    }

    [Fact]
    public void What_cells_write_is_shown_while_they_run_when_asked()
    {
        sandbox.Write("a.dib", "Console.WriteLine(\"hello\");\n#!csharp\n40 + 2");
        var (_, output, _) = sandbox.Run("run", "a.dib", "--show-output");
        Assert.True(
            output.IndexOf("hello\n42\n", StringComparison.Ordinal) is > 0 and var at
                && at < output.IndexOf("✓ a", StringComparison.Ordinal), output);
    }

    [Fact]
    public void Text_without_an_end_of_line_does_not_run_into_what_follows()
    {
        sandbox.Write("a.dib", "Console.Write(\"open\");\nConsole.Error.Write(\"too\\n\");");
        var (_, output, _) = sandbox.Run("run", "a.dib", "--show-output");
        Assert.Contains("open\n✓ a: 1 cell", output);
    }

    [Fact]
    public void Of_two_notebooks_that_write_one_file_at_once_the_second_fails_with_its_place()
    {
        const string Wait = "while (!System.IO.File.Exists(\"{0}\")) System.Threading.Thread.Yield();";
        sandbox.Write("books/a.dib",
            "using (var held = System.IO.File.Open(\"same.txt\", System.IO.FileMode.Create))\n{\n    System.IO.File.WriteAllText(\"held\", "
                + "\"\");\n" + Wait.Replace("{0}", "tried") + "\n    held.WriteByte(65);\n}");
        sandbox.Write("books/b.dib",
            Wait.Replace("{0}", "held")
                + "\ntry\n{\n    System.IO.File.WriteAllText(\"same.txt\", \"B\");\n}\nfinally\n{\n    "
                    + "System.IO.File.WriteAllText(\"tried\", \"\");\n}");
        var (exitCode, output, errors) = sandbox.Run("run", "books", "--jobs", "2", "--timeout", "60");
        Assert.True(exitCode == 1, errors);
        Assert.Contains("✓ a: 1 cell", output);
        Assert.Contains("b.dib:4 (cell 1, line 4): IOException", errors);
        Assert.Equal("A", File.ReadAllText(sandbox.At("books/same.txt")));
    }

    [Fact]
    public void A_notebook_of_fifty_megabytes_runs()
    {
        var document = new NotebookDocument
        {
            Cells = [new Cell
                { Language = "csharp", Source = "1 + 1",
                    Outputs = [new StreamOutput("stdout", string.Concat(Enumerable.Repeat(new string('x', 999) + "\n", 50_000)))] }]
        };
        File.WriteAllBytes(sandbox.At("a.ipynb"), IpynbWriter.Write(document));
        var (exitCode, output, errors) = sandbox.Run("run", "a.ipynb");
        Assert.True(exitCode == 0, errors);
        Assert.Contains("✓ a: 1 cell", output);
    }
}
