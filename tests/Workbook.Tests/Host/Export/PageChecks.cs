using Workbook.Host.Export.Browser;
using Xunit;

namespace Workbook.Tests.Host.Export;

/// <summary>What every page must pass in a browser.</summary>
static class PageChecks
{
    /// <summary>An expression that gives the complaints about the page that is open.</summary>
    public static string Script { get; } = File.ReadAllText(Repository.File("tests/Workbook.Tests/Host/Export/page-checks.js"));

    /// <summary>An expression that opens every fold of the page and waits for what lies in it.</summary>
    public const string OpenFolds = """
        (async () => {
            await window.figuresDrawn;
            for (const fold of document.querySelectorAll("details:not([open])")) fold.open = true;
            await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
            await window.figuresDrawn;
        })()
        """;

    /// <summary>Keeps a screenshot in artifacts/pages.</summary>
    public static async Task KeepAsync(BrowserTab tab, string name)
    {
        var folder = Directory.CreateDirectory(Repository.File("artifacts/pages"));
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), await tab.PictureAsync(TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken);
    }
}
