namespace Workbook.Helpers;

/// <summary>How a <see cref="Table"/> looks in a notebook.</summary>
sealed class TableFormatters
{
    /// <summary>HTML for pages, aligned text for everything else.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
        [new MimeFormatter<Table>("text/html", t => t.ToHtml()), new MimeFormatter<Table>("text/plain", t => t.ToString())];
}
