using Workbook.Host.Documents;
using Workbook.Tests.Host;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>The notebooks themselves: each runs in a fresh process, and its checks hold.</summary>
[Trait("speed", "slow")]
public class NotebookTests
{
    public static TheoryData<string> Notebooks =>
        [.. Directory.GetFiles(Repository.File("notebooks"), "*.dib").Select(f => Path.GetFileNameWithoutExtension(f)).Order()];

    /// <summary>
    /// What a client of Jupyter shows of one notebook on our kernel it shows of the others: so it runs the one that has most to show.
    /// </summary>
    public static TheoryData<string> Largest =>
        [Notebooks.Select(n => n.Data).MaxBy(n => new FileInfo(Repository.File($"notebooks/{n}.ipynb")).Length)!];

    /// <summary>The same, or all with WORKBOOK_NOTEBOOK_TESTS=all: for a kernel of others.</summary>
    public static TheoryData<string> LargestOrAll =>
        Environment.GetEnvironmentVariable("WORKBOOK_NOTEBOOK_TESTS") == "all" ? Notebooks : Largest;

    /// <summary>
    /// Where WORKBOOK_RUN names the output folder of a run that has just passed, as in CI, the notebooks are not run again.
    /// </summary>
    [Theory]
    [MemberData(nameof(Notebooks))]
    public void A_notebook_runs_and_its_checks_hold(string name)
    {
        using var sandbox = new Sandbox();
        var folder = Environment.GetEnvironmentVariable("WORKBOOK_RUN");
        if (string.IsNullOrEmpty(folder))
        {
            folder = sandbox.At("out");
            var (exitCode, output, errors) = sandbox.Run("run", Repository.File($"notebooks/{name}.dib"), "--out", folder);
            Assert.True(exitCode == 0, output + errors);
        }

        var cells = NotebookFile.Read(Path.Combine(folder, $"{name}.ipynb")).Cells;
        Assert.Equal(NotebookFile.Read(Repository.File($"notebooks/{name}.dib")).Cells.Select(c => c.Source), cells.Select(c => c.Source));
        Assert.Contains(cells.SelectMany(c => c.Outputs).OfType<StreamOutput>(), o => o.Text.Contains("✓ ", StringComparison.Ordinal));
        Assert.Contains(cells.SelectMany(c => c.Outputs), o => o.Bundle?["application/vnd.plotly.v1+json"] is not null);
        Assert.True(File.Exists(Path.Combine(folder, $"{name}.html")));
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void The_executed_twin_says_the_same_and_has_every_output_and_picture(string name)
    {
        var twin = NotebookFile.Read(Repository.File($"notebooks/{name}.ipynb"));
        Assert.Equal(File.ReadAllText(Repository.File($"notebooks/{name}.dib")), DibWriter.Write(twin));
        var code = twin.Cells.Where(c => c.Language == "csharp").ToList();
        Assert.All(code, c => Assert.NotNull(c.ExecutionCount));
        Assert.All(code.SelectMany(c => c.Outputs).Select(o => o.Bundle).Where(b => b?["application/vnd.plotly.v1+json"] is not null),
            b => Assert.NotNull(b!["image/png"]));
        Assert.True(new FileInfo(Repository.File($"notebooks/{name}.ipynb")).Length < 1 << 20);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void A_notebook_holds_what_other_hosts_understand_and_is_written_as_a_page_of_the_book(string name)
    {
        using var sandbox = new Sandbox();
        var (exitCode, output, errors) = sandbox.Run("lint", "--strict", Repository.File($"notebooks/{name}.dib"));
        Assert.True(exitCode == 0 && errors == "", output + errors);
    }
}
