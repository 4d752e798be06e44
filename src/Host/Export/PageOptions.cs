using Workbook.Host.Export.Around;
using Workbook.Host.Export.Markdown;

namespace Workbook.Host.Export;

/// <summary>What a page shows and where it stands.</summary>
sealed record PageOptions
{
    /// <summary>
    /// Whether cells tagged <c>solution</c> are on the page, folded. Default: true. A teacher's hand-out leaves them out.
    /// </summary>
    public bool Solutions { get; init; } = true;

    /// <summary>
    /// Whether HTML and scripts of the notebook's own are kept off the page, for a notebook of somebody who is not trusted. Default: false.
    /// </summary>
    public bool IsSanitized { get; init; }

    /// <summary>
    /// The address of a plotly.js that several pages share; null, the default, puts the script into the page, so that it is one file.
    /// </summary>
    public string? PlotlyAddress { get; init; }

    /// <summary>The folder of the notebook, where relative pictures are looked for; null leaves them as links.</summary>
    public string? Folder { get; init; }

    /// <summary>The page's title when no Markdown cell has a heading. Default: the file's name.</summary>
    public string? Title { get; init; }

    /// <summary>The page that lists the others; null when the page stands alone.</summary>
    public PageLink? Home { get; init; }

    /// <summary>The page before this one.</summary>
    public PageLink? Previous { get; init; }

    /// <summary>The page after this one.</summary>
    public PageLink? Next { get; init; }

    /// <summary>How the page leads to the folder of the index: ../ for each folder that it lies in.</summary>
    public string Root { get; init; } = "";

    /// <summary>Whether the words of the book lie beside the index, for a search.</summary>
    public bool HasSearch { get; init; }

    /// <summary>What the page explains at its first use.</summary>
    public IReadOnlyList<PageTerm> Terms { get; init; } = [];

    /// <summary>Where a relative link leads; null for a page that stands alone.</summary>
    public Func<string, LinkTarget?>? Links { get; init; }

    /// <summary>What stands below the page; null for nothing.</summary>
    public PageFoot? Foot { get; init; }
}
