using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Xunit;

namespace Workbook.Tests.Host.Export;

/// <summary>A book as a reader moves through it, from a disk. Screenshots are kept in artifacts/pages.</summary>
[Trait("speed", "slow")]
public sealed class BookInBrowserTests : IClassFixture<BrowserFixture>, IDisposable
{
    readonly BrowserFixture browser;

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("workbook-reading-");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public BookInBrowserTests(BrowserFixture browser)
    {
        this.browser = browser;
        var docs = folder.CreateSubdirectory("docs").FullName;
        File.WriteAllText(Path.Combine(docs, "glossary.md"),
            "# Glossary\n\n| term | meaning | where |\n|---|---|---|\n| strength | How strongly it is held. | [here](glossary.md) |\n");
        var notebooks = folder.CreateSubdirectory("notebooks").FullName;
        new Book { Title = "The book" }.Write(
            [
                new BookChapter("01-asking", InteractiveSample.Create(), notebooks),
                new BookChapter("02-sample", SampleNotebook.Create(), notebooks),
            ], folder.FullName, Cancellation);
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_search_finds_a_section_of_another_page_and_goes_there_by_keyboard()
    {
        var tab = await browser.OpenAsync();
        await tab.SetScreenAsync(1280, 800, dark: false, Cancellation);
        await tab.GoAsync(Page("docs/glossary.html"), Cancellation);
        await tab.ClickAsync(".search input", cancellation: Cancellation);
        await tab.TypeAsync("gradient SAYS", Cancellation);
        await tab.EvaluateAsync(Until("document.querySelectorAll('.found a').length > 0"), Cancellation);
        Assert.Equal("The strength that ran away: What the gradient says",
            await Text(tab.EvaluateAsync("document.querySelector('.found a').textContent", Cancellation)));
        await PageChecks.KeepAsync(tab, "search-1280-light.png");
        await tab.PressAsync("ArrowDown", 40, Cancellation);
        Assert.EndsWith("/02-sample.html#what-the-gradient-says",
            await Text(tab.EvaluateAsync("document.activeElement.href", Cancellation)));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task A_search_does_not_tell_an_answer_and_says_when_it_finds_nothing()
    {
        var tab = await browser.OpenAsync();
        await tab.GoAsync(Page("index.html"), Cancellation);
        await Ask("through zero");
        Assert.Equal("Asking | Behind a prediction.", await Text(tab.EvaluateAsync(
            "document.querySelector('.found a').textContent + ' | ' + document.querySelector('.found p').textContent", Cancellation)));
        await Ask("nowhere to be found");
        Assert.Equal("Nothing found",
            await Text(tab.EvaluateAsync("document.querySelector('.search [role=status]').textContent", Cancellation)));

        async Task Ask(string words)
        {
            await tab.EvaluateAsync("document.querySelector('.search input').value = ''", Cancellation);
            await tab.ClickAsync(".search input", cancellation: Cancellation);
            await tab.TypeAsync(words, Cancellation);
            await tab.EvaluateAsync(Until("!document.querySelector('.found').hidden"), Cancellation);
        }
    }

    [Fact]
    public async Task A_term_explains_itself_to_the_keyboard_and_goes_away_on_escape()
    {
        var tab = await browser.OpenAsync();
        await tab.SetScreenAsync(390, 844, dark: true, Cancellation);
        await tab.GoAsync(Page("02-sample.html"), Cancellation);
        const string seen = "String(document.querySelector('.term-note').checkVisibility())";
        Assert.Equal("false", await Text(tab.EvaluateAsync(seen, Cancellation)));
        while (await Text(tab.EvaluateAsync("String(document.activeElement.matches('.term'))", Cancellation)) == "false")
            await tab.PressAsync("Tab", 9, Cancellation);
        Assert.Equal("true", await Text(tab.EvaluateAsync(seen, Cancellation)));
        Assert.Equal("How strongly it is held.", await Text(tab.EvaluateAsync(
            "document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent", Cancellation)));
        Assert.Equal("true", await Text(tab.EvaluateAsync("String(document.documentElement.scrollWidth <= innerWidth)", Cancellation)));
        await tab.PressAsync("Escape", 27, Cancellation);
        Assert.Equal("false", await Text(tab.EvaluateAsync(seen, Cancellation)));
    }

    [Theory]
    [InlineData("index.html", 1280)]
    [InlineData("docs/glossary.html", 390)]
    [InlineData("01-asking.html", 390)]
    public async Task Every_kind_of_page_fits_the_screen_and_can_be_read(string page, int width)
    {
        var tab = await browser.OpenAsync();
        await tab.SetScreenAsync(width, 844, dark: true, Cancellation);
        await tab.GoAsync(Page(page), Cancellation);
        Assert.Empty((await tab.EvaluateAsync(PageChecks.Script, Cancellation))!.AsArray().Select(c => c!.ToString()));
        Assert.Empty(tab.Errors);
    }

    Uri Page(string name) => new(Path.Combine(folder.FullName, name));

    static string Until(string condition) =>
        $"new Promise(done => {{ const look = () => {condition} ? done() : requestAnimationFrame(look); look(); }})";

    static async Task<string?> Text(Task<JsonNode?> value) => (string?)await value;
}
