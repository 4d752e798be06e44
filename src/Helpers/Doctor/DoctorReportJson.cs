using System.Text.Encodings.Web;
using System.Text.Json;

namespace Workbook.Helpers;

/// <summary>A report as JSON.</summary>
static class DoctorReportJson
{
    static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(DoctorReport report) => JsonSerializer.Serialize(new
    {
        report.Patient,
        Loss = Finite(report.Loss),
        StepSeconds = Finite(report.StepSeconds),
        report.Alarms,
        Rows = report.Rows.Select(r => new
        {
            r.Name,
            r.Owner,
            r.Mover,
            Value = Finite(r.Value),
            Gradient = Finite(r.Gradient),
            Fate = DoctorReport.Shown(r.Fate),
            Findings = r.Findings.Select(Of),
            Curves = r.Curves.Select(c => new
            {
                c.Element,
                Values = Finite(c.Values),
                Gradients = Finite(c.Gradients),
                Losses = Finite(c.Losses),
            }),
        }),
        Findings = report.Findings.Select(Of),
        report.Remarks,
    }, Options);

    static object Of(Finding f) => new
    {
        f.Check,
        f.Variable,
        Certainty = f.Certainty.ToString().ToLowerInvariant(),
        Leads = f.Leads?.ToString().ToLowerInvariant(),
        f.Cause,
        f.Remedy,
        f.Link,
    };

    static double? Finite(double x) => double.IsFinite(x) ? x : null;

    static IEnumerable<double?> Finite(IEnumerable<double> xs) => xs.Select(Finite);
}
