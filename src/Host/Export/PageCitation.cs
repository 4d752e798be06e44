using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;

namespace Workbook.Host.Export;

/// <summary>How a page is cited. Only what is known is said.</summary>
static class PageCitation
{
    /// <summary>A BibTeX entry.</summary>
    /// <param name="document">The notebook; its metadata may name authors.</param>
    /// <param name="name">The page's name, which is the key.</param>
    /// <param name="title">The page's title.</param>
    /// <param name="book">The book's title; null for none.</param>
    /// <param name="executed">When it was executed.</param>
    /// <param name="address">Where it is; null when not known.</param>
    public static string Of(NotebookDocument document, string name, string title, string? book, DateTime executed, string? address)
    {
        var key = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '-'));
        var authors = (document.Metadata["authors"] as JsonArray ?? []).Select(a => NotebookJson.Text((a as JsonObject)?["name"]))
            .OfType<string>();
        var entry = new StringBuilder($"@misc{{{key},\n");
        void Add(string field, string? value)
        {
            if (value is { Length: > 0 }) entry.Append($"  {field} = {{{value}}},\n");
        }

        Add("title", title);
        Add("author", string.Join(" and ", authors));
        Add("howpublished", book);
        Add("year", executed.ToString("yyyy", CultureInfo.InvariantCulture));
        Add("url", address);
        return entry.Append('}').ToString();
    }
}
