using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>D6: a step is larger than what swallows it.</summary>
sealed class StepIsLargeEnough : DoctorCheck
{
    public override string Id => "D6";

    public override string Name => "its steps are large enough";

    public override string Asks => "Is a step larger than the rounding of its number, does it begin off a plateau, and does a sample lie in its "
        + "kernel?";

    public override string Means => "a proof for rounding; a suspicion for plateaus, kernels and long ways";

    public override string Cost => "a step of the optimizer alone; plateaus use the curve of D8";

    public override string Advice => "Keep it in float32 or float64, raise its rate (hyper_optimizer), or learn its logarithm.";

    internal override IEnumerable<Finding> Of(Examination examination)
    {
        var precision = examination.Options.KeptAs;
        foreach (var s in examination.Subjects)
        {
            if (s.Planned is { } planned && IsRoundedAway(s, precision))
                yield return Says(s, Certainty.Proof, Fate.Untrained,
                    $"a step of '{s.Name}' is {Show(Largest(planned))}, and {Kind(s, precision)} near {Show(Largest(s.Start))} knows steps of "
                        + $"{Show(Spacing(Largest(s.Start), s.Variable.dtype, precision))}: each update is rounded away.");
            if (s.Gradient is not null && s.Slope == 0 && s.Way?.Ops.Overlaps(GradientArrives.StatedGradients) == true
                && examination.FirstMoveThatCounts(s) is { } counts)
                yield return Says(s, Certainty.Suspicion, Fate.Untrained, $"the loss changes when '{s.Name}' is moved by {Show(counts)}, and its "
                    + "stated gradient is exactly 0: no sample lies in the band of its kernel.", GradientArrives.KernelAdvice);
        }
        if (!examination.Patient.HasDirectLoss) yield break;
        foreach (var finding in Plateaus(examination)) yield return finding;
    }

    /// <summary>Where the slope at the start is small against what comes further down.</summary>
    IEnumerable<Finding> Plateaus(Examination examination)
    {
        foreach (var s in examination.Subjects.Where(s => s.HasSlope && s.Planned is not null && s.Judge is null or Judge.Train))
        {
            if (s.Planned is null || s.Variable.shape.Size > Scan.MostElements) continue;
            if (!examination.HasTimeFor(this, Scan.Points * s.Variable.shape.Size, $"'{s.Name}'")) continue;
            foreach (var curve in Scan.Of(examination, s))
            {
                var element = curve.Element ?? 0;
                var step = s.Planned.ToArray<double>()[element];
                if (step == 0 || Scan.Around(s, curve, Scan.Sign(step)) is not { } around) continue;
                var steps = around.Distance / Math.Abs(step);
                if (around.Steeper > 50 && steps > examination.Options.PlannedSteps)
                    yield return Says(s, Certainty.Suspicion, Fate.Untrained, $"'{Named(s, curve)}' starts on a plateau: its slope is "
                        + $"{Show(Math.Abs(Scan.Here(s, curve)))}, and {Show(around.Steeper)} times as steep {Show(around.Distance)} away, which is "
                        + $"{Show(steps)} steps of {Show(Math.Abs(step))}.", "Start it nearer to where it acts, or raise its rate.");
                else if (around.Content is { } rest && rest / Fastest(s, step, around.Fastest) > examination.Options.PlannedSteps)
                    yield return Says(s, Certainty.Suspicion, Fate.Untrained, $"its judge would be content with '{Named(s, curve)}' about "
                        + $"{Show(rest)} away, at least {Show(rest / Fastest(s, step, around.Fastest))} steps, and "
                        + $"{examination.Options.PlannedSteps} are planned: it starts in the wrong place, or its rate is too small.");
            }
        }
    }

    /// <summary>The longest step on the way, where steps grow with the slope.</summary>
    static double Fastest(Subject s, double step, double steeper) => Math.Abs(step)
        * (Subject.Length(s.PlannedOfTenfold!) > 2 * Subject.Length(s.Planned!) ? steeper : 1);

    static string Named(Subject s, Curve curve) => curve.Element is { } i ? $"{s.Name}[{i}]" : s.Name;

    /// <summary>Whether no element moves when its planned step is added in this precision.</summary>
    public static bool IsRoundedAway(Subject s, NumberFormat precision)
    {
        if (s.Planned is not { } planned) return false;
        double[] steps = planned.ToArray<double>(), values = s.Start.ToArray<double>();
        return steps.Any(d => d != 0)
            && Enumerable.Range(0, steps.Length).All(i => steps[i] == 0
                || Math.Abs(steps[i]) < Spacing(values[i], s.Variable.dtype, precision) / 2);
    }

    /// <summary>The distance between numbers of a precision.</summary>
    static double Spacing(double value, DType dtype, NumberFormat precision)
    {
        var bits = precision switch { NumberFormat.BFloat16 => 7, NumberFormat.Float16 => 10, _ => dtype == DType.Float64 ? 52 : 23 };
        return value == 0 ? 0 : Math.ScaleB(1, Math.ILogB(value) - bits);
    }

    static double Largest(Tensor t) => t.ToArray<double>().MaxBy(Math.Abs);

    static string Kind(Subject s, NumberFormat precision) =>
        precision == NumberFormat.OfDType ? s.Variable.dtype.Name() : precision.ToString().ToLowerInvariant();
}
