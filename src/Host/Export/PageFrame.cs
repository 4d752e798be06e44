using System.Net;
using Workbook.Host.Export.Around;
using Workbook.Host.Export.Markdown;

namespace Workbook.Host.Export;

/// <summary>What every page of a book has around its content.</summary>
static class PageFrame
{
    /// <summary>From the doctype to the opened body. The character set comes first: minus signs and Greek letters depend on it.</summary>
    /// <param name="title">The page's title.</param>
    /// <param name="description">What it is about; null for nothing.</param>
    /// <param name="state">What the page has, and what the browser may do with it.</param>
    /// <param name="name">The page's name, under which a reader's answers are kept.</param>
    /// <param name="root">The way to the folder of the index.</param>
    /// <param name="style">A style of this page alone.</param>
    public static string Head(string title, string? description, PageState state, string name, string root = "",
        string style = "")
    {
        var theme = $"\n{Assets.ThemeScript}";
        state.Policy.AllowOwn(theme);
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{WebUtility.HtmlEncode(state.Policy.Text()).Replace("&#39;", "'")}">
            <meta name="referrer" content="no-referrer">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{WebUtility.HtmlEncode(title)}</title>
            {(description is null ? "" : $"<meta name=\"description\" content=\"{WebUtility.HtmlEncode(description)}\">")}
            <link rel="icon" href="data:,">
            <style>
            {Assets.Style(state.Features)}{style}</style>
            <noscript><style>.drawing {"{ display: none; }"}</style></noscript>
            <script>{theme}</script>
            </head>
            <body data-page="{WebUtility.HtmlEncode(name)}" data-root="{root}">
            <a class="skip" href="#content">Skip to the content</a>

            """;
    }

    /// <summary>The line at the top: the way home, and how the notebook's checks went.</summary>
    public static string Bar(PageOptions options, (int Passed, int Failed) checks)
    {
        var home = options.Home is { } link ? $"<a href=\"{WebUtility.HtmlEncode(link.Address)}\">{WebUtility.HtmlEncode(link.Title)}</a>"
            : "";
        var passed = checks.Passed > 0 ? $"<span class=\"pass\">✓ {checks.Passed} {Plural(checks.Passed)} passed</span>" : "";
        var failed = checks.Failed > 0 ? $"<span class=\"fail\">✗ {checks.Failed} {Plural(checks.Failed)} failed</span>" : "";
        return $"<header class=\"bar\">{home}{passed}{failed}</header>\n";
    }

    /// <summary>The links to the page before and after.</summary>
    public static string Turn(PageOptions options)
    {
        if (options.Previous is null && options.Next is null) return "";
        return $"<nav class=\"turn\" aria-label=\"Other "
            + $"notebooks\">{Link(options.Previous, "prev", "← ", "")}{Link(options.Next, "next", "", " →")}</nav>\n";
    }

    static string Link(PageLink? link, string rel, string before, string after) =>
        link is null ? "<span></span>"
            : $"<a rel=\"{rel}\" href=\"{WebUtility.HtmlEncode(link.Address)}\">{before}{WebUtility.HtmlEncode(link.Title)}{after}</a>";

    static string Plural(int count) => count == 1 ? "check" : "checks";
}
