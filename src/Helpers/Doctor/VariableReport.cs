using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What the <see cref="Doctor"/> says of one variable.</summary>
/// <param name="Name">Its name; a domain variable's own, not that of its raw value.</param>
/// <param name="Variable">The variable; the raw one of a domain variable.</param>
/// <param name="Owner">Who holds it: a layer, a penalty, a loss; "nobody".</param>
/// <param name="Mover">What moves it: an optimizer, a judge, a rule; "nobody".</param>
/// <param name="Value">The elements, in the units of the variable.</param>
/// <param name="Gradient">The elements of the gradient, by the raw value of a domain variable; empty: none.</param>
/// <param name="Curves">The gradient over its domain, where it was looked at.</param>
/// <param name="Fate">What becomes of it; null: not known.</param>
/// <param name="Findings">What the checks say, the surest first.</param>
public sealed record VariableReport(string Name, Variable Variable, string Owner, string Mover, IReadOnlyList<double> Value,
    IReadOnlyList<double> Gradient, IReadOnlyList<Curve> Curves, Fate? Fate, IReadOnlyList<Finding> Findings)
{
    /// <summary>Why: the cause of the surest finding; "" where there is none.</summary>
    public string Cause => Findings.Count > 0 ? Findings[0].Cause : "";

    /// <summary>What to do about it; "" where nothing.</summary>
    public string Remedy => Findings.Count > 0 ? Findings[0].Remedy : "";

    /// <summary>Where more is said; "" where nothing.</summary>
    public string Link => Findings.Count > 0 ? Findings[0].Link : "";

    internal static VariableReport Of(Subject s, IEnumerable<Finding> findings, Fate? unlessFound)
    {
        Finding[] own = [.. findings.OrderByDescending(f => f.Certainty).ThenByDescending(f => f.Leads ?? 0)];
        var fate = own.Where(f => f.Leads is not null && (f.Certainty > Certainty.Note || f.Leads == Helpers.Fate.Frozen))
            .Select(f => f.Leads).DefaultIfEmpty(unlessFound).First();
        return new(s.Name, s.Variable, s.Owner ?? "nobody", MoverOf(s), Values(s.Domain?.ValueAt(s.Start) ?? s.Start),
            s.Gradient is { } g ? Values(g) : [], s.Curves, fate, own);
    }

    static string MoverOf(Subject s) =>
        s.Judge is { } judge && judge != Judge.Train && s.Mover is null ? $"its judge ({judge.ToString().ToLowerInvariant()})"
        : s.Mover is { } mover ? $"{mover.GetType().Name}({Numbers.Show(mover.learning_rate, 3)})"
        : s.Moved ? "a rule" : "nobody";

    static double[] Values(Tensor t) => t.size <= 64 ? t.ToArray<double>() : t.ToArray<double>()[..64];
}
