using System.Net;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Workbook.Host.Export.Markdown;

/// <summary>Writes fenced code; C# in the colours of the code cells.</summary>
sealed class HighlightedCodeRenderer : HtmlObjectRenderer<CodeBlock>
{
    protected override void Write(HtmlRenderer renderer, CodeBlock block)
    {
        var code = block.Lines.ToString();
        var isCSharp = block is FencedCodeBlock { Info: "csharp" or "cs" or "c#" or "C#" };
        renderer.Write($"<pre class=\"code\"><code>{(isCSharp ? CodeHtml.Highlight(code) : WebUtility.HtmlEncode(code))}</code></pre>\n");
    }
}
