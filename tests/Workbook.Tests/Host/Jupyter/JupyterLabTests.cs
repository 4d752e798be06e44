using System.Diagnostics;
using System.Text.Json;
using Workbook.Host.Documents;
using Workbook.Host.Export.Browser;
using Workbook.Host.Run;
using Workbook.Tests.Host.Export;
using Xunit;

namespace Workbook.Tests.Host.Jupyter;

/// <summary>JupyterLab in a browser, as someone uses it.</summary>
[Trait("speed", "slow")]
public sealed class JupyterLabTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IAsyncLifetime
{
    const string Words = """"
        """<table><tr><td>words</td></tr></table><ol type="a"><li>A choice.</li></ol>""".DisplayAs("text/html");
        """";

    /// <summary>What has not come by then will not; the machine may be busy with other tests.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly Sandbox sandbox = new();

    Process? server;

    BrowserTab tab = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        JupyterClients.Require("lab");
        BrowserFixture.Require();
        JupyterClients.Install(sandbox);
        JupyterClients.Write(sandbox, "books/book.ipynb", new NotebookDocument
        {
            Cells =
            [
                new Cell { Language = "markdown", Source = "# A book" },
                new Cell { Language = "csharp", Source = $"var kept = 41;\nConsole.WriteLine(\"kept\");\n{Words}" },
                new Cell { Language = "csharp", Source = FigureCell.Source },
                new Cell { Language = "csharp", Source = "kept + 1" },
                new Cell { Language = "csharp", Source = "while (true) { }" },
            ],
        });

        var port = Ports.Take();
        var info = JupyterClients.Command(sandbox, "lab", "--no-browser", $"--ServerApp.port={port}", "--ServerApp.token=",
            "--IdentityProvider.token=", "--allow-root",
            $"--ServerApp.root_dir={sandbox.At("books")}", "--LabApp.expose_app_in_browser=True");
        info.Environment["JUPYTER_RUNTIME_DIR"] = sandbox.At("runtime");
        info.Environment["JUPYTERLAB_SETTINGS_DIR"] = sandbox.At("settings");
        info.Environment["JUPYTERLAB_WORKSPACES_DIR"] = sandbox.At("workspaces");
        server = Process.Start(info)!;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) ready.TrySetException(new InvalidOperationException("JupyterLab ended before it was ready."));
            else if (line.Data.Contains("is running at", StringComparison.Ordinal)) ready.TrySetResult();
        };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        await ready.Task.WaitAsync(Patience, Cancellation);
        tab = await browser.OpenAsync();
        await tab.SetScreenAsync(1200, 900, dark: false, Cancellation);
        await tab.GoAsync(new Uri($"http://127.0.0.1:{port}/lab/tree/book.ipynb?reset"), Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync(CancellationToken.None);
            server.Dispose();
        }

        sandbox.Dispose();
    }

    [Fact]
    public async Task A_notebook_runs_draws_its_chart_is_interrupted_keeps_its_variables_and_restarts()
    {
        await ShowsAsync("kernel idle", "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'");
        await ShowsAsync("a notebook that nobody has changed as saved", "!window.jupyterapp.shell.currentWidget.context.model.dirty");
        await CommandAsync("notebook:run-all-cells");

        // The last cell has no end; all before it must be there.
        await ShowsAsync("stream", "outputs(1).includes('kept')");
        await ShowsAsync("words of a table at the left", "getComputedStyle(cells()[1].querySelector('td')).textAlign === 'left'");
        await ShowsAsync("choices with letters", "getComputedStyle(cells()[1].querySelector('ol')).listStyleType === 'lower-alpha'");
        await ShowsAsync("chart", "document.querySelector('.jp-RenderedPlotly .main-svg .trace, .js-plotly-plot .main-svg .trace')");
        await ShowsAsync("value", "outputs(3).includes('42')");
        await ShowsAsync("hover label", Hovered);
        await PictureAsync("chart");

        // In a dark theme the chart is dark, and light again in a light one; what says so takes no room.
        const string filter = "getComputedStyle(document.querySelector('.jp-RenderedPlotly')).filter";
        await ShowsAsync("a light chart", $"{filter} === 'none'");
        await CommandAsync("apputils:change-theme", arguments: "{ theme: 'JupyterLab Dark' }");
        await ShowsAsync("a dark chart", $"document.body.dataset.jpThemeLight === 'false' && {filter}.includes('invert')");
        await ShowsAsync("a style without room",
            "document.querySelector('style.workbook-theme').closest('.jp-OutputArea-child').offsetHeight === 0");
        await PictureAsync("dark");
        await CommandAsync("apputils:change-theme", arguments: "{ theme: 'JupyterLab Light' }");
        await ShowsAsync("a light chart again", $"document.body.dataset.jpThemeLight === 'true' && {filter} === 'none'");

        await CommandAsync("notebook:interrupt-kernel");
        await ShowsAsync("interrupt", "outputs(4).includes('Variables keep their values')");
        await PictureAsync("interrupted");

        await SourceAsync("kept + 2");
        await CommandAsync("notebook:run-cell");
        await ShowsAsync("kept variable", "outputs(4).includes('43')");

        await CommandAsync("notebook:restart-kernel", isWaited: false);
        await ShowsAsync("question", "document.querySelector('.jp-Dialog .jp-mod-accept')");
        await tab.EvaluateAsync("document.querySelector('.jp-Dialog .jp-mod-accept').click()", Cancellation);
        await SourceAsync("6 * 7");
        await ShowsAsync("no dialog", "!document.querySelector('.jp-Dialog')");
        await CommandAsync("notebook:run-cell");
        await ShowsAsync("result after restart", "outputs(4).includes('42') && prompt(4) === '[1]:'");
        await PictureAsync("restarted");
    }

    /// <summary>Waits until an expression is true in the page.</summary>
    async Task ShowsAsync(string what, string expression)
    {
        for (var watch = Stopwatch.StartNew(); ;)
        {
            // An element that is not there yet is a problem too.
            var problem = (string?)await tab.EvaluateAsync($$"""
                (() => {
                    const cells = () => document.querySelectorAll('.jp-Notebook .jp-Cell');
                    const outputs = i => cells()[i]?.querySelector('.jp-Cell-outputArea')?.innerText ?? '';
                    const prompt = i => cells()[i]?.querySelector('.jp-InputPrompt')?.innerText ?? '';
                    try {
                        return ({{expression}}) ? '' : 'It is not so.';
                    } catch (e) {
                        return `${e}`;
                    }
                })()
                """, Cancellation);
            if (problem is "") return;
            if (watch.Elapsed > Patience)
            {
                await PictureAsync("failed");
                Assert.Fail($"JupyterLab did not show: {what}. {problem} It shows:\n"
                    + $"{await tab.EvaluateAsync("document.body.innerText", Cancellation)}");
            }

            await Task.Delay(100, Cancellation);
        }
    }

    async Task CommandAsync(string name, bool isWaited = true, string arguments = "{}") =>
        await tab.EvaluateAsync(
            $"(async () => {{ const run = "
                + $"window.jupyterapp.commands.execute('{name}', {arguments}); {(isWaited && name != "notebook:run-all-cells" ? "await run;" : "")} "
                    + $"}})()", Cancellation);

    /// <summary>Gives the last cell another text, and makes it the one that commands are for.</summary>
    async Task SourceAsync(string source) => await tab.EvaluateAsync($$"""
        (() => {
            const notebook = window.jupyterapp.shell.currentWidget.content;
            notebook.activeCellIndex = notebook.widgets.length - 1;
            notebook.activeCell.model.sharedModel.setSource({{JsonSerializer.Serialize(source)}});
        })()
        """, Cancellation);

    /// <summary>Moves the mouse over the middle of the chart, and gives what it shows there; once may not be noticed.</summary>
    const string Hovered = """
        (() => {
            const plot = document.querySelector('.js-plotly-plot .nsewdrag');
            plot.scrollIntoView({ block: 'center' });
            const box = plot.getBoundingClientRect();
            for (const type of ['mouseover', 'mousemove'])
                plot.dispatchEvent(new MouseEvent(type, { clientX: box.x + box.width / 2, clientY: box.y + 20, bubbles: true, view: window }));
            return document.querySelector('.hoverlayer .hovertext');
        })()
        """;

    /// <summary>Leaves a picture for whoever wants to look, beside the tests.</summary>
    async Task PictureAsync(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "jupyterlab"));
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, $"{name}.png"), await tab.PictureAsync(Cancellation), Cancellation);
    }
}
