using System.Net;
using System.Text;

namespace Workbook.Helpers;

/// <summary>A report as an HTML element without scripts: a table with a small drawing in each row.</summary>
static class DoctorReportHtml
{
    public static string Of(DoctorReport report)
    {
        var html = new StringBuilder($"<div class=\"wb-doctor\"><p>{Text(report.Headline)}</p>");
        if (report.Rows.Count > 0)
        {
            html.Append("<table><thead><tr><th>variable</th><th>owner</th><th>moved by</th><th>value</th><th>gradient over its domain</th>"
                + "<th>fate</th><th>why, and what to do</th></tr></thead><tbody>");
            foreach (var row in report.Rows) Append(html, row);
            html.Append("</tbody></table>");
        }
        var whole = report.Findings.Where(f => report.Rows.All(r => r.Name != f.Variable)).ToList();
        if (whole.Count > 0) html.Append($"<p>{string.Join("<br>", whole.Select(Of))}</p>");
        foreach (var remark in report.Remarks) html.Append($"<p>{Text(remark)}</p>");
        return html.Append("</div>").ToString();
    }

    static void Append(StringBuilder html, VariableReport row)
    {
        html.Append($"<tr><td><code>{Text(row.Name)}</code></td><td>{Text(row.Owner)}</td><td>{Text(row.Mover)}</td>")
            .Append($"<td>{Text(DoctorReport.Shown(row.Value))}</td><td>");
        if (row.Curves.Count == 0) html.Append(Text(row.Gradient.Count == 0 ? "none" : DoctorReport.Shown(row.Gradient)));
        foreach (var curve in row.Curves.Take(4)) html.Append(Sparkline.Of(curve, row));
        html.Append($"</td><td><strong>{DoctorReport.Shown(row.Fate)}</strong></td><td>");
        html.Append(row.Findings.Count == 0 ? "nothing found" : string.Join("<br>", row.Findings.Select(Of))).Append("</td></tr>");
    }

    static string Of(Finding f) =>
        $"<a href=\"../{f.Link}\">{(f.Check.Length > 0 ? f.Check : "Examination")}</a>, {f.Certainty.ToString().ToLowerInvariant()}: {Text(f.Cause)}"
            + (f.Remedy.Length > 0 ? $" <em>{Text(f.Remedy)}</em>" : "");

    static string Text(string text) => WebUtility.HtmlEncode(text);
}
