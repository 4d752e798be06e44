using System.Globalization;
using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>Says what a training step shows to be wrong, in words that name the variable.</summary>
static class Diagnosis
{
    /// <summary>Names variables that a step read, that could train, and that nobody moves.</summary>
    public static void Unowned(Layer model, IEnumerable<Optimizer?> optimizers, IEnumerable<Variable> read, string step)
    {
        HashSet<Variable> owned = [.. model.variables,
            .. model.Walk().SelectMany(m => m.Module.Held()).OfType<Metric>().SelectMany(m => m.variables)];
        foreach (var optimizer in optimizers.OfType<Optimizer>())
        {
            owned.UnionWith(optimizer.variables);
            owned.UnionWith(optimizer.ReadBeside);
        }
        var orphans = read.Where(v => v.trainable && !owned.Contains(v)).Select(v => $"'{v.name}'").Distinct().ToList();
        if (orphans.Count == 0) return;
        var names = string.Join(", ", orphans);
        Warnings.Once($"unowned:{model.name}:{names}",
            $"Model '{model.name}': {step} reads the variable {names}, but the model does not own it, so nothing trains it. "
            + "Hold it in a field of the model or of a layer, give it to a regularizer, loss or loss_weights, or make it with trainable: "
                + "false.", model);
    }

    /// <summary>Names numbers of a frozen layer that are read outside of it too. A weight is meant to be: an anchor.</summary>
    public static void FrozenElsewhere(Layer model, IEnumerable<Variable> read)
    {
        var names = string.Join(", ", read.Where(v => v.Frozen && v.WouldTrain && !v.MadeByLayer).Select(v => $"'{v.name}'").Distinct());
        if (names.Length > 0)
            Warnings.Once($"frozen elsewhere:{names}",
                $"Model '{model.name}': a training step reads the variable {names} outside of the frozen layer to which it belongs, and it "
                    + "stands still there too. "
                + "Make another variable for that place, or set the layer's trainable, or make it with trainable: false to say that this "
                    + "is meant.", model);
    }

    /// <summary>Says at which step a loss was not finite, which part of it, and what was the first thing that is not.</summary>
    /// <param name="model">The model.</param>
    /// <param name="loss">The loss of the step.</param>
    /// <param name="parts">What it was summed from.</param>
    /// <param name="step">The number of the step, as the optimizer counts them.</param>
    /// <param name="gradients">The variables and their gradients.</param>
    /// <param name="forward">Computes the predictions again.</param>
    public static bool NotFinite(Layer model, Tensor loss, IEnumerable<(string Name, Tensor Value)> parts, long step,
        IEnumerable<(Tensor? Gradient, Variable Variable)> gradients, Action forward)
    {
        using var activations = new FirstNotFinite();
        forward();
        var part = parts.FirstOrDefault(p => !FirstNotFinite.Finite(p.Value)).Name ?? "the sum of all parts";
        var variable = gradients.FirstOrDefault(g => !FirstNotFinite.Finite(g.Variable.value())).Variable;
        var gradient = gradients.FirstOrDefault(g => g.Gradient is { } d && !FirstNotFinite.Finite(d)).Variable;
        var cause = variable is not null ? $"The first variable that is not finite is '{variable.name}'."
            : activations.Name is { } name ? $"All variables are finite; the first activation that is not is the output of '{name}'."
            : gradient is not null ? $"All variables and activations are finite; the gradient of '{gradient.name}' is not."
            : "All variables, activations and gradients are finite.";
        Warnings.Say(
            string.Create(CultureInfo.InvariantCulture,
                $"Model '{model.name}': the loss is {(double)loss} in step {step} of its optimizer, through {part}. {cause} Training goes on; keras.callbacks.TerminateOnNaN() would end it."));
        return true;
    }

    /// <summary>Says of a train_step of somebody's own that its loss is not finite; how it came about is not known here.</summary>
    /// <returns>Whether it is not.</returns>
    public static bool OwnStep(Layer model, Dictionary<string, double> logs, int step)
    {
        if (!logs.TryGetValue("loss", out var loss) || double.IsFinite(loss)) return false;
        var first = model.variables.FirstOrDefault(v => v.dtype.IsFloating() && !FirstNotFinite.Finite(v.value()));
        Warnings.Say(
            FormattableString.Invariant(
                $"Model '{model.name}': the loss that its own train_step gives is {loss} in step {step} of the epoch. ")
            + $"{(first is null ? "All variables are finite." : $"The first variable that is not finite is '{first.name}'.")} Training "
                + "goes on; keras.callbacks.TerminateOnNaN() would end it.");
        return true;
    }

    /// <summary>Names variables that are not finite although the loss of every step was: it is measured before the update.</summary>
    /// <returns>Whether there are any.</returns>
    public static bool BrokenByUpdate(Layer model, string when, Func<Variable, Tensor?> gradient)
    {
        var broken = model.variables.Where(v => !FirstNotFinite.IsFinite(v)).ToList();
        if (broken.Count == 0) return false;
        var cause = broken.FirstOrDefault(v => gradient(v) is { } g && !FirstNotFinite.Finite(g));
        Warnings.Say(
            $"Model '{model.name}': after {when} the "
                + $"variable {string.Join(", ", broken.Take(5).Select(v => $"'{v.name}'"))}{(broken.Count > 5 ? $" and {broken.Count - 5} more are" : " is")} not finite, although the loss of each step was: it is measured before the update, "
            + $"or nothing that is not finite can reach "
                + $"it. {(cause is null ? "The gradients of the last step are finite: an earlier update did it, or one that was too large." : $"The gradient of '{cause.name}' in the last step is not finite: a root, a norm, a quotient or a power at 0 has such a slope.")} Training goes on; keras.callbacks.TerminateOnNaN() would end it.");
        return true;
    }
}
