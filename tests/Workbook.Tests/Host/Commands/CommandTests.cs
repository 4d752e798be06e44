using Xunit;

namespace Workbook.Tests.Host.Commands;

public sealed class CommandTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    /// <summary>A disk without room, and streams that were closed before the program began.</summary>
    [Theory]
    [Trait("speed", "slow")]
    [InlineData(">/dev/full", "run a.dib --no-pictures", 1, "output")]
    [InlineData(">&-", "run a.dib --no-pictures", 1, "output")]
    [InlineData(">/dev/full", "list a.dib", 1, "output")]
    [InlineData(">/dev/full", "--help", 1, "output")]
    [InlineData("2>/dev/full", "run --no-such", 2, "error")]
    [InlineData("2>&-", "run --no-such", 2, "error")]
    [InlineData("2>/dev/full", "run a.dib --no-pictures", 0, "")]
    [InlineData(">/dev/full 2>/dev/full", "run a.dib --no-pictures", 1, "")]
    public void Streams_that_take_nothing_cost_no_results(string streams, string command, int exitCode, string lost)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Only Linux has a disk without room.");
        sandbox.Write("a.dib", "1 + 1");
        var info = sandbox.Command(command.Split(' '));
        var (program, arguments) = (info.FileName, info.ArgumentList.ToArray());
        info.FileName = "/bin/sh";
        info.ArgumentList.Clear();
        foreach (var a in (string[])["-c", $"\"$@\" {streams}", "sh", program, .. arguments]) info.ArgumentList.Add(a);
        var ended = Sandbox.Finish(System.Diagnostics.Process.Start(info)!);
        var said = ended.Output + ended.Errors;
        Assert.True(ended.ExitCode == exitCode, $"{ended.ExitCode}: {said}");
        Assert.DoesNotContain("please report", said);
        if (lost.Length > 0) Assert.Contains($"The standard {lost} takes nothing more: ", said);
        if (command.StartsWith("run a.dib", StringComparison.Ordinal)) Assert.True(File.Exists(sandbox.At("out/junit.xml")), said);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void A_new_notebook_beside_a_shared_beginning_has_it_and_runs()
    {
        sandbox.Write("books/workbook.csx", "var shared = 1;");
        Assert.Equal(0, sandbox.Run("new", "books/a.dib").ExitCode);
        Assert.Contains("#!csharp\n\n#!import workbook.csx\n", File.ReadAllText(sandbox.At("books/a.dib")));
        var (exitCode, output, errors) = sandbox.Run("run", "books/a.dib", "--no-pictures");
        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("1 check", output);
        Assert.Equal(0, sandbox.Run("new", "a.dib").ExitCode);
        Assert.DoesNotContain("#!import", File.ReadAllText(sandbox.At("a.dib")));
    }

    [Fact]
    [Trait("speed", "slow")]
    public void A_new_page_of_a_book_has_all_of_a_page_runs_and_lints_clean()
    {
        var helpers = Path.GetFullPath(Repository.File("artifacts/helpers"));
        sandbox.Write("books/references.csx", string.Concat(
            new[] { "Tensors", "Keras", "Helpers" }.Select(n => $"#r \"{helpers}/Workbook.{n}.dll\"\n")));
        sandbox.Write("books/workbook.csx", "#!import references.csx\n");
        Assert.Equal(0, sandbox.Run("new", "books/02-mine.dib", "--title", "Mine").ExitCode);
        var source = File.ReadAllText(sandbox.At("books/02-mine.dib"));
        Assert.Contains("# Mine\n", source);
        string[] parts = ["**Variable card**", "Prediction.Choice", ".Reveal(", "Check.Equal", "Slider.Over", ".Replay()", "02.1",
            "*Hint.*", "Exercise.Define", "Exercise.Check", "Exercise.Solution", "## The same elsewhere", "CheckKind.Claim"];
        Assert.All(parts, part => Assert.Contains(part, source));

        var (exitCode, output, errors) = sandbox.Run("run", "books/02-mine.dib", "--no-pictures", "--out", "out");
        Assert.True(exitCode == 0, output + errors);
        Assert.EndsWith($"Pages: {Path.Combine("out", "index.html")}\n", output);
        Assert.True(File.Exists(sandbox.At("out/index.html")));
        Assert.Contains("4 checks", output);

        // It is a beginning: what it lacks is prose.
        var (lint, said, found) = sandbox.Run("lint", "out/02-mine.ipynb");
        Assert.True(lint == 0, said + found);
        Assert.Contains("advice: words: Expected 1200 to 1800", Assert.Single(found.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void A_new_notebook_passes_lint_is_listed_and_survives_conversion_both_ways()
    {
        Assert.Equal(0, sandbox.Run("new", "books/a.dib", "--title", "Mine").ExitCode);
        Assert.Equal(2, sandbox.Run("new", "books/a.dib").ExitCode);
        Assert.Equal(0, sandbox.Run("lint", "books").ExitCode);
        Assert.Contains("a.dib: Mine (3 C# cells)", sandbox.Run("list", "books").Output);
        Assert.Equal(0, sandbox.Run("convert", "books/a.dib").ExitCode);
        Assert.Equal(2, sandbox.Run("convert", "books/a.ipynb", "books/a.dib").ExitCode);
        Assert.Equal(0, sandbox.Run("convert", "books/a.ipynb", "books/b.dib").ExitCode);
        Assert.Equal(File.ReadAllText(sandbox.At("books/a.dib")), File.ReadAllText(sandbox.At("books/b.dib")));
    }

    [Fact]
    public void A_conversion_says_what_is_lost()
    {
        File.WriteAllBytes(sandbox.At("a.ipynb"), Documents.Samples.Ipynb);
        var (exitCode, _, errors) = sandbox.Run("convert", "a.ipynb");
        Assert.Equal(0, exitCode);
        Assert.Contains("does not hold 4 outputs", errors);
        Assert.Contains("does not hold 3 cell ids", errors);
        Assert.Contains("does not hold 2 cells with metadata other than tags", errors);
        Assert.Contains("does not hold 1 empty cell", errors);
        Assert.Contains("does not hold 1 cell with attachments", errors);
        Assert.Contains("does not hold 1 entry of the notebook's metadata", errors);
    }

    [Fact]
    public void What_a_notebook_holds_does_not_steer_the_terminal()
    {
        sandbox.Write("a.dib", "#!markdown\n# \u001b]0;t\u0007 title\n#!csharp\n#load \"\u001b[2J\"\n1\n");
        foreach (var words in (string[][])[["list", "a.dib"], ["convert", "a.dib", "a.cs"]])
        {
            var (_, output, errors) = sandbox.Run(words);
            Assert.Contains("\\x1B", output + errors);
            Assert.DoesNotContain("\u001b", output + errors);
        }
    }

    [Fact]
    public void A_conversion_into_a_folder_keeps_the_name()
    {
        sandbox.Write("a.dib", "1");
        Directory.CreateDirectory(sandbox.At("there"));
        Assert.Equal(0, sandbox.Run("convert", "a.dib", "there").ExitCode);
        Assert.True(File.Exists(sandbox.At("there/a.ipynb")));
    }

    [Fact]
    public void A_list_with_a_notebook_that_cannot_be_read_names_the_others_and_fails()
    {
        sandbox.Write("books/a.ipynb", "{");
        sandbox.Write("books/b.dib", "1");
        var (exitCode, output, errors) = sandbox.Run("list", "books");
        Assert.Equal(1, exitCode);
        Assert.Contains("b.dib: no title (1 C# cell)", output);
        Assert.Contains("a.ipynb:1: Expected JSON", errors);
    }

    [Fact]
    public void Lint_says_from_which_cell_on_it_could_not_compile()
    {
        sandbox.Write("a.dib", "#!meta\n{\"kernelInfo\":{}}\n#!csharp\n1\n#!markdown\ntext\n#!csharp\n#r \"nuget: CsCheck\"\n#!csharp\n1");
        var (exitCode, output, _) = sandbox.Run("lint", "a.dib");
        Assert.Equal(0, exitCode);
        Assert.Contains("a.dib: from cell 3 on nothing was compiled", output);
    }

    [Fact]
    public void Lint_fails_and_names_the_place()
    {
        sandbox.Write("a.dib", "#!csharp\n//| tags: paramters\n1");
        var (exitCode, _, errors) = sandbox.Run("lint", "a.dib");
        Assert.Equal(1, exitCode);
        Assert.Contains("a.dib:2 (cell 1): tag: There is no tag paramters; did you mean parameters. Known are", errors);
    }

    [Fact]
    public void Lint_says_what_a_program_of_one_file_would_not_hold_where_it_is_asked()
    {
        sandbox.Write("a.dib", "#!meta\n{\"kernelInfo\":{}}\n#!csharp\n#!about\n#!html\n<b>bold</b>\n#!csharp\n1");
        var (exitCode, output, _) = sandbox.Run("lint", "a.dib", "--program");
        Assert.Equal(0, exitCode);
        Assert.Contains("a.dib: as a .cs file: ", output);
        Assert.Contains("#!about", output);
        Assert.DoesNotContain("as a .cs file", sandbox.Run("lint", "a.dib").Output);
    }

    [Theory]
    [InlineData("There is no command rnu; did you mean run?", "rnu")]
    [InlineData("There is no option --hepl", "list", "--hepl")]
    [InlineData("gone.dib", "convert", "gone.dib")]
    [InlineData("Expected a file that ends in .dib or .ipynb. Received: a.txt", "new", "a.txt")]
    [InlineData("folder.dib exists already", "new", "folder.dib")]
    [InlineData("a.dib: expected a place that can be written", "new", "good.dib/a.dib")]
    [InlineData("Expected a file that ends in .dib or .ipynb. Received: b", "convert", "good.dib", "b")]
    public void A_command_that_cannot_be_followed_says_why(string words, params string[] arguments)
    {
        sandbox.Write("good.dib", "1");
        Directory.CreateDirectory(sandbox.At("folder.dib"));
        var (exitCode, _, errors) = sandbox.Run(arguments);
        Assert.Equal(2, exitCode);
        Assert.Contains(words, errors);
        Assert.DoesNotContain("   at ", errors);
    }
}
