using System.Net;

namespace Workbook.Host.Export.Folds;

/// <summary>A fold that works without scripts.</summary>
static class FoldHtml
{
    /// <summary>The HTML of a fold.</summary>
    /// <param name="kind">Its class.</param>
    /// <param name="summary">What stands for it, as plain text.</param>
    /// <param name="content">What is in it, as HTML.</param>
    /// <param name="isOpen">Whether it is open at first.</param>
    public static string Write(string kind, string summary, string content, bool isOpen = false) =>
        $"<details class=\"{kind}\"{(isOpen ? " open" : "")}><summary>{WebUtility.HtmlEncode(summary)}</summary>\n{content}</details>\n";
}
