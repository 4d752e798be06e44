using System.Net;
using Workbook.Host.Export.Around;
using Workbook.Host.Export.Folds;

namespace Workbook.Host.Export;

/// <summary>What stands below a page: what one can take along, where one can go, how it was made, how it is cited.</summary>
sealed record PageFoot
{
    /// <summary>Files to take along, each with the name that it is saved under.</summary>
    public IReadOnlyList<(PageLink Link, string SavedAs)> Files { get; init; } = [];

    /// <summary>Other places: the file in its repository, a Codespace.</summary>
    public IReadOnlyList<PageLink> Places { get; init; } = [];

    /// <summary>The documentation of the book.</summary>
    public IReadOnlyList<PageLink> Docs { get; init; } = [];

    /// <summary>When and by what the page was made.</summary>
    public string? Made { get; init; }

    /// <summary>A BibTeX entry; null for none.</summary>
    public string? Citation { get; init; }

    /// <summary>The HTML.</summary>
    public string Write()
    {
        var files = Files.Select(f => $"<a href=\"{Encode(f.Link.Address)}\" download=\"{Encode(f.SavedAs)}\">{Encode(f.Link.Title)}</a>");
        var take = List("Take it along", files.Concat(Places.Select(Anchor)));
        var docs = Docs.Count == 0 ? "" : FoldHtml.Write("docs", "Documentation", List("", Docs.Select(Anchor)));
        var cite = Citation is null ? "" : FoldHtml.Write("cite", "Cite this page", $"<pre>{Encode(Citation)}</pre>\n");
        var made = Made is null ? "" : $"<p class=\"made\">{Encode(Made)}</p>\n";
        return take + docs + cite + made is { Length: > 0 } all ? $"<footer class=\"foot\">\n{all}</footer>\n" : "";
    }

    static string List(string title, IEnumerable<string> items) =>
        string.Concat(items.Select(i => $"<li>{i}</li>")) is { Length: > 0 } list
            ? $"{(title.Length == 0 ? "" : $"<h2>{title}</h2>\n")}<ul>{list}</ul>\n" : "";

    static string Anchor(PageLink link) => $"<a href=\"{Encode(link.Address)}\">{Encode(link.Title)}</a>";

    static string Encode(string text) => WebUtility.HtmlEncode(text);
}
