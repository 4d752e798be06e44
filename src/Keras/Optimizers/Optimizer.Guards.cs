using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

public abstract partial class Optimizer
{
    /// <summary>After so many updates without any slope a variable is named.</summary>
    const int Patience = 10;

    readonly bool isOurs;
    LearningRate? asked;
    int still;
    long restingUpdates;
    (Tensor Gradient, Variable Variable)[] given = [];

    /// <summary>Whether the gradient of a variable has been 0 in every update so far, and nobody was told.</summary>
    internal bool AnyStill => still > 0;

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
        SayRead([.. Fields.Held(this).OfType<Variable>().Where(v => v.trainable), .. parts.SelectMany(m => m.trainable_variables)], "");
        foreach (var number in parts.SelectMany(m => m.Walk()).Select(m => m.Module).OfType<Hyperparameter>())
            number.SayKept(GetType().Name);
    }

    /// <summary>Names, once each, the variables whose gradient was exactly 0 in every update, of which there were so many.</summary>
    internal void NameStill(int updates, IEnumerable<Variable> variables)
    {
        List<string> names = [];
        var most = 0;
        foreach (var variable in variables)
        {
            if (!slots.TryGetValue(variable, out var state) || state.HasMoved || state.ToldStill || state.Zeros < updates) continue;
            state.ToldStill = true;
            still--;
            most = Math.Max(most, state.Zeros);
            names.Add($"'{variable.name}'");
        }
        if (names.Count == 0) return;
        Warnings.Say(
            $"{GetType().Name}: the gradient of the "
                + $"variable {string.Join(", ", names.Take(5))}{(names.Count > 5 ? $" and {names.Count - 5} more" : "")} was exactly 0 in "
                    + $"all {most} updates so far, "
            + "so nothing has moved it, although the loss depends on it. "
                + "Either it acts only where no value lies (behind a bound, a relu, a tf.where that is never reached), or what comes of it "
                    + "is multiplied by 0 "
            + "(a loss weight, a kernel of zeros). Start it where it acts, or leave it out.");
    }

    void Look(Slots state, Tensor gradient, Variable variable)
    {
        if (state.Zeros > 0 && !state.ToldStill) still--;
        // Kernels and biases of layers may rest for good reasons: a bias that a critic's two terms cancel, a relu that is dead.
        state.HasMoved = (variable.MadeByLayer && variable.shape.Rank > 0) || !FirstNotZero.None(gradient);
        if (state.HasMoved) return;
        state.Zeros++;
        if (!state.ToldStill) still++;
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
