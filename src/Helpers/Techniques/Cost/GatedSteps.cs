using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Follows units through a model: which of them a gate may close, and what need not be computed then.</summary>
sealed class GatedSteps(string model, KerasTensor[] outputs, IReadOnlyList<GraphStep> steps)
{
    /// <summary>How likely each unit of the last axis is open, and the gates that say so.</summary>
    sealed record Reach(Tensor Open, IReadOnlyList<HardConcreteGate> Gates);

    readonly Dictionary<KerasTensor, Reach?> reaching = [];

    readonly Dictionary<KerasTensor, GraphStep> makers =
        steps.SelectMany(s => s.Outputs.Select(o => (o, s))).ToDictionary(p => p.o, p => p.s);

    readonly Dictionary<KerasTensor, GraphStep[]> users = steps.SelectMany(s => s.Inputs.Distinct().Select(i => (i, s)))
        .GroupBy(p => p.i, p => p.s).ToDictionary(g => g.Key, g => g.ToArray());

    public Tensor Expected()
    {
        if (steps.FirstOrDefault(s => GateOf(s) is not null) is not { } first)
            throw new ArgumentException($"Operations.Expected: expected a model with a HardConcreteGate. Received: '{model}', which "
                + "has none, so that its operations cannot change. Operations.Of counts them.");
        var sum = tf.zeros(Shape.Scalar, GateOf(first)!.Open.dtype);
        foreach (var step in steps)
        {
            if (step.Layer is Model inner && GraphStep.Of(inner)?.Any(s => GateOf(s) is not null || s.Layer is Model) == true)
                throw Wrong("gates in the model itself", $"'{inner.name}', a model inside of it that has gates or models of its own",
                    "Take its layers one by one.");
            var coming = step.Inputs.Count > 0 ? reaching.GetValueOrDefault(step.Inputs[0]) : null;
            if (step.Layer is HardConcreteGate gate) Placed(step);
            if (Operations.Of(step) is { All: > 0 } counts) sum += Left(step, counts, coming);
            reaching[step.Outputs[0]] = Through(step, coming);
        }
        return sum;
    }

    static HardConcreteGate? GateOf(GraphStep step) => step.Layer switch
    {
        HardConcreteGate gate => gate,
        GatedRecurrent recurrent => recurrent.gate,
        _ => null,
    };

    /// <summary>What a step with weights is expected to compute.</summary>
    Tensor Left(GraphStep step, Multiplications counts, Reach? coming)
    {
        if (coming is not null && !TakesRows(step))
            throw Wrong("Dense, convolutions of one group or recurrent layers behind a gate",
                $"'{step.Name}' ({step.Layer!.GetType().Name}) behind '{coming.Gates[^1].name}'",
                "What it would leave out cannot be told.");
        var rows = coming is null ? (double)counts.First + tf.zeros(Shape.Scalar, Dtype)
            : tf.reduce_mean(coming.Open) * (double)counts.First;
        if (step.Layer is GatedRecurrent { gate: var own })
        {
            RefuseTwice(step, coming, [own]);
            // Of two different units both gates must be open, of a unit with itself its own.
            var (open, n) = (own.Open, (double)own.Open.size);
            var pairs = tf.square(tf.reduce_mean(open)) + tf.reduce_mean(open - tf.square(open)) / n;
            return tf.reduce_mean(open) * rows + pairs * (double)counts.Others;
        }
        var all = rows + (double)counts.Others;
        if (Own(step) is not { } units) return all;
        RefuseTwice(step, coming, units.Gates);
        return all * tf.reduce_mean(units.Open);
    }

    DType Dtype => GateOf(steps.First(s => GateOf(s) is not null))!.Open.dtype;

    static bool TakesRows(GraphStep step) => step.Layer switch
    {
        Conv conv => conv.kernel!.shape[^2] == step.Inputs[0].shape[^1],
        Dense or Recurrent or Bidirectional or GatedRecurrent => true,
        _ => false,
    };

    /// <summary>The gates that close the units of a step, as far as nobody else sees them.</summary>
    Reach? Own(GraphStep step)
    {
        if (!UnitLayers.HasUnits(step.Layer!) || Mixes(step)) return null;
        Reach? found = null;
        for (var at = step.Outputs[0]; !outputs.Contains(at) && users.GetValueOrDefault(at) is [var user]; at = user.Outputs[0])
            if (user.Layer is HardConcreteGate gate)
            {
                if (found?.Gates.Contains(gate) != true)
                    found = found is null ? new(gate.Open, [gate]) : new(found.Open * gate.Open, [.. found.Gates, gate]);
            }
            else if (!UnitSteps.IsSum(user)
                && (user.Layer is null || Mixes(user) || !UnitLayers.IsEach(user.Layer, user.Inputs[0].shape.Rank))) break;
        return found;
    }

    /// <summary>A gate behind what has no units of its own would close something that goes on being computed.</summary>
    void Placed(GraphStep gate)
    {
        for (var at = gate; makers.TryGetValue(at.Inputs[0], out var before); at = before)
        {
            if (UnitSteps.IsSum(before) || (before.Layer is not null && UnitLayers.HasUnits(before.Layer) && !Mixes(before))) return;
            if (before.Layer is HardConcreteGate
                || (before.Layer is { } layer && UnitLayers.IsEach(layer, before.Inputs[0].shape.Rank) && !Mixes(before))) continue;
            throw Wrong("a gate behind a layer whose units go through by themselves, or an input",
                $"'{gate.Name}' behind '{before.Name}' ({before.Layer?.GetType().Name ?? "an operation"})", before.Layer is Recurrent
                    ? "Make both one: new GatedRecurrent(layer, gate)."
                    : "Put it behind a Dense, a convolution or an Embedding, before anything that joins or moves units.");
        }
    }

    static bool Mixes(GraphStep step) => UnitLayers.Mixes(step.Layer!, step.Inputs[0].shape.Rank);

    /// <summary>What goes on to whoever takes the output of a step.</summary>
    Reach? Through(GraphStep step, Reach? coming)
    {
        if (GateOf(step) is { } gate)
        {
            if (step.Layer is GatedRecurrent) return new(gate.Open, [gate]);
            RefuseTwice(step, coming, [gate]);
            return coming is null ? new(gate.Open, [gate]) : new(coming.Open * gate.Open, [.. coming.Gates, gate]);
        }
        Reach?[] all = [.. step.Inputs.Select(i => reaching.GetValueOrDefault(i))];
        if (Array.TrueForAll(all, r => r is null) || TakesRows(step)) return null;
        if (UnitSteps.IsSum(step)) return all.Aggregate((a, b) => Either(step, a, b));
        if (step.Layer is Concatenate && step.Outputs[0].shape[^1] == step.Inputs.Sum(i => i.shape[^1]))
            return new(tf.concat([.. step.Inputs.Zip(all, (i, r) => r?.Open ?? tf.ones(i.shape[^1], Dtype))], 0),
                [.. all.OfType<Reach>().SelectMany(r => r.Gates).Distinct()]);
        if (step.Layer is Flatten)
            return coming! with { Open = tf.tile(coming.Open, [step.Outputs[0].shape[^1] / coming.Open.size]) };
        return step.Layer is { } layer && UnitLayers.IsStraight(layer, step.Inputs[0].shape.Rank) ? coming
            : throw Wrong("weights, dropout, pools, Flatten, ReLU, sums or Concatenate behind a gate",
                $"'{step.Name}' ({step.Layer?.GetType().Name ?? "an operation"}) behind '{all.OfType<Reach>().First().Gates[^1].name}'",
                "A unit that is 0 there need not be 0 behind it, so that it could not be left out: put the gate behind it.");
    }

    /// <summary>Units of a sum are closed when both sides are.</summary>
    static Reach? Either(GraphStep step, Reach? a, Reach? b)
    {
        if (a is null || b is null) return null;
        if (a.Gates.SequenceEqual(b.Gates)) return a;
        RefuseTwice(step, a, b.Gates);
        return new(1.0 - (1.0 - a.Open) * (1.0 - b.Open), [.. a.Gates, .. b.Gates]);
    }

    /// <summary>Chances are multiplied, which those of the same gate may not be.</summary>
    static void RefuseTwice(GraphStep step, Reach? coming, IReadOnlyList<HardConcreteGate> gates)
    {
        if (coming?.Gates.Intersect(gates).FirstOrDefault() is { } twice)
            throw Wrong("gates that come to each step on one way", $"'{twice.name}', which comes to '{step.Name}' on two",
                "Give each place a gate of its own.");
    }

    static ArgumentException Wrong(string expected, string received, string todo) =>
        new($"Operations.Expected: expected {expected}. Received: {received}. {todo}");
}
