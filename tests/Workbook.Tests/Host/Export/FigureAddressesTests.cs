using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Xunit;

namespace Workbook.Tests.Host.Export;

/// <summary>What a stranger's figure asks for is not in its data on a sanitized page, whatever the page's policy is.</summary>
public class FigureAddressesTests
{
    static (JsonNode? Drawn, IReadOnlyList<string> Notes) Page(string figure, bool isSanitized = true)
    {
        var bundle = new MimeBundle { [FigureHtml.MimeType] = JsonNode.Parse(figure)!, ["text/plain"] = "plain" };
        var (page, notes) = PageOf.Outputs(new PageOptions { IsSanitized = isSanitized }, new DisplayOutput(bundle));
        var data = Regex.Match(page, "<script type=\"application/json\">(.*?)</script>", RegexOptions.Singleline);
        return (data.Success ? JsonNode.Parse(data.Groups[1].Value) : null, notes);
    }

    /// <summary>Parts of a figure that lead outside, and what the note calls them.</summary>
    public static TheoryData<string, string> Outside => new()
    {
        { """ "layout": { "images": [{ "source": "https://evil.test/a.png" }] } """, "1 outside source" },
        { """ "layout": { "images": [{ "source": "secret.png" }, { "source": "//evil.test" }] } """, "2 outside sources" },
        { """ "layout": { "images": [{ "source": "data:text/html,<p>" }] } """, "1 outside source" },
        { """ "layout": { "template": { "layout": { "imagedefaults": { "source": "/a" } } } } """, "1 outside source" },
        { """ "frames": [{ "layout": { "images": [{ "source": "https://evil.test/a.png" }] } }] """, "1 outside source" },
        { """ "data": [{ "type": "image", "source": "https://evil.test/a.png" }] """, "1 outside source" },
        { """ "layout": { "updatemenus": [{ "buttons": [{ "args": ["images[0].source", "//evil.test"] }] }] } """, "1 outside source" },
        { """ "layout": { "updatemenus": [{ "buttons": [{ "args2": [{ "images[0].source": "a.png" }] }] }] } """, "1 outside source" },
        { """ "layout": { "updatemenus": [{ "buttons": [{ "args": [{ "source": [["https://evil.test"]] }] }] }] } """, "1 outside source" },
        { """ "layout": { "sliders": [{ "steps": [{ "args": [[{ "images": [{ "source": "a" }] }]] }] }] } """, "1 outside source" },
        { """ "layout": { "sliders": [{ "steps": [{ "args": ["type", "scattergeo"] }] }] } """, "1 map" },
        { """ "layout": { "sliders": [{ "steps": [{ "args": ["geojson", "https://evil.test"] }] }] } """, "1 outside source" },
        { """ "layout": { "mapbox": { "style": "https://evil.test", "layers": [{ "source": "https://evil.test" }] } } """, "1 map" },
        { """ "layout": { "geo2": { "scope": "world" }, "map": { "style": { "sources": {} } } } """, "2 maps" },
        { """ "layout": { "updatemenus": [{ "buttons": [{ "args": ["mapbox.style", "mapbox://styles/a"] }] }] } """, "1 outside source" },
        { """ "config": { "topojsonURL": "//evil.test/", "plotlyServerURL": "//evil.test", "showSendToCloud": true } """, "3 settings" },
        { """ "config": { "mapboxAccessToken": "pk.x", "modeBarButtonsToAdd": [{ "icon": { "svg": "<svg/>" } }] } """, "2 settings" },
        { """ "layout": { "title": { "text": "<a href='https://evil.test'>a</a>" } } """, "2 tags" },
        { """ "layout": { "annotations": [{ "text": "<span style='fill:url(https://evil.test#a)'>a</span>" }] } """, "2 tags" },
        { """ "data": [{ "name": "<<b>a href='https://evil.test'>a", "text": ["<A\tHREF=\"https://evil.test\">a"] }] """, "1 tag" },
        { """ "data": [{ "hovertemplate": "<%{meta} href='https://evil.test'>%{x}", "meta": "a" }] """, "1 tag" },
        { """ "data": [{ "hovertemplate": "<img src=https://evil.test>%{x:<6.2f}<extra></extra>" }] """, "1 tag" },
        { """ "data": [{ "marker": { "color": "URL (//evil.test)", "line": { "color": "u<x>rl(//a)" } } }] """, "2 styles, 1 tag" },
    };

    [Theory]
    [MemberData(nameof(Outside))]
    public void What_leads_outside_is_taken_out_and_said(string part, string said)
    {
        var (drawn, notes) = Page($"{{ {part} }}");
        Assert.All(Strings(drawn!), text => Assert.DoesNotMatch(@"^\s*(https?:|//|mapbox:|/)|url\s*\(|<(?!/?(b|extra)>|6)", text));
        Assert.Contains($"taken out of the figure: {said}.", Assert.Single(notes));
        Assert.Empty(Page($"{{ {part} }}", isSanitized: false).Notes);
    }

    /// <summary>Two texts that are harmless each, and a link where plotly.js joins them.</summary>
    [Theory]
    [InlineData("""{ "tickprefix": "<a href='https://evil.test'", "ticksuffix": ">" }""")]
    [InlineData("""{ "tickprefix": "<", "ticktext": ["a href='https://evil.test'>"] }""")]
    [InlineData("""{ "tickformat": "<a href='https://evil.test' ", "ticksuffix": ">" }""")]
    [InlineData("""{ "prefix": "%{x:<a href='https://evil.test'}", "suffix": ">" }""")]
    public void Half_a_tag_is_text(string axis) =>
        Assert.DoesNotContain(Strings(Page($$"""{ "layout": { "xaxis": {{axis}} } }""").Drawn!), t => t.Contains('<'));

    [Theory]
    [InlineData("scattergeo")]
    [InlineData("choropleth")]
    [InlineData("scattermapbox")]
    [InlineData("densitymap")]
    public void A_map_is_not_drawn_and_said(string type)
    {
        var (drawn, notes) = Page($$"""{ "data": [{ "type": "bar" }, { "type": "{{type}}", "geojson": "https://evil.test" }] }""");
        Assert.Null(drawn);
        Assert.Contains("is a map", Assert.Single(notes));
    }

    [Theory]
    [InlineData("""{ "data": [{ "type": "heatmap", "z": [[1, 2.50], [3e10, null]], "name": "a", "visible": true }] }""")]
    [InlineData("""{ "data": [{ "type": "treemap", "labels": ["https://example.org", "b"], "ids": [] }], "layout": {}, "frames": [] }""")]
    [InlineData("""{ "layout": { "title": { "text": "<b>a</b><br>b<sub>2</sub>" }, "meta": {} }, "config": { "responsive": true } }""")]
    [InlineData("""{ "data": [{ "hovertemplate": "%{x:<6.2f} %{y:.>+8,.2~f}<extra></extra>", "contours": { "operation": "<=" } }] }""")]
    [InlineData("""{ "layout": { "xaxis": { "tickformat": "<10.2f" }, "yaxis": { "title": null }, "font": { "style": "italic" } } }""")]
    [InlineData("""{ "data": [{ "type": "sankey", "link": { "source": [0, 1], "target": [1, 2] } }] }""")]
    [InlineData("""{ "layout": { "images": [{ "source": "data:image/png;base64,iVBORw0KGgo=" }] } }""")]
    public void What_asks_for_nothing_stays_as_it_is(string figure)
    {
        var (drawn, notes) = Page(figure);
        Assert.Equal(JsonNode.Parse(figure)!.ToJsonString(), drawn!.ToJsonString());
        Assert.Empty(notes);
    }

    [Theory]
    [InlineData("data:image/jpeg;base64,iVBORw0KGgo=", "data:image/png;base64,iVBORw0KGgo=")]
    [InlineData("DATA:image/svg+xml,%3Csvg%20/%3E", "data:image/svg+xml;base64,PHN2ZyAvPg==")]
    public void A_picture_is_what_its_bytes_say(string given, string shown) =>
        Assert.Equal(shown, (string?)Page($$"""{ "layout": { "source": "{{given}}" } }""").Drawn!["layout"]!["source"]);

    [Fact]
    public void A_lesser_sign_in_a_text_is_read_as_one() =>
        Assert.Equal("a &lt; b", (string?)Page("""{ "layout": { "title": "a < b" } }""").Drawn!["layout"]!["title"]);

    static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject all => all.SelectMany(p => Strings(p.Value)),
        JsonArray all => all.SelectMany(Strings),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
