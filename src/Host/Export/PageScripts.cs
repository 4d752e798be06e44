using System.Net;
using System.Text;
using Workbook.Host.Export.Markdown;

namespace Workbook.Host.Export;

/// <summary>The scripts at the end of a page: those of the features that it has, each allowed by its hash.</summary>
static class PageScripts
{
    /// <summary>The script elements.</summary>
    /// <param name="state">What the page has, and its policy.</param>
    /// <param name="plotlyAddress">The address of a shared plotly.js; null puts it into the page.</param>
    public static string Write(PageState state, string? plotlyAddress)
    {
        var html = new StringBuilder();
        if (state.Features.Contains(PageFeature.Figures))
        {
            if (plotlyAddress is null) Add(html, Assets.PlotlyScript, state.Policy);
            else html.Append($"<script src=\"{WebUtility.HtmlEncode(plotlyAddress)}\"></script>\n");
        }

        foreach (var script in Assets.Scripts(state.Features)) Add(html, $"\n{script}", state.Policy);
        return html.ToString();
    }

    static void Add(StringBuilder html, string script, PagePolicy policy)
    {
        policy.AllowOwn(script);
        html.Append("<script>").Append(script).Append("</script>\n");
    }
}
