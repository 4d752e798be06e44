using Workbook.Tensors.Autodiff;

namespace Workbook.Helpers;

/// <summary>D7: a tenfold coefficient changes the update.</summary>
sealed class CoefficientCounts : DoctorCheck
{
    public override string Id => "D7";

    public override string Name => "a coefficient counts";

    public override string Asks => "Does a tenfold coefficient change the update, and not only the gradient?";

    public override string Means => "a proof for coefficients that you name; a note where one term alone moves a variable";

    public override string Cost => "a step of the optimizer alone; for each named coefficient one more gradient";

    public override string Advice => "Adam and its kin divide the size of a gradient out: change the rate of the variable instead, or let a second "
        + "term pull at it.";

    internal override IEnumerable<Finding> Of(Examination examination)
    {
        foreach (var s in examination.Subjects)
        {
            if (s is { Planned: { } step, PlannedOfTenfold: { } tenfold, Terms: { Of: > 1, Reads: 1 } }
                && s.Variable.shape.Rank < 2 && Same(step, tenfold))
                yield return Says(s, Certainty.Note, null, $"of the {s.Terms.Of} terms of the loss one reads '{s.Name}', and its optimizer "
                    + "divides the size of a gradient out: a coefficient before that term does not change how it moves.", "");
        }
        foreach (var coefficient in examination.Options.Coefficients)
            foreach (var finding in Named(examination, coefficient)) yield return finding;
    }

    IEnumerable<Finding> Named(Examination examination, Tensors.Variable coefficient)
    {
        var tenfold = coefficient.value() * 10;
        var changes = Math.Abs(examination.LossAt(true, (coefficient, tenfold)) - examination.Loss) > examination.Noise;
        if (!changes)
        {
            yield return new(Id, coefficient.name, Certainty.Proof, Fate.Untrained, $"ten times the coefficient '{coefficient.name}' gives the "
                + "same loss: it is read, if at all, and never used.", "Multiply its term by it.", Link);
            yield break;
        }
        foreach (var s in examination.Subjects.Where(s => s is { Planned: not null } && s.Variable != coefficient))
        {
            var mover = s.Mover ?? examination.Patient.MoverOf(s.Variable)!;
            var gradient = examination.Scratch(() =>
            {
                coefficient.Try(tenfold);
                return examination.Patient.Gradients([s.Variable]).Gradients[0];
            });
            if (gradient is null || Subject.Length(gradient - s.Gradient!) < 0.5 * s.Slope) continue;
            if (Same(Examination.Planned(mover, [gradient])[0], s.Planned!))
                yield return Says(s, Certainty.Suspicion, null, $"ten times the coefficient '{coefficient.name}' makes the gradient of '{s.Name}' "
                    + $"{Show(Subject.Length(gradient) / s.Slope)} times as large, and its step stays the same: {mover.GetType().Name} divides "
                    + "it out.");
        }
    }

    static bool Same(Tensors.Tensor a, Tensors.Tensor b) => Subject.Length(a - b) <= 0.05 * Subject.Length(a) && Subject.Length(a) > 0;
}
