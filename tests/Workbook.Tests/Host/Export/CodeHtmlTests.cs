using System.Net;
using System.Text.RegularExpressions;
using Workbook.Host.Export.Markdown;
using Xunit;

namespace Workbook.Tests.Host.Export;

public class CodeHtmlTests
{
    [Theory]
    [InlineData("var x = 1;", "<span class=\"c-keyword\">var</span> x = <span class=\"c-number\">1</span>;")]
    [InlineData("f(\"// no\") // yes",
        "<span class=\"c-call\">f</span>(<span class=\"c-string\">&quot;// no&quot;</span>) <span class=\"c-comment\">// yes</span>")]
    [InlineData("List<Step> s;", "<span class=\"c-type\">List</span>&lt;<span class=\"c-type\">Step</span>&gt; s;")]
    [InlineData("a.B(c.D)", "a.<span class=\"c-call\">B</span>(c.D)")]
    [InlineData("#r \"x.dll\"", "<span class=\"c-directive\">#r &quot;x.dll&quot;</span>")]
    public void A_token_has_the_colour_of_its_kind(string code, string expected) => Assert.Equal(expected, CodeHtml.Highlight(code));

    [Theory]
    [InlineData("#!time\nvar s = $\"a {b:F2} c\" + \"\"\"raw \"x\" \"\"\"; /* é */\n\n  if (x < 1 && y > 2) { }\n")]
    [InlineData("class { ( unfinished \" string\n @@ $$ §")]
    [InlineData("")]
    public void Every_character_of_the_code_is_there(string code) =>
        Assert.Equal(code, WebUtility.HtmlDecode(Regex.Replace(CodeHtml.Highlight(code), "</?span[^>]*>", "")));
}
