namespace Workbook.Helpers;

/// <summary>How a <see cref="Prediction"/> looks in a notebook.</summary>
sealed class PredictionFormatters
{
    /// <summary>HTML for pages, text for everything else.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter<Prediction>("text/html", p => p.ToHtml()), new MimeFormatter<Prediction>("text/plain", p => p.ToString()),
    ];
}
