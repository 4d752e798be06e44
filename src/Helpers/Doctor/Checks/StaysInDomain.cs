namespace Workbook.Helpers;

/// <summary>D9: a step of the planned size stays in the domain.</summary>
sealed class StaysInDomain : DoctorCheck
{
    public override string Id => "D9";

    public override string Name => "it stays in its domain";

    public override string Asks => "Does a step of the planned size leave it where it makes sense? Is a logarithm used as one?";

    public override string Means => "a proof where the training steps leave a stated domain; otherwise a suspicion";

    public override string Cost => "nothing besides D4";

    public override string Advice => "Learn it as a Positive, UnitInterval, Bounded or Simplex, which cannot leave; or make its steps smaller.";

    internal override IEnumerable<Finding> Of(Examination examination)
    {
        foreach (var s in examination.Subjects.Where(s => s.Domain is null && s.Variable.trainable))
        {
            if (s.HasSlope && s.Way is { } way && IsCalledLogarithm(s.Name) && way.Bends.Count > 0 && !way.Exponentiates)
                yield return Says(s, Certainty.Suspicion, Fate.Removed, $"'{s.Name}' is called a logarithm, and no exp is applied to it on its way "
                    + $"to the loss: it acts as {Show(s.Start.ToArray<double>()[0])} and not as {Show(Math.Exp(s.Start.ToArray<double>()[0]))}, "
                    + "and may pass zero.", "Write tf.exp(v), or learn a Positive.");
            if (Bounds(s) is not var (low, high, why) || s.Planned is null) continue;
            if (s.Variable.Notes.Get<Keras.Constraint>() is not null) continue;
            double[] start = s.Start.ToArray<double>(), steps = s.Planned.ToArray<double>();
            var after = s.Path.Count > 0 ? s.Path[^1].ToArray<double>() : start;
            for (var i = 0; i < start.Length; i++)
            {
                var name = start.Length == 1 ? s.Name : $"{s.Name}[{i}]";
                if (!Inside(start[i], low, high))
                    yield return Says(s, Certainty.Proof, Fate.Removed, $"'{name}' is {Show(start[i])}, outside of where it makes sense "
                        + $"({Range(low, high)}: {why}).");
                else if (!Inside(start[i] + steps[i], low, high))
                    yield return Says(s, Certainty.Suspicion, Fate.Removed, $"one step of '{name}' takes it from {Show(start[i])} to "
                        + $"{Show(start[i] + steps[i])}, outside of where it makes sense ({Range(low, high)}: {why}).");
                else if (!Inside(after[i], low, high))
                    yield return Says(s, Certainty.Suspicion, Fate.Removed, $"{s.Path.Count} steps take '{name}' from {Show(start[i])} to "
                        + $"{Show(after[i])}, outside of where it makes sense ({Range(low, high)}: {why}).");
            }
        }
    }

    static (double Low, double High, string Why)? Bounds(Subject s) => s.Range is { } range ? (range.Low, range.High, range.Place)
        : s.Way is { Divides: true } && s.Start.ToArray<double>().All(x => x > 0)
            ? (double.Epsilon, double.PositiveInfinity, "the loss divides by it, or takes its logarithm or root")
        : null;

    static bool Inside(double x, double low, double high) => x >= low && x <= high;

    static string Range(double low, double high) => (low, high) switch
    {
        (double.Epsilon, _) => "above 0",
        (_, double.PositiveInfinity) => $"at least {Show(low)}",
        (double.NegativeInfinity, _) => $"at most {Show(high)}",
        _ => $"from {Show(low)} to {Show(high)}",
    };

    static bool IsCalledLogarithm(string name)
    {
        var words = name.ToLowerInvariant().Split('_', '/', ' ', '-', ':');
        return words.Contains("log") || words.Contains("ln") || words.Contains("logit");
    }
}
