using Workbook.Host.Documents;
using Workbook.Tests.Host;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>The notebooks themselves: each runs in a fresh process, and its checks hold.</summary>
public class NotebookTests
{
    public static TheoryData<string> Notebooks => [.. Directory.GetFiles(Repository.File("notebooks"), "*.dib").Select(f => Path.GetFileNameWithoutExtension(f)).Order()];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void A_notebook_runs_and_its_checks_hold(string name)
    {
        using var sandbox = new Sandbox();
        var (exitCode, output, errors) = sandbox.Run("run", Repository.File($"notebooks/{name}.dib"), "--out", sandbox.At("out"));
        Assert.True(exitCode == 0, output + errors);
        var cells = sandbox.Executed(name).Cells;
        Assert.Contains(cells.SelectMany(c => c.Outputs).OfType<StreamOutput>(), o => o.Text.Contains("✓ ", StringComparison.Ordinal));
        Assert.Contains(cells.SelectMany(c => c.Outputs), o => o.Bundle?["application/vnd.plotly.v1+json"] is not null);
        Assert.True(File.Exists(sandbox.At($"out/{name}.html")));
    }

    [Fact]
    public void Every_notebook_holds_only_what_other_hosts_understand()
    {
        using var sandbox = new Sandbox();
        var (exitCode, output, errors) = sandbox.Run("lint", Repository.File("notebooks"));
        Assert.True(exitCode == 0, output + errors);
    }
}
