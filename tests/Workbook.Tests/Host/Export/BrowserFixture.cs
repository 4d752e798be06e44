using Workbook.Host.Export.Browser;
using Xunit;

namespace Workbook.Tests.Host.Export;

/// <summary>
/// One headless Chromium for all tests of a class. Without one the tests are skipped, except in CI, where it may not be absent.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    Chromium? browser;

    /// <summary>A new tab; skips the calling test when there is no browser.</summary>
    internal async Task<BrowserTab> OpenAsync()
    {
        Require();
        return await browser!.OpenAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Skips the calling test when there is no browser; fails it in CI.</summary>
    public static void Require()
    {
        const string missing = $"No Chromium, Chrome or Edge was found on the PATH or by {Chromium.Variable}.";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.True(Chromium.Find() is not null, missing + " CI must install one.");
        Assert.SkipWhen(Chromium.Find() is null, missing);
    }

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Find() is { } program) browser = await Chromium.StartAsync(program);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
    }
}
