using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

public abstract partial class Optimizer
{
    readonly bool isOurs;
    LearningRate? asked;
    long restingUpdates;
    (Tensor Gradient, Variable Variable)[] given = [];

    /// <summary>The variables that came without a gradient, or frozen, and were named.</summary>
    internal HashSet<Variable> Named { get; } = [];

    /// <summary>The variables that a schedule or a constraint was seen to read, and that nobody moves.</summary>
    internal HashSet<Variable> ReadBeside { get; } = [];

    /// <summary>Looks at the rates from now on. What it gives tells, after a fit, of rates that were 0 in each of its updates, unless
    /// the number itself says so.</summary>
    internal Action<string> WatchRates()
    {
        var (updates, resting, byHand) = (iterations, restingUpdates, rate.Schedule is null && learning_rate == 0);
        return model =>
        {
            var made = iterations - updates;
            if (byHand || made == 0 || restingUpdates - resting < made) return;
            var names = slots.Keys.OrderBy(v => v.MadeByLayer).Select(v => $"'{v.name}'").ToList();
            var rest = names.Count > 5 ? $" and {names.Count - 5} more" : "";
            Warnings.Say($"Model '{model}': {GetType().Name}: expected a learning rate above 0. Received: 0 in each of the {made} updates of "
                + $"this fit, from {rate.Schedule?.GetType().Name ?? "a callback"}, so nothing has moved "
                + $"{string.Join(", ", names.Take(5))}{rest}. Whole numbers divide to whole ones: 1 / (epoch + 2) is 0, "
                + "1.0 / (epoch + 2) is not.");
        };
    }

    /// <summary>Names variables inside an optimizer: they are read anew for every update, but an assignment stops gradients.</summary>
    internal void AskNumbers()
    {
        if (ReferenceEquals(asked, rate)) return;
        asked = rate;
        var parts = Fields.Held(this).OfType<Module>().ToList();
        // What it moves itself it may well keep.
        var kept = Fields.Held(this).OfType<Variable>().Where(v => v.trainable && !IsGiven(v) && builtFor?.Contains(v) != true);
        SayRead([.. kept, .. parts.SelectMany(m => m.trainable_variables)], "");
        foreach (var number in parts.SelectMany(m => m.Walk()).Select(m => m.Module).OfType<Hyperparameter>())
            number.SayKept(GetType().Name);
    }

    /// <summary>Evaluates somebody's own code, and names variables that it reads and nobody moves.</summary>
    T Watched<T>(string by, Func<T> evaluate)
    {
        using var reads = VariableReads.OfCasts();
        var value = evaluate();
        var made = value is Tensor tensor && tensor.HasOrigin ? [tensor, .. reads.Casts] : reads.Casts;
        if (made.Count > 0)
            Snapshot.SayNumbers($"{GetType().Name}, in {by}",
                made.SelectMany(t => t.Sources).Except(reads.Variables).Where(v => !IsGiven(v)));
        if (reads.Count > 0) SayRead(reads.Variables.Where(v => v.trainable && !IsGiven(v) && ReadBeside.Add(v)), " by " + by);
        return value;
    }

    bool IsGiven(Variable variable) => Array.Exists(given, p => p.Variable == variable);

    void SayRead(IEnumerable<Variable> variables, string by)
    {
        var names = string.Join(", ", variables.Select(v => $"'{v.name}'").Distinct());
        if (names.Length > 0)
            Warnings.Once($"optimizer:{names}",
                $"{GetType().Name}: the variable {names} is read anew for every update{by}, but no gradient of a loss reaches it, so "
                    + "training does not move it. "
                + "Assign it in a callback, differentiate through an update of your own (a hypergradient), or make it with trainable: "
                    + "false to say that this is meant.", this);
    }
}
