namespace Workbook.Helpers;

/// <summary>How a <see cref="Verdict"/> looks in a notebook.</summary>
sealed class VerdictFormatters
{
    /// <summary>HTML for pages, text for everything else.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
        [new MimeFormatter<Verdict>("text/html", v => v.ToHtml()), new MimeFormatter<Verdict>("text/plain", v => v.ToString())];
}
