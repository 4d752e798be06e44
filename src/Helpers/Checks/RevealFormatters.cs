namespace Workbook.Helpers;

/// <summary>How a <see cref="Reveal"/> looks in a notebook.</summary>
sealed class RevealFormatters
{
    /// <summary>HTML for pages, text for everything else.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
        [new MimeFormatter<Reveal>("text/html", r => r.ToHtml()), new MimeFormatter<Reveal>("text/plain", r => r.ToString())];
}
