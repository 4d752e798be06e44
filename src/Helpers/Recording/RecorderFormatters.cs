namespace Workbook.Helpers;

/// <summary>How a <see cref="Recorder"/> looks in a notebook.</summary>
sealed class RecorderFormatters
{
    /// <summary>Ten of its steps as a table.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
        [new MimeFormatter<Recorder>("text/html", r => r.ToTable().ToHtml()), new MimeFormatter<Recorder>("text/plain", r => r.ToString())];
}
