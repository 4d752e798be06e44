using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>Variables that updates leave as they were: without a slope, or held by a constraint.</summary>
public abstract partial class Optimizer
{
    /// <summary>After so many updates that left it as it was a variable is named.</summary>
    const int Patience = 10;

    /// <summary>A gradient that is so much smaller than the others and changes nothing is lost in rounding; one of the second size is
    /// rounding, though it may change the last digit.</summary>
    const double Faint = 1e-4, Rounding = 1e-6;

    int still;

    /// <summary>Whether every update so far has left a variable as it was, and nobody was told.</summary>
    internal bool AnyStill => still > 0;

    /// <summary>Names, once each, the variables that so many updates left as they were.</summary>
    internal void NameStill(int updates, IEnumerable<Variable> variables)
    {
        List<(string Name, Slots State)> found = [];
        foreach (var variable in variables)
        {
            if (!slots.TryGetValue(variable, out var state) || state.HasMoved || state.ToldStill || state.Zeros < updates) continue;
            state.ToldStill = true;
            still--;
            found.Add(($"'{variable.name}'", state));
        }
        foreach (var group in found.GroupBy(f => f.State.Held ? "held" : f.State.Greatest > 0 ? "faint" : "zero"))
        {
            List<string> names = [.. group.Select(g => g.Name)];
            var all = string.Join(", ", names.Take(5)) + (names.Count > 5 ? $" and {names.Count - 5} more" : "");
            var most = group.Max(g => g.State.Zeros);
            Warnings.Say(group.Key switch
            {
                "held" => $"{GetType().Name}: the constraint of the variable {all} has given its old value back in all {most} updates so far, "
                    + "and does so on either side of it, so nothing moves it, although it has a gradient. Take another constraint, or make "
                    + "it with trainable: false.",
                "faint" => $"{GetType().Name}: the gradient of the variable {all} was so small in all {most} updates so far, at most "
                    + FormattableString.Invariant($"{group.Max(g => g.State.Greatest):G2}, ") + "that its value has not changed but by rounding. "
                    + "Either what it does is taken away again (a softmax takes away what is added to all, a normalization a factor or a "
                    + "shift), or it is lost beside larger numbers. Put it where it acts, or leave it out.",
                _ => $"{GetType().Name}: the gradient of the variable {all} was exactly 0 in all {most} updates so far, so nothing has moved "
                    + "it, although the loss depends on it. Either it acts only where no value lies (behind a bound, a relu, a tf.where "
                    + "that is never reached), or what comes of it is multiplied by 0 (a loss weight, a kernel of zeros). "
                    + "Start it where it acts, or leave it out.",
            });
        }
    }

    /// <summary>The value before an update, where it is to be seen whether that moves it; else null.</summary>
    static Tensor? ValueToCompare(Slots state, Variable variable)
    {
        // Kernels and biases of layers may rest for good reasons: a bias that a critic's two terms cancel, a relu that is dead.
        if (!state.HasMoved) state.HasMoved = variable.MadeByLayer && variable.shape.Rank > 0;
        return state.HasMoved || state.ToldStill ? null : variable.value();
    }

    void Look(Slots state, Tensor gradient, Variable variable, Tensor before, double lr)
    {
        if (!FirstNotZero.None(gradient))
        {
            // A rate of 0 is told of elsewhere, where it is not meant.
            if (lr == 0) return;
            var after = variable.value();
            var same = FirstNotZero.Same(before, after);
            var held = same && Constraint.Of(variable) is { } constraint && Holds(constraint, before);
            var lost = isOurs && (same ? Share(variable) <= Faint : FirstNotZero.Near(before, after) && Share(variable) <= Rounding);
            if (!held && !lost)
            {
                state.HasMoved = true;
                if (state.Zeros > 0) still--;
                return;
            }
            state.Held |= held;
            state.Greatest = Math.Max(state.Greatest, FirstNotZero.Greatest(gradient));
        }
        if (state.Zeros++ == 0) still++;
    }

    /// <summary>Whether a constraint gives back a value from both of its sides: at a bound, where a price may rest, it does so from
    /// one.</summary>
    static bool Holds(Constraint constraint, Tensor value)
    {
        using var apart = Recording.Suspend();
        var step = 0.01 * (1.0 + tf.abs(value));
        return FirstNotZero.Same(value, constraint.Apply(value + step)) && FirstNotZero.Same(value, constraint.Apply(value - step));
    }

    /// <summary>The greatest element of its gradient, as a share of that of all others; as it is where there are none.</summary>
    double Share(Variable variable)
    {
        var (own, others) = (0.0, 0.0);
        foreach (var (gradient, of) in given)
        {
            if (gradient is null) continue;
            if (of == variable) own = FirstNotZero.Greatest(gradient);
            else others = Math.Max(others, FirstNotZero.Greatest(gradient));
        }
        return others > 0 ? own / others : own;
    }
}
