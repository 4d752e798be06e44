using Workbook.Host.Documents;
using Workbook.Tests.Host;
using Xunit;

namespace Workbook.Tests.TensorFlow;

/// <summary>Notebooks run on TensorFlow unchanged, and their checks hold.</summary>
[Trait("speed", "slow")]
public class NotebookTests
{
    /// <summary>
    /// The article's notebook and those that learn a strength, an exponent and the weights of losses; by default the shortest, with
    /// WORKBOOK_TENSORFLOW_TESTS=all each.
    /// </summary>
    public static TheoryData<string> Notebooks =>
        [.. Directory.GetFiles(Repository.File("notebooks"), "*.dib").Select(f => Path.GetFileNameWithoutExtension(f))
            .Where(n => (InstalledTensorFlow.Everything ? ["00", "01", "05", "08"] : new[] { "05" }).Contains(n[..2])).Order()];

    [Theory(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    [MemberData(nameof(Notebooks))]
    public void A_notebook_runs_on_TensorFlow_with_the_same_checks(string name)
    {
        using var sandbox = new Sandbox();
        var (exitCode, output, errors) = sandbox.Run("run", Repository.File($"notebooks/{name}.dib"), "--backend",
            $"tensorflow={InstalledTensorFlow.File}", "--out", sandbox.At("out"), "--no-pictures", "--timeout", "1200");
        Assert.True(exitCode == 0, output + errors);
        // The twin is what the embedded engine finds; other tests see to that.
        var ours = Checks(NotebookFile.Read(Repository.File($"notebooks/{name}.ipynb")));
        Assert.NotEmpty(ours);
        Assert.Equal(ours, Checks(sandbox.Executed(name)));
        Assert.StartsWith("TensorFlow 2", sandbox.Stream(name, "stdout"), StringComparison.Ordinal);
    }

    /// <summary>What was checked, without the numbers that were found.</summary>
    static string[] Checks(NotebookDocument executed) =>
    [
        .. string.Concat(executed.Cells.SelectMany(c => c.Outputs).OfType<StreamOutput>().Select(o => o.Text)).Split('\n')
            .Where(l => l.StartsWith("✓ ", StringComparison.Ordinal)).Select(l => l.Split(": ")[0]),
    ];
}
