using Workbook.Tensors;
using Workbook.Tensors.Autodiff;

namespace Workbook.Helpers;

/// <summary>D10: it does work, and no other variable could do it instead.</summary>
sealed class DoesWork : DoctorCheck
{
    public override string Id => "D10";

    public override string Name => "it does work of its own";

    public override string Asks => "Set back to its start, does the held-out loss change by more than the spread of seeds? Could another variable "
        + "do the same?";

    public override string Means => "a proof that two variables are exchangeable on this batch; the rest is a suspicion";

    public override string Cost => "2 looks at the loss for a pair that may be exchangeable, up to 16 backward passes for each of at most 24 learned "
        + "numbers; 2 looks at held-out rows; with seeds, four trainings";

    public override string Advice => "Fix one of them, or tie them together: only their product or ratio is learned.";

    internal override IEnumerable<Finding> Of(Examination examination)
    {
        if (examination.Patient.HasDirectLoss && examination.Patient.HasTape)
            foreach (var finding in Symmetries(examination)) yield return finding;
        foreach (var finding in SetBack(examination)) yield return finding;
    }

    IEnumerable<Finding> Symmetries(Examination examination)
    {
        var all = examination.Subjects.Where(s => s.HasSlope && s.Variable.trainable)
            .Select(s => new Scaled(s.Variable, s.Start, s.Gradient!, s)).ToList();
        foreach (var s in all.Where(s => s.Start.size > 1 && s.Subject!.Domain is null))
            if (Vanishes([s.Growth], s) && SameWhenScaled(examination, (s, 1)) && MovesOtherwise(examination, s))
                yield return Says(s.Subject!, Certainty.Suspicion, null, $"the loss is the same when '{s.Subject!.Name}' is as a whole 1.3 times as "
                    + "large: its length is not identifiable.", "Fix one element, or divide by their sum.");
        HashSet<(Subject, Subject)> exchangeable = [];
        for (var i = 0; i < all.Count; i++)
            for (var j = i + 1; j < all.Count; j++)
                if (Pair(examination, all[i], all[j]) is { } how)
                {
                    exchangeable.Add((all[i].Subject!, all[j].Subject!));
                    yield return Says(all[i].Subject!, Certainty.Suspicion, null, $"'{all[i].Subject!.Name}' and '{all[j].Subject!.Name}' are "
                        + $"exchangeable: the loss is the same when {how}. What each of them ends at says nothing.");
                }
        foreach (var (direction, which) in new ToldApart(examination, [.. all.Select(s => s.Subject!)]).Find())
            if (which.Length > 2 || !exchangeable.Contains((which[0], which[1])))
                yield return Says(which[0], Certainty.Suspicion, null, $"{string.Join(", ", which[..^1].Select(s => $"'{s.Name}'"))} and "
                    + $"'{which[^1].Name}' are not told apart: moved together ({direction}) they change no prediction of this batch, and not the "
                    + "loss. What each of them ends at says nothing.",
                    "Leave one of them out, or fix it; or give a penalty that says which one you want.");
        var subjects = examination.Subjects.Select(s => s.Variable).ToHashSet();
        foreach (var (weight, gradient) in examination.FirstGiven.Where(g => g.Value is not null && !subjects.Contains(g.Key)).Take(40))
        {
            var other = new Scaled(weight, tf.stop_gradient(weight.value()), gradient!, null);
            foreach (var s in all)
                if (Pair(examination, s, other) is { } how)
                    yield return Says(s.Subject!, Certainty.Note, null, $"'{s.Subject!.Name}' and the weight '{weight.name}' are exchangeable: the "
                        + $"loss is the same when {how}.", "");
        }
    }

    static string? Pair(Examination examination, Scaled a, Scaled b)
    {
        foreach (var direction in new[] { 1, -1 })
            if (Vanishes([a.Growth, direction * b.Growth], a, b) && SameWhenScaled(examination, (a, 1), (b, direction))
                && !SameWhenScaled(examination, (a, 1)))
                return direction == 1 ? "both are 1.3 times as large" : "one is 1.3 times as large and the other 1.3 times smaller";
        return null;
    }

    /// <summary>Whether growths add up to nothing although one alone does not.</summary>
    static bool Vanishes(double[] growths, params Scaled[] of) =>
        of.All(s => s.Size > 0) && Math.Abs(growths.Sum()) <= 1e-3 * of.Max(s => s.Size) && of.Max(s => Math.Abs(s.Growth)) is var most
            && (of.Length == 1 || (most > 0 && of.Min(s => Math.Abs(s.Growth)) > 0.5 * most));

    static bool SameWhenScaled(Examination examination, params (Scaled Variable, int Power)[] moved)
    {
        foreach (var factor in new[] { 1.3, 0.8 })
        {
            var there = examination.LossAt(true, [.. moved.Select(m => (m.Variable.Variable, m.Variable.By(Math.Pow(factor, m.Power))))]);
            if (!(Math.Abs(there - examination.Loss) <= 4 * examination.Noise)) return false;
        }
        return true;
    }

    static bool MovesOtherwise(Examination examination, Scaled s) =>
        Math.Abs(examination.Answer(s.Subject!, 0.3 * s.Subject!.Scale) - examination.Loss) > 20 * examination.Noise;

    IEnumerable<Finding> SetBack(Examination examination)
    {
        if (examination.Options.Starts.Count == 0 || examination.Patient.HeldOut(examination.Options) is not { } trained) yield break;
        var (spread, of) = Spread(examination, trained);
        foreach (var s in examination.Subjects)
        {
            if (!examination.Options.Starts.TryGetValue(s.Variable, out var start) || !Subject.Differs(start, s.Start)) continue;
            var back = examination.Scratch(() =>
            {
                s.Variable.Try(tf.cast(start, s.Variable.dtype));
                return examination.Patient.HeldOut(examination.Options)!.Value;
            });
            if (back - trained > spread)
                yield return Says(s, Certainty.Note, null, $"set back to its start, '{s.Name}' makes the held-out loss {Show(back)} instead of "
                    + $"{Show(trained)}: it does work.", "");
            else
                yield return Says(s, Certainty.Suspicion, null, $"set back to its start, '{s.Name}' leaves the held-out loss where it is, {Show(back)} "
                    + $"against {Show(trained)}, within {of} ({Show(spread)}): what it has learned does no work there.",
                    "Leave it a number, or look for the rows on which it matters.");
        }
    }

    static (double Spread, string Of) Spread(Examination examination, double trained)
    {
        if (examination.Options.HeldOutLossOfSeed is not { } train) return (0.01 * Math.Abs(trained), "one percent");
        double[] losses = [.. Enumerable.Range(1, 4).Select(seed => examination.Scratch(() => train(seed)))];
        var mean = losses.Average();
        return (Math.Sqrt(losses.Sum(l => (l - mean) * (l - mean)) / (losses.Length - 1)), "the spread of four seeds");
    }

    /// <summary>A variable that is made larger as a whole: a positive one by a shift of its raw value.</summary>
    sealed record Scaled(Variable Variable, Tensor Start, Tensor Gradient, Subject? Subject)
    {
        bool IsLogarithm => Subject?.Domain is Positive;

        double[] Terms { get; } =
            [.. Gradient.ToArray<double>().Zip(Start.ToArray<double>(), (g, v) => Subject?.Domain is Positive ? g : g * v)];

        /// <summary>How the loss grows with the logarithm of its size.</summary>
        public double Growth => Terms.Sum();

        public double Size => Terms.Sum(Math.Abs);

        public Tensor By(double factor) => IsLogarithm ? Start + Math.Log(factor) : Start * factor;
    }
}
