namespace Workbook.Helpers;

/// <summary>How a <see cref="DoctorReport"/> looks in a notebook.</summary>
sealed class DoctorReportFormatters
{
    /// <summary>A table with small curves, and the same as text.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter<DoctorReport>("text/html", DoctorReportHtml.Of),
        new MimeFormatter<DoctorReport>("text/plain", r => r.ToString()),
    ];
}
