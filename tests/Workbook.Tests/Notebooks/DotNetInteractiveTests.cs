using Workbook.Host.Documents;
using Workbook.Tests.Host;
using Workbook.Tests.Host.Export;
using Workbook.Tests.Host.Jupyter;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>An executed twin, unchanged, through Jupyter's nbconvert on the kernel of .NET Interactive.</summary>
[Trait("speed", "slow")]
public sealed class DotNetInteractiveTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    public static TheoryData<string> Notebooks => NotebookTests.LargestOrAll;

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task A_notebook_shows_there_what_it_shows_here(string name)
    {
        JupyterClients.Require("nbconvert");
        DotNetInteractive.Require();
        var tab = await browser.OpenAsync();
        using var sandbox = new Sandbox();
        DotNetInteractive.InstallKernel(sandbox);
        var twin = Repository.File($"notebooks/{name}.ipynb");
        JupyterClients.Run(sandbox, "nbconvert", "--to", "notebook", "--execute", twin, "--output-dir", sandbox.Folder, "--output",
            "done.ipynb", "--ExecutePreprocessor.timeout=600");
        await ShownAgain.AsInTheTwinAsync(NotebookFile.Read(sandbox.At("done.ipynb")), NotebookFile.Read(twin), tab);
    }
}
