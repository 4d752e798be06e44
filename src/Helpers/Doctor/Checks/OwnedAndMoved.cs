using Workbook.Tensors;
using Workbook.Tensors.Autodiff;

namespace Workbook.Helpers;

/// <summary>D1: somebody owns it, and an optimizer gets it.</summary>
sealed class OwnedAndMoved : DoctorCheck
{
    public override string Id => "D1";

    public override string Name => "owned and in an optimizer";

    public override string Asks => "Does somebody own it, and does an optimizer, a judge or a rule get it?";

    public override string Means => "a proof";

    public override string Cost => "the steps of D4";

    public override string Advice => "Hold it in a field of a layer or of the model, or give it to a regularizer, a loss or loss_weights; "
        + "in a loop of your own put it into the list that the optimizer gets.";

    internal override IEnumerable<Finding> Of(Examination examination)
    {
        foreach (var s in examination.Subjects)
        {
            var v = s.Variable;
            if (!v.dtype.IsFloating())
            {
                yield return Says(s, Certainty.Proof, Fate.Frozen, $"'{s.Name}' holds whole numbers, and no gradient reaches those.",
                    "Make it a fraction: tf.Variable(1.0).");
            }
            else if (s.Judge is { } judge && judge != Judge.Train && s.Mover is null)
            {
                if (!s.Moved)
                    yield return Says(s, Certainty.Note, null, $"'{s.Name}' is moved by its judge ({judge.ToString().ToLowerInvariant()}), "
                        + "when that speaks, and not by the loss.", "", "docs/judges.md#who-moves-a-learned-variable");
            }
            else if (!v.trainable)
            {
                if (s.Moved) continue;
                var still = examination.Patient.HasStep
                    ? $", and in {s.Path.Count} training steps nothing wrote it: no rule, schedule or callback that should move it was called"
                    : "";
                yield return v.Frozen
                    ? Says(s, Certainty.Note, Fate.Frozen, $"'{s.Name}' belongs to a frozen layer.", "Set the layer's trainable.")
                    : Says(s, s.Asked ? Certainty.Proof : Certainty.Note, Fate.Frozen, $"'{s.Name}' has trainable: false{still}.",
                        "Set trainable, or call the rule that moves it (a callback in the list of fit, a step in the loop).");
            }
            else if (s.IsRead && s.CouldBeOwned && s.Owner is null && s.Mover is null && s.KeptAt is null)
            {
                yield return Says(s, Certainty.Proof, Fate.Untrained, s.Moved
                    ? $"the model reads '{s.Name}' and does not own it; a rule of its own moves it, and a file of weights does not hold it."
                    : $"the model reads '{s.Name}', and nobody owns it, so no optimizer gets it.");
            }
            else if (s.IsRead && examination.Patient.HasStep && s.Mover is null && s.KeptAt is null && !s.Moved
                && (s.Gradient is not null || !examination.Patient.HasTape))
            {
                yield return Says(s, Certainty.Proof, Fate.Untrained,
                    $"the step reads '{s.Name}', and no optimizer gets it: the update of the training step leaves it out.",
                    "Pass it too: trainable_variables of the model that holds it, in tape.gradient and in apply_gradients.");
            }
        }
    }
}
