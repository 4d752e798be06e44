using System.Globalization;

namespace Workbook.Helpers;

/// <summary>What the <see cref="Doctor"/> has found: a row for each variable. Shown as a table in a notebook, and as text
/// elsewhere.</summary>
[TypeFormatterSource(typeof(DoctorReportFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class DoctorReport
{
    internal DoctorReport(string patient, double loss, double stepSeconds, IReadOnlyList<Subject> subjects, IReadOnlyList<Finding> findings,
        IReadOnlyList<string> remarks, Fate? unlessFound)
    {
        (Patient, Loss, StepSeconds, Findings, Remarks) = (patient, loss, stepSeconds, findings, remarks);
        Rows = [.. subjects.Select(s => VariableReport.Of(s, findings.Where(f => f.Variable == s.Name), unlessFound))];
    }

    /// <summary>What was examined.</summary>
    public string Patient { get; }

    /// <summary>The loss on the batch.</summary>
    public double Loss { get; }

    /// <summary>How long one training step took, in seconds; 0: none was made.</summary>
    public double StepSeconds { get; }

    /// <summary>A row for each variable.</summary>
    public IReadOnlyList<VariableReport> Rows { get; }

    /// <summary>All findings, in the order of the checks.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>What holds for the whole examination: the seed is held, a check was skipped, there is nothing to examine.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>The row of a variable.</summary>
    /// <exception cref="KeyNotFoundException">There is no such row.</exception>
    public VariableReport this[string name] => Rows.FirstOrDefault(r => r.Name == name)
        ?? throw new KeyNotFoundException($"Doctor: expected one of {string.Join(", ", Rows.Select(r => r.Name))}. Received: '{name}'.");

    /// <summary>The number of findings that are more than notes.</summary>
    public int Alarms => Findings.Count(f => f.Certainty > Certainty.Note);

    /// <summary>Makes a test of it.</summary>
    /// <param name="least">The least certainty that counts.</param>
    /// <returns>This report.</returns>
    /// <exception cref="DoctorException">There is such a finding; the message has all of them, with what to do.</exception>
    public DoctorReport ThrowIfAny(Certainty least = Certainty.Suspicion)
    {
        var found = Findings.Where(f => f.Certainty >= least).ToList();
        return found.Count == 0 ? this
            : throw new DoctorException($"Doctor: expected that {Patient} has no finding of at least '{least.ToString().ToLowerInvariant()}'. "
                + $"Received: {found.Count}.\n{string.Join("\n", found.Select(f => "- " + f))}");
    }

    /// <summary>The report as JSON: patient, loss, rows with their findings and curves, remarks. What is not finite is null.</summary>
    public string ToJson() => DoctorReportJson.Of(this);

    /// <summary>The report as a table of text, with the findings and remarks below.</summary>
    public override string ToString()
    {
        List<string> parts = [Headline];
        if (Rows.Count > 0)
            parts.Add(new Table(["variable", "owner", "moved by", "value", "gradient", "fate"], Rows.Select(r => (string[])
                [r.Name, r.Owner, r.Mover, Shown(r.Value), r.Gradient.Count == 0 ? "none" : Shown(r.Gradient), Shown(r.Fate)])).ToString());
        if (Findings.Count > 0) parts.Add(string.Join("\n", Findings.Select(f => "- " + f)));
        if (Remarks.Count > 0) parts.Add(string.Join("\n", Remarks));
        return string.Join("\n\n", parts);
    }

    internal string Headline => Rows.Count == 0 && Findings.Count == 0 ? $"Doctor: {Patient} has no learned variable to examine."
        : $"Doctor: {Patient}, loss {Numbers.Show(Loss, 5)}: {Counted(Rows.Count, "variable")}, "
            + $"{(Alarms == 0 ? "nothing found" : Counted(Alarms, "finding"))}.";

    static string Counted(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    internal static string Shown(Fate? fate) => fate?.ToString().ToLowerInvariant() ?? "not known";

    internal static string Shown(IReadOnlyList<double> values) => values.Count == 1 ? Numbers.Show(values[0], 4)
        : $"[{string.Join(", ", values.Take(4).Select(v => Numbers.Show(v, 3)))}{(values.Count > 4 ? ", …" : "")}]";
}
