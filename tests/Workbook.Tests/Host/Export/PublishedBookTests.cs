using Xunit;

namespace Workbook.Tests.Host.Export;

/// <summary>
/// The pages of the real book, where <see cref="Variable"/> names the folder that it was published to. Screenshots are kept in
/// artifacts/pages.
/// </summary>
[Trait("speed", "slow")]
public sealed class PublishedBookTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    const string Variable = "WORKBOOK_SITE";

    [Theory]
    [InlineData(1280, false)]
    [InlineData(390, true)]
    public async Task Every_page_of_the_published_book_is_drawn_fits_the_screen_and_can_be_read(int width, bool dark)
    {
        var site = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(site), $"{Variable} does not name the folder of a published book.");
        var pages = Directory.GetFiles(site!, "*.html").Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(pages);
        var cancellation = TestContext.Current.CancellationToken;
        var tab = await browser.OpenAsync();
        var complaints = new List<string>();
        foreach (var page in pages)
        {
            await tab.SetScreenAsync(width, 844, dark, cancellation);
            await tab.GoAsync(new Uri(Path.GetFullPath(page)), cancellation);
            var name = Path.GetFileNameWithoutExtension(page);
            // What waits for an answer is a part of the page too.
            await tab.EvaluateAsync(PageChecks.OpenFolds, cancellation);
            complaints.AddRange((await tab.EvaluateAsync(PageChecks.Script, cancellation))!.AsArray().Select(c => $"{name}: {c}"));
            complaints.AddRange(tab.Errors.Select(e => $"{name}: {e}"));
            await PageChecks.KeepAsync(tab, $"{name}-{width}-{(dark ? "dark" : "light")}.png");
        }
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }
}
