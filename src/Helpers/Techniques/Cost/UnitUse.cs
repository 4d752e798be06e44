using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Which units of each place of a model are 0 for certain, and which of the others somebody needs.</summary>
sealed class UnitUse
{
    readonly Dictionary<KerasTensor, bool[]> closed = [], needed = [];
    readonly Dictionary<KerasTensor, HardConcreteGate> gates = [];
    readonly HashSet<KerasTensor> alive = [];
    readonly Dictionary<KerasTensor, GraphStep> makers = [];

    /// <exception cref="ArgumentException">A gate stands where nothing can be cut out, or in front of what does not pass on a
    /// factor.</exception>
    public UnitUse(Model model, IReadOnlyList<GraphStep> steps)
    {
        foreach (var step in steps)
            foreach (var output in step.Outputs) makers[output] = step;
        foreach (var step in steps) Close(step);
        foreach (var output in model.outputs)
        {
            if (gates.TryGetValue(output, out var last))
                throw Wrong("weights behind each gate", $"'{last.name}', whose units come out of the model as they are",
                    "Put it before the last layer.");
            Need(output, All(output));
        }
        foreach (var step in steps.Reverse()) Ask(step);
    }

    /// <summary>Whether each unit is 0, whatever goes into the model.</summary>
    public bool[] Closed(KerasTensor place) => closed.GetValueOrDefault(place) ?? new bool[Count(place)];

    /// <summary>Whether each unit is not 0, and somebody needs it.</summary>
    public bool[] Needed(KerasTensor place) => needed.GetValueOrDefault(place) ?? new bool[Count(place)];

    /// <summary>Whether somebody needs anything of a place.</summary>
    public bool IsAlive(KerasTensor place) => alive.Contains(place);

    /// <summary>Which units of one of its inputs a step needs; none where all gates before it have closed.</summary>
    public bool[] Wanted(GraphStep step, KerasTensor input) => UnitSteps.KindOf(step) switch
    {
        UnitStep.Rows or UnitStep.RowsAndUnits or UnitStep.Gated => input == step.Inputs[0] ? Open(input) : All(input),
        UnitStep.Gate or UnitStep.Straight or UnitStep.Each or UnitStep.Sum => And(Needed(step.Outputs[0]), Open(input)),
        UnitStep.Flatten => And(AnyPlace(Needed(step.Outputs[0]), Count(input)), Open(input)),
        UnitStep.Beside => And(Part(step, input), Open(input)),
        _ => All(input),
    };

    /// <summary>What of the units that are joined comes from one of the inputs; where it comes twice, what either place needs.</summary>
    bool[] Part(GraphStep step, KerasTensor input)
    {
        var (all, found, at) = (Needed(step.Outputs[0]), new bool[Count(input)], 0);
        foreach (var one in step.Inputs)
        {
            if (one == input) found = [.. found.Zip(all[at..(at + Count(one))], (a, b) => a || b)];
            at += Count(one);
        }
        return found;
    }

    void Close(GraphStep step)
    {
        var (kind, from, to) = (UnitSteps.KindOf(step), step.Inputs.Count > 0 ? step.Inputs[0] : null, step.Outputs[0]);
        var behind = step.Inputs.FirstOrDefault(gates.ContainsKey);
        var passes = kind is UnitStep.Gate or UnitStep.Straight or UnitStep.Sum or UnitStep.Beside or UnitStep.Flatten
            || (kind is UnitStep.Rows or UnitStep.RowsAndUnits or UnitStep.Gated && !step.Inputs.Skip(1).Any(gates.ContainsKey));
        if (behind is not null && !passes) throw NoFactor(step, gates[behind]);
        switch (kind)
        {
            case UnitStep.Gate:
                Placed(step);
                closed[to] = [.. Closed(from!).Zip(Zero((HardConcreteGate)step.Layer!), (a, b) => a || b)];
                gates[to] = (HardConcreteGate)step.Layer!;
                return;
            case UnitStep.Gated:
                closed[to] = Zero(((GatedRecurrent)step.Layer!).gate);
                gates[to] = ((GatedRecurrent)step.Layer!).gate;
                return;
            case UnitStep.Sum:
                closed[to] = step.Inputs.Select(Closed).Aggregate(And);
                break;
            case UnitStep.Beside:
                closed[to] = [.. step.Inputs.SelectMany(Closed)];
                break;
            case UnitStep.Flatten:
                var one = Closed(from!);
                if (one.Length > 0) closed[to] = [.. Enumerable.Range(0, Count(to)).Select(i => one[i % one.Length])];
                break;
            case UnitStep.Straight:
                closed[to] = Closed(from!);
                break;
            default:
                return;
        }
        if (behind is not null) gates[to] = gates[behind];
    }

    void Ask(GraphStep step)
    {
        if (!step.Outputs.Any(IsAlive)) return;
        foreach (var input in step.Inputs.Distinct())
        {
            var wanted = Wanted(step, input);
            if (wanted.Length > 0 && !wanted.Contains(true))
            {
                // Nothing comes from there, and the rest is enough.
                if (UnitSteps.MayLose(step) && Needed(step.Outputs[0]).Contains(true)) continue;
                if (gates.TryGetValue(input, out var gate) || step.Layer is HardConcreteGate own && (gate = own) is not null)
                    throw Wrong("a gate that leaves something", $"'{gate.name}', all of whose gates have closed",
                        "Lower its price, or begin with a larger log_alpha.");
            }
            Need(input, wanted);
        }
    }

    void Need(KerasTensor place, bool[] units)
    {
        alive.Add(place);
        needed[place] = [.. Needed(place).Zip(units, (a, b) => a || b)];
    }

    /// <summary>A gate behind what has no units of its own would close something that goes on being computed.</summary>
    void Placed(GraphStep gate)
    {
        for (var at = gate; makers.TryGetValue(at.Inputs[0], out var before) && UnitSteps.KindOf(before) != UnitStep.Sum; at = before)
        {
            if (before.Layer is { } layer && UnitLayers.Mixes(layer, UnitSteps.RankOf(before)))
                throw Wrong("a gate behind units that go through by themselves",
                    $"'{gate.Name}' behind '{layer.name}' ({layer.GetType().Name}), where each depends on the others",
                    "What is cut out there would change the rest: put the gate elsewhere, or take BatchNormalization over the last axis, "
                        + "or an activation of each number by itself.");
            if (UnitSteps.KindOf(before) is UnitStep.RowsAndUnits or UnitStep.Units) return;
            if (UnitSteps.HasGroups(before)) throw Groups(before);
            if (UnitSteps.KindOf(before) is UnitStep.Gate or UnitStep.Straight or UnitStep.Each) continue;
            throw Wrong("a gate right behind the layer whose units it counts",
                $"'{gate.Name}' behind '{before.Name}' ({before.Layer?.GetType().Name ?? "an operation"}), "
                    + (before.Layer is Recurrent ? "whose units it cannot close inside of the recurrence" : "which has no units"),
                before.Layer is Recurrent ? "Make both one: new GatedRecurrent(layer, gate)." : "Put it before that layer.");
        }
    }

    static ArgumentException NoFactor(GraphStep step, HardConcreteGate gate) => UnitSteps.HasGroups(step) ? Groups(step)
        : Wrong("weights, dropout, pools, Flatten, ReLU, sums or Concatenate behind a gate",
            $"'{step.Name}' ({step.Layer?.GetType().Name ?? "an operation"}) behind '{gate.name}', which does not pass on a factor",
            step.Layer is not null && UnitLayers.Mixes(step.Layer, UnitSteps.RankOf(step))
                ? "No gate can be cut out beside it: leave it out, or take BatchNormalization in front of the gate."
                : "Put the gate behind it.");

    static ArgumentException Groups(GraphStep step) =>
        Wrong("convolutions of one group", $"'{step.Name}', which has several", "Leave its gates out, or make it of one group.");

    /// <summary>Whether each gate is closed outside of training.</summary>
    static bool[] Zero(HardConcreteGate gate)
    {
        double[] z = tf.stop_gradient(gate.Value).ToArray<double>();
        return Array.TrueForAll(z, double.IsFinite) ? Array.ConvertAll(z, v => v <= 0)
            : throw Wrong("gates that are numbers", $"'{gate.name}' with NaN among its log_alpha",
                "Training has diverged: take a smaller rate.");
    }

    bool[] Open(KerasTensor place) => Array.ConvertAll(Closed(place), c => !c);

    static bool[] All(KerasTensor place) => Array.ConvertAll(new bool[Count(place)], _ => true);

    static bool[] And(bool[] a, bool[] b) => [.. a.Zip(b, (x, y) => x && y)];

    static bool[] AnyPlace(bool[] flat, int count) =>
        [.. Enumerable.Range(0, count).Select(u => Enumerable.Range(0, flat.Length / count).Any(p => flat[p * count + u]))];

    /// <summary>How many units the last axis has; 0 where there is none, or of any length.</summary>
    public static int Count(KerasTensor place) => place.shape.Rank >= 2 ? Math.Max(0, place.shape[^1]) : 0;

    public static ArgumentException Wrong(string expected, string received, string todo) =>
        new($"HardConcreteGate.Compact: expected {expected}. Received: {received}. {todo}");
}
