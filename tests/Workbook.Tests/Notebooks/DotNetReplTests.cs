using Workbook.Host.Documents;
using Workbook.Tests.Host;
using Workbook.Tests.Host.Export;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>The notebooks, unchanged, on .NET Interactive without an editor.</summary>
[Trait("speed", "slow")]
public sealed class DotNetReplTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    public static TheoryData<string> Notebooks => NotebookTests.Notebooks;

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task A_notebook_shows_there_what_it_shows_here(string name)
    {
        DotNetInteractive.Require();
        var tab = await browser.OpenAsync();
        using var sandbox = new Sandbox();
        var (exitCode, said) = DotNetInteractive.Run(sandbox, $"{name}.dib", sandbox.At("done.ipynb"), Repository.File("notebooks"));
        Assert.True(exitCode == 0, said);
        await ShownAgain.AsInTheTwinAsync(NotebookFile.Read(sandbox.At("done.ipynb")),
            NotebookFile.Read(Repository.File($"notebooks/{name}.ipynb")), tab);
    }

    [Fact]
    public void Tensors_variables_and_models_are_shown_by_their_own_words()
    {
        DotNetInteractive.Require();
        using var sandbox = new Sandbox();
        sandbox.Write("words.dib", """
            #!csharp

            #!import workbook.csx
            using Workbook.Tensors;
            using static Workbook.Keras.keras;

            #!csharp

            tf.constant(new[] { 1.0, 2.0 })

            #!csharp

            tf.Variable(3.0)

            #!csharp

            var model = Sequential([layers.Dense(2)]);
            model.build(new Shape(1, 3));
            model
            """);
        var (exitCode, said) = DotNetInteractive.Run(sandbox, sandbox.At("words.dib"), sandbox.At("done.ipynb"),
            Repository.File("notebooks"));
        Assert.True(exitCode == 0, said);
        var bundles = NotebookFile.Read(sandbox.At("done.ipynb")).Cells.SelectMany(c => c.Outputs).Select(o => o.Bundle!).ToList();
        Assert.Equal(["text/plain", "text/plain", "text/plain"], bundles.Select(b => string.Join(' ', b.Items.Select(i => i.Key))));
        var words = bundles.Select(b => Languages.Text(b["text/plain"])!).ToList();
        Assert.Equal(["tf.Tensor([1 2], shape=(2,), dtype=float64)", "tf.Variable('Variable', shape=(), dtype=float32, value=3)"],
            words[..2]);
        Assert.StartsWith("Model: \"sequential\"", words[2]);
    }

    /// <summary>The manifest of the repository names the tool.</summary>
    [Fact]
    public void The_runner_has_it_run_a_notebook_and_reports_as_usual()
    {
        DotNetInteractive.Require();
        using var sandbox = new Sandbox();
        sandbox.Write(".config/dotnet-tools.json", File.ReadAllText(Repository.File(".config/dotnet-tools.json")));
        sandbox.Write("a.dib", """
            #!csharp

            Console.WriteLine("✓ one: 1");
            Console.WriteLine("✓ two: 2");

            #!markdown

            # T

            #!csharp

            //| tags: raises-exception FormatException
            int.Parse("x");
            """);
        sandbox.Write("b.dib", "#!csharp\n\nint.Parse(\"x\");\n");
        var good = sandbox.Run("run", "a.dib", "--kernel", "dotnet-interactive", "--no-pictures");
        Assert.True(good.ExitCode == 0, good.Output + good.Errors);
        Assert.Contains("✓ a: 2 cells, 2 checks", good.Output);
        Assert.Equal("✓ one: 1\n✓ two: 2\n", sandbox.Stream("a", "stdout"));
        var bad = sandbox.Run("run", "b.dib", "--kernel", "dotnet-interactive", "--no-pictures");
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains("b.dib:3 (cell 1, line 1): FormatException: The input string 'x' was not in a correct format.",
            bad.Output + bad.Errors);
        Assert.Contains("FormatException", File.ReadAllText(sandbox.At("out/junit.xml")));
        Assert.Contains("--kernel and --only exclude each other",
            sandbox.Run("run", "a.dib", "--kernel", "dotnet-interactive", "--only", "1").Errors);
    }

    [Fact]
    public void Before_the_libraries_are_built_the_first_cell_says_what_to_run()
    {
        DotNetInteractive.Require();
        using var sandbox = new Sandbox();
        foreach (var file in (string[])["workbook.csx", "references.csx"])
            sandbox.Write($"notebooks/{file}", File.ReadAllText(Repository.File($"notebooks/{file}")));
        sandbox.Write("notebooks/a.dib", "#!csharp\n\n#!import workbook.csx\n");
        var (exitCode, _) = DotNetInteractive.Run(sandbox, "a.dib", sandbox.At("done.ipynb"), sandbox.At("notebooks"));
        Assert.NotEqual(0, exitCode);
        var error = NotebookFile.Read(sandbox.At("done.ipynb")).Cells.SelectMany(c => c.Outputs).OfType<ErrorOutput>().First();
        Assert.Contains("Run in the repository: dotnet build src/Host -c Release", error.Message);
    }
}
