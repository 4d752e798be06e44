using System.Globalization;

namespace Workbook.Keras;

/// <summary>Says what a training step shows to be wrong, in words that name the variable.</summary>
static class Diagnosis
{
    /// <summary>Names variables that a step read, that could train, and that nobody moves.</summary>
    public static void Unowned(Layer model, IEnumerable<Optimizer?> optimizers, IEnumerable<Variable> read)
    {
        HashSet<Variable> owned = [.. model.variables, .. model.Walk().SelectMany(m => m.Module.Held()).OfType<Metric>().SelectMany(m => m.variables)];
        foreach (var optimizer in optimizers) owned.UnionWith(optimizer?.variables ?? []);
        var orphans = read.Where(v => v.trainable && v.dtype.IsFloating() && !owned.Contains(v)).Select(v => $"'{v.name}'").Distinct().ToList();
        if (orphans.Count == 0) return;
        var names = string.Join(", ", orphans);
        Warnings.Once($"unowned:{model.name}:{names}", $"Model '{model.name}': a training step reads the variable {names}, but the model does not own it, so nothing trains it. "
            + "Hold it in a field of the model or of a layer, give it to a regularizer, loss or loss_weights, or make it with trainable: false.", model);
    }

    /// <summary>Names variables inside an optimizer: they are read anew for every update, but an assignment stops gradients.</summary>
    public static void InOptimizer(Optimizer optimizer)
    {
        var names = string.Join(", ", Fields.Held(optimizer).OfType<Module>().SelectMany(m => m.trainable_variables).Select(v => $"'{v.name}'").Distinct());
        if (names.Length > 0)
            Warnings.Once($"optimizer:{names}", $"{optimizer.GetType().Name}: the variable {names} is read anew for every update, but no gradient of a loss reaches it, so training does not move it. "
                + "Assign it in a callback, differentiate through an update of your own (a hypergradient), or make it with trainable: false to say that this is meant.", optimizer);
        foreach (var number in Fields.Held(optimizer).OfType<Module>().SelectMany(m => m.Walk()).Select(m => m.Module).OfType<Hyperparameter>()) number.SayKept(optimizer.GetType().Name);
    }

    /// <summary>Says at which step a loss was not finite, which part of it, and what was the first thing that is not.</summary>
    /// <param name="model">The model.</param>
    /// <param name="loss">The loss of the step.</param>
    /// <param name="parts">What it was summed from.</param>
    /// <param name="step">The number of the step, as the optimizer counts them.</param>
    /// <param name="gradients">The variables and their gradients.</param>
    /// <param name="forward">Computes the predictions again.</param>
    public static void NotFinite(Layer model, Tensor loss, IEnumerable<(string Name, Tensor Value)> parts, long step, IEnumerable<(Tensor? Gradient, Variable Variable)> gradients, Action forward)
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
        Warnings.Say(string.Create(CultureInfo.InvariantCulture, $"Model '{model.name}': the loss is {(double)loss} in step {step} of its optimizer, through {part}. {cause} Training goes on; keras.callbacks.TerminateOnNaN() would end it."));
    }
}
