using System.Text.Json.Nodes;
using Workbook.Host.Export;
using Workbook.Host.Export.Browser;
using Xunit;

namespace Workbook.Tests.Host.Export;

/// <summary>
/// A notebook that tries everything to run a script or to reach the network, published with <c>--sanitize</c> and opened in a browser.
/// </summary>
[Trait("speed", "slow")]
public sealed class SanitizedInBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IDisposable
{
    readonly Sandbox sandbox = new();

    readonly SmallServer listener = new(_ => "window.hacked = ['loaded']"u8.ToArray());

    public void Dispose()
    {
        listener.Dispose();
        sandbox.Dispose();
    }

    string Url(string name) => $"{listener.Address}/{name}";

    /// <summary>A script that leaves a trace, also where quotes would end it.</summary>
    static string Hack(string name) => $"window.hacked=(window.hacked||[]).concat(/{name}/.source)";

    IEnumerable<string> Html() =>
    [
        $"<script>{Hack("script")}</script>", $"<script src={Url("script.js")}></script>", $"<script src='//{Url("x")[5..]}'></script>",
        $"<img src={Url("img.png")} onerror={Hack("img")}>", $"<img srcset='{Url("srcset.png")} 2x' src=x onerror='{Hack("srcset")}'>",
        $"<img/src={Url("slash.png")}/onerror='{Hack("slash")}'>", $"<IMG SRC=\"x\" ALT='\"><script>{Hack("alt")}</script>'>",
        $"<img alt=x onload src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='{Hack("data-svg")}'>"
            + $"<image href='{Url("data-svg.png")}'/></svg>\">",
        $"<img src='data:image/png;base64,AAAA\" onerror=\"{Hack("png")}'>",
        $"<svg onload='{Hack("svg")}'><script>{Hack("svg-script")}</script><image href='{Url("svg.png")}'/><use href='{Url("use.svg")}#a'/>"
            + $"<a href='javascript:{Hack("svg-a")}'><text>x</text></a><animate onbegin='{Hack("begin")}' attributeName=x dur=1s /></svg>",
        $"<svg><foreignObject><iframe srcdoc='<script>parent.{Hack("foreign")}</script>'></iframe></foreignObject></svg>",
        $"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={Hack("math")}&gt;'>",
        $"<math href='javascript:{Hack("math-href")}'>x</math><math><annotation-xml encoding='text/html'><img src={Url("ann.png")} "
            + $"onerror={Hack("annotation")}></annotation-xml></math>",
        $"<iframe src='javascript:parent.{Hack("iframe")}'></iframe><iframe srcdoc=\"<script>parent.{Hack("srcdoc")}</script>\"></iframe>"
            + $"<iframe src='{Url("iframe")}'></iframe>",
        $"<object data='{Url("object")}'></object><embed src='{Url("embed")}'>"
            + $"<object data='data:text/html,<script>{Hack("obj")}</script>'>",
        $"<base href='{Url("base")}/'>", $"<meta http-equiv=refresh content='0;url={Url("refresh")}'>",
        $"<link rel=stylesheet href='{Url("sheet.css")}'><link rel=prefetch href='{Url("prefetch")}'><link rel=preload as=image "
            + $"href='{Url("preload")}'><link rel=dns-prefetch href='{Url("dns")}'><link rel=preconnect href='{Url("pre")}'>"
            + $"<link rel=icon href='{Url("icon.ico")}'><link rel=manifest href='{Url("manifest")}'>",
        $"<style>@import url({Url("import.css")}); body {{ background: url({Url("css.png")}) }} @font-face {{ font-family: x; "
            + $"src: url({Url("font.woff")}) }} * {{ font-family: x }}</style>",
        $"<div style=\"background:url('{Url("style.png")}')\" onclick='{Hack("click")}' onmouseover='{Hack("over")}'>x</div>",
        $"<form action='{Url("form")}' id=f><input name=a autofocus onfocus='{Hack("focus")}'></form><button form=f "
            + $"formaction='javascript:{Hack("formaction")}'>x</button>",
        $"<video poster='{Url("poster.png")}' src='{Url("video")}' onerror='{Hack("video")}'></video><audio src='{Url("audio")}'>"
            + $"<source src='{Url("source")}' onerror='{Hack("source")}'></audio>",
        $"<details open ontoggle='{Hack("toggle")}'>x</details><marquee onstart='{Hack("marquee")}'>x</marquee>",
        $"<body onload='{Hack("body")}' background='{Url("body.png")}'>", $"<a href='{Url("ping")}' ping='{Url("pinged")}'>x</a>",
        $"<table background='{Url("table.png")}'><td background='{Url("td.png")}'>x</table>",
        $"</main></body></html><script>{Hack("close")}</script>", $"--><script>{Hack("comment")}</script><!--",
        $"</script><script>{Hack("end")}</script>", $"</title><script>{Hack("title")}</script>",
        $"</noscript><script>{Hack("no")}</script>",
        $"<figure class=figure><div class=drawing></div><script type='application/json'>{{\"layout\":{{\"images\":[{{\"source\":"
            + $"\"{Url("own-figure.png")}\"}}]}}}}</script></figure>",
        $"<fieldset class='wb-prediction' data-id=x><legend onclick='{Hack("fieldset")}'>"
            + $"<img src={Url("fieldset.png")}></legend></fieldset>",
        $"<template><img src=x onerror='{Hack("template")}'></template><xmp><img src=x onerror='{Hack("xmp")}'></xmp>",
        $"<div id=workbook><a id=workbook name=named href='{Url("clobber")}'></a></div><form name=figures></form>",
    ];

    IEnumerable<string> Markdown() =>
    [
        $"[x](javascript:{Hack("md-link")}) ![x]({Url("md.png")}) ![x](//{Url("md2.png")[7..]}) <{Url("auto")}>",
        $"![x](data:image/svg+xml,%3Csvg%20onload=%22{Hack("md-svg")}%22%3E) [x]: {Url("ref")}", $"![x][r]\n\n[r]: {Url("md-ref.png")}",
        $"# <img src={Url("heading.png")} onerror={Hack("heading")}> `<script>{Hack("code")}</script>`",
        $"```html\n</code></pre><script>{Hack("fence")}</script>\n```", $"```\"><script>{Hack("info")}</script>\nx\n```",
        $"```mermaid\ngraph TD\n  A[\"<img src={Url("mermaid.png")} onerror={Hack("mermaid")}>\"] --> B\n"
            + $"  click A \"javascript:{Hack("m")}\"\n```",
        $"| a | b |\n|---|---|\n| <img src={Url("cell.png")}> | [x](vbscript:{Hack("vb")}) |",
        $"$\\href{{javascript:{Hack("tex")}}}{{x}}$ $\\text{{</mtext><script>{Hack("tex2")}</script>}}$ "
            + $"$\\class{{\" onclick=\"{Hack("c")}}}{{x}}$",
        $"$$\\includegraphics{{{Url("tex.png")}}} \\style{{background:url({Url("tex-style.png")})}}{{x}} \\unicode{{x}}$$",
        $"[x](<{Url("title")}> \"\\\" onclick=\\\"{Hack("md-title")}\") ![\"onerror=\"{Hack("md-alt")}](a.png)",
        $"*Hint.* <img src={Url("hint.png")} onerror={Hack("hint")}>", $"[^1]\n\n[^1]: <img src={Url("foot.png")} onerror={Hack("foot")}>",
    ];

    IEnumerable<JsonNode> Figures()
    {
        var link = $"<a href=\"javascript:{Hack("plotly-a")}\">x</a><a href=\"{Url("plotly-a")}\" target=\"_self\">y</a>"
            + $"<img src=\"{Url("plotly-img")}\">"
            + $"<span style=\"background:url({Url("plotly-style")});fill:url({Url("plotly-fill")}#a)\">z</span>"
            + $"<script>{Hack("plotly-script")}</script><svg onload={Hack("plotly-svg")}>$\\href{{javascript:{Hack("plotly-tex")}}}{{x}}$ "
            + $"%{{x:{Hack("template")}}}";
        foreach (var type in (string[])["scatter", "bar", "pie", "heatmap", "table", "image", "scattergeo", "choropleth", "scattermap",
            "choroplethmap", "scattermapbox", "sunburst", "surface", "sankey", "<script>"])
            yield return JsonNode.Parse("""
                {
                  "data": [{
                    "type": TYPE, "x": [1, 2], "y": [1, 2], "z": [[1, 2], [3, 4]], "name": LINK, "text": [LINK, LINK],
                    "hovertemplate": LINK,
                    "texttemplate": LINK, "customdata": [LINK, LINK], "labels": [LINK, "b"], "values": [1, 2], "parents": ["", LINK],
                    "marker": { "symbol": "x\" onload=\"hacked", "color": "url(URL/marker)" }, "source": "URL/trace-source.png",
                    "lat": [1, 2], "lon": [1, 2], "locations": ["FRA", "USA"], "geojson": "URL/geo.json",
                    "cells": { "values": [[LINK]] }, "header": { "values": [LINK] }
                  }],
                  "layout": {
                    "title": { "text": LINK }, "meta": { "alt": LINK, "wb": { "name": LINK } },
                    "annotations": [{ "text": LINK, "x": 1, "y": 1, "hovertext": LINK }],
                    "images": [{ "source": "URL/layout-image.png", "x": 0, "y": 1, "sizex": 1, "sizey": 1 }],
                    "xaxis": { "title": LINK, "ticktext": [LINK], "tickvals": [1] }, "font": { "family": "x; background: url(URL/font)" },
                    "mapbox": { "style": "URL/mapbox.json", "accesstoken": "pk.x" }, "map": { "style": "URL/map.json" }, "sliders": SLIDERS,
                    "updatemenus": [{ "type": "buttons",
                      "buttons": [{ "label": LINK, "method": "relayout", "args": ["images[0].source", "URL/menu"] }] }]
                  },
                  "config": {
                    "plotlyServerURL": "URL/cloud", "showSendToCloud": true, "showEditInChartStudio": true, "topojsonURL": "URL/topojson/",
                    "mapboxAccessToken": "pk.x", "editable": true, "showLink": true, "linkText": LINK, "locale": LINK, "displaylogo": true,
                    "displayModeBar": true, "setBackground": "x"
                  },
                  "frames": [{ "name": LINK, "layout": { "title": LINK } }]
                }
                """
                .Replace("SLIDERS", type != "bar" ? "[]" : """
                [{ "currentvalue": { "prefix": LINK },
                  "steps": [{ "label": LINK, "method": "relayout", "args": ["images[0].source", "URL/slider"] }] }]
                """)
                .Replace("TYPE", Json(type)).Replace("LINK", Json(link)).Replace("URL", listener.Address))!;
    }

    static string Json(string text) => JsonValue.Create(text).ToJsonString();

    string Notebook()
    {
        var (html, markdown) = (Html().ToList(), Markdown().ToList());
        var cells = html.Concat(markdown)
            .Select(t => $$"""{ "cell_type": "markdown", "metadata": {}, "source": {{Json(t)}} }""").ToList();
        string[] types = ["text/html", "text/markdown", "text/plain", "text/latex", "image/svg+xml", "image/png", "image/gif",
            "application/javascript", "application/json", "application/vnd.jupyter.widget-state+json"];
        var outputs = html.Concat(markdown)
            .SelectMany(t => types.Concat(["application/x-" + t, "text/" + t]).Select(m => Shown(m, Json(t))))
            .Concat(Figures().Select(f => Shown("application/vnd.plotly.v1+json", f.ToJsonString())))
            .Append(Shown("application/vnd.jupyter.widget-view+json", """{ "model_id": "a", "version_major": 2 }"""))
            .Append(Shown("application/vnd.vegalite.v5+json", $$"""{ "data": { "url": "{{Url("vega.json")}}" } }"""))
            .Concat(html.Select(t => $$"""
                { "output_type": "stream", "name": {{Json(t)}},
                  "text": {{Json($"\u001b[31m\u001b]8;;javascript:{Hack("osc")}\u001b\\{t}")}} }
                """))
            .Concat(html.Select(t => $$"""
                { "output_type": "error", "ename": {{Json(t)}}, "evalue": {{Json(t)}}, "traceback": [{{Json(t)}}] }
                """));
        cells.Add(Code(string.Join('\n', html), outputs));
        cells.AddRange(html.Select(t => Code($"//| alt: {t}\n//| fold: {t}\n{t}", [])));
        return Document(cells);
    }

    string Document(IEnumerable<string> cells) => $$"""
        { "nbformat": 4, "nbformat_minor": 4, "cells": [{{string.Join(",\n", cells)}}],
          "metadata": { "title": {{Json(Html().First())}}, "language_info": { "name": "C#" },
            "widgets": { "application/vnd.jupyter.widget-state+json": { "state": {{Json(Html().First())}} } },
            "kernelspec": { "name": ".net-csharp", "display_name": {{Json(Html().First())}}, "language": "C#" } } }
        """;

    static string Code(string source, IEnumerable<string> shown) => $$"""
        { "cell_type": "code", "execution_count": 1, "source": {{Json(source)}}, "outputs": [{{string.Join(',', shown)}}],
          "metadata": { "tags": [{{Json($"\"><script>{Hack("tag")}</script>")}}] } }
        """;

    static string Shown(string type, string value) =>
        $$"""{ "output_type": "display_data", "metadata": {}, "data": { {{Json(type)}}: {{value}} } }""";

    [Fact]
    public async Task Nothing_of_a_hostile_notebook_runs_or_reaches_the_network_from_its_sanitized_page()
    {
        BrowserFixture.Require();
        sandbox.Write("hostile.ipynb", Notebook());
        sandbox.Write("cover.md", string.Join("\n\n", Markdown().Concat(Html())));
        var (exitCode, output, errors) = sandbox.Run("publish", "hostile.ipynb", "--sanitize", "--cover", "cover.md", "--no-pictures");
        Assert.True(exitCode == 0, output + errors);
        foreach (var page in (string[])["site/hostile.html", "site/index.html"])
        {
            var tab = await OpenAsync(page);
            Assert.Equal("", string.Join(", ", (await ListAsync(tab, "went")).Concat(await ListAsync(tab, "hacked"))));
            Assert.Empty(listener.Asked);
        }
    }

    [Fact]
    public async Task A_script_that_runs_and_a_request_that_leaves_are_seen()
    {
        BrowserFixture.Require();
        sandbox.Write("trusted.ipynb", Document([Code("1", [Shown("text/html",
            Json($"<script>{Hack("script")}</script><img src='{Url("img.png")}'>"))])]));
        var (exitCode, output, errors) = sandbox.Run("publish", "trusted.ipynb", "--no-pictures");
        Assert.True(exitCode == 0, output + errors);
        var tab = await OpenAsync("site/trusted.html");
        Assert.Equal(["script"], await ListAsync(tab, "hacked"));
        Assert.Equal(["/img.png"], listener.Asked);
    }

    /// <summary>
    /// Opens a page, draws its figures, and touches all that can be touched. A link that was touched is not followed; any other is told.
    /// </summary>
    async Task<BrowserTab> OpenAsync(string page)
    {
        var tab = await browser.OpenAsync();
        await tab.SetScreenAsync(1280, 900, dark: false, TestContext.Current.CancellationToken);
        await tab.GoAsync(new Uri(sandbox.At(page)), TestContext.Current.CancellationToken);
        await tab.EvaluateAsync("""
            (async () => {
              let isTouching = false;
              window.went = [];
              navigation.addEventListener("navigate", e => {
                if (!isTouching) went.push(e.destination.url);
                e.preventDefault();
              });
              for (const fold of document.querySelectorAll("details")) fold.open = true;
              await window.figuresDrawn;
              isTouching = true;
              for (const one of document.querySelectorAll("main *"))
                for (const type of ["mouseover", "mousedown", "click", "focus"])
                  one.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
              isTouching = false;
              await window.figuresDrawn;
              await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
            })()
            """, TestContext.Current.CancellationToken);
        return tab;
    }

    static async Task<IReadOnlyList<string>> ListAsync(BrowserTab tab, string name) =>
        [.. ((JsonArray)(await tab.EvaluateAsync($"window.{name} ?? []", TestContext.Current.CancellationToken))!).Select(t => (string)t!)];
}
