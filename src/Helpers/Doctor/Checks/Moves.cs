namespace Workbook.Helpers;

/// <summary>D4: it moves, and again so after its model was made anew.</summary>
sealed class Moves : DoctorCheck
{
    public override string Id => "D4";

    public override string Name => "it moves";

    public override string Asks => "Does it change in a few training steps, and equally after the weights were put back as from a file?";

    public override string Means => "a proof";

    public override string Cost => "3 training steps, and 2 again";

    public override string Advice => "Look at its learning rate, its constraint, and at what assigns it after the update.";

    internal override IEnumerable<Finding> Of(Examination examination)
    {
        if (!examination.Patient.HasStep)
        {
            examination.Remarks.Add("D4, D6, D7 and D9 need a training step: name the optimizer, Doctor.Examine(loss, variables, optimizer), or "
                + "the step of your loop.");
            yield break;
        }
        foreach (var s in examination.Subjects.Where(s => s.Path.Count > 0))
        {
            if (!Derivatives.AreFinite(s.Path[^1]))
                yield return Says(s, Certainty.Proof, Fate.Removed, $"'{s.Name}' is not finite after {s.Path.Count} training steps.",
                    "Take a smaller rate, or a loss without roots and quotients at 0.");
            else if (!s.Moved && s.HasSlope && s.Mover is not null && s.Planned is { } planned && Subject.Length(planned) == 0)
                yield return Says(s, Certainty.Proof, Fate.Untrained,
                    $"'{s.Name}' stands still although its gradient is {Show(s.Slope)}: its optimizer makes steps of 0.",
                    "Give its optimizer a rate above 0, or a gradient clip above 0.");
            else if (IsStill(s) && s.HasSlope && s.Mover is not null && AtBound(s) is { } bound)
                yield return Says(s, Certainty.Note, null, $"'{s.Name}' stands at the end of its constraint, {Show(bound)}, and its gradient "
                    + "points outwards: it rests there until that turns.", "");
            else if (IsStill(s) && s.HasSlope && s.Mover is not null && s.Planned is { } wanted && Subject.Length(wanted) > 0
                && !StepIsLargeEnough.IsRoundedAway(s, examination.Options.KeptAs))
                yield return Says(s, Certainty.Proof, Fate.Untrained,
                    $"'{s.Name}' is the same after each of {s.Path.Count} training steps, although its optimizer moves it by "
                        + $"{Show(Subject.Length(s.Planned!))} each time: something puts it back after the update, such as a constraint that "
                        + "rounds it to few digits or an assignment.");
            else if (s.Judge is null or Judge.Train && s.PathAgain.Count > 0
                && Subject.Differs(s.PathAgain[^1], s.Path[s.PathAgain.Count - 1]))
                yield return Says(s, Certainty.Proof, s.Owner is null ? Fate.Untrained : null,
                    $"after the weights were put back '{s.Name}' moves otherwise ({Show(First(s.PathAgain[^1]))} instead of "
                        + $"{Show(First(s.Path[s.PathAgain.Count - 1]))}): " + (s.Owner is null
                            ? "the model does not own it, so a file of weights does not hold it."
                            : "its steps depend on something that is not among the weights."),
                    "Hold it, and what it depends on, in fields of the model.");
        }
    }

    /// <summary>Whether it has not moved, or only once: to where its constraint lets it be.</summary>
    static bool IsStill(Subject s) => !s.Moved || (s.Path.Count > 2 && s.Path.TrueForAll(p => !Subject.Differs(p, s.Path[0])));

    static double First(Tensors.Tensor t) => t.ToArray<double>()[0];

    /// <summary>The value at which a constraint holds it; null: none does.</summary>
    static double? AtBound(Subject s)
    {
        if (s.Variable.Notes.Get<Keras.Constraint>() is not { } constraint || s.Planned is not { } planned) return null;
        // A bound lets it go the other way; rounding does not.
        var now = s.Path[^1];
        return Subject.Differs(constraint.Apply(now - planned), now) ? First(now) : null;
    }
}
