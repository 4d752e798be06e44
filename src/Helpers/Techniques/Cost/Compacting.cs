using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Helpers;

/// <summary>Cuts closed gates out of a model, step by step.</summary>
sealed class Compacting(Model model)
{
    /// <summary>What is made of a place: which units are left there, and what they are multiplied by before the next weights.</summary>
    sealed record Made(KerasTensor? Place, int[] Units, double[]? Factors);

    /// <summary>A layer with some rows and units, times some factors: where it stands twice with the same, it is one.</summary>
    sealed record Narrow(Layer Of, Layer Layer, List<Tensor> Weights, int[] Rows, double[]? Factors, int[] Units);

    readonly List<Narrow> layers = [];
    readonly List<(Layer, List<Tensor> Weights)> copies = [];
    readonly List<Layer> row = [];
    readonly Dictionary<KerasTensor, Made> made = [];
    bool isRow;
    UnitUse use = null!;

    public Model Run()
    {
        if (GraphStep.Of(model) is not { } steps)
            throw Wrong("a model that knows its input", $"'{model.name}'", "Begin with keras.Input.");
        if (model.layers.OfType<Model>().FirstOrDefault() is { } inside)
            throw Wrong("layers without models inside", $"'{inside.name}'", "Take its layers one by one.");
        if (!model.layers.Any(l => l is HardConcreteGate or GatedRecurrent))
            throw Wrong("a model with a HardConcreteGate", $"'{model.name}', which has none", "Put one behind a layer with units.");
        foreach (var step in steps) Refuse(step);
        (use, isRow) = (new(model, steps), IsRow(steps));
        foreach (var input in model.inputs) made[input] = Begun(input, steps);
        foreach (var step in steps.Where(s => s.Outputs.Any(use.IsAlive))) Make(step);
        var name = model.name + "_compact";
        var small = isRow ? new Sequential([made[model.inputs[0]].Place!, .. row], name)
            : Model([.. model.inputs.Select(i => made[i].Place!)], [.. model.outputs.Select(o => made[o].Place!)], name);
        foreach (var (layer, weights) in copies) layer.set_weights(weights);
        return small;
    }

    /// <summary>Whether layers stand one behind the other.</summary>
    bool IsRow(IReadOnlyList<GraphStep> steps)
    {
        var at = model.inputs[0];
        foreach (var step in steps)
        {
            if (step.Layer is null || step.Inputs.Count != 1 || step.Inputs[0] != at) return false;
            at = step.Outputs[0];
        }
        return model.inputs.Count == 1 && model.outputs.Count == 1 && model.outputs[0] == at;
    }

    static void Refuse(GraphStep step)
    {
        if (step.Layer is MixedActivation mixed)
            throw Wrong("layers that can be made anew from numbers", $"'{mixed.name}' ({mixed.GetType().Name}), which keeps functions",
                "Take the function that it has learned: layers.Activation.");
        if (step.Layer is not null && !step.IsPlain)
            throw Wrong("layers that are called with what goes in alone",
                $"'{step.Name}' ({step.Layer.GetType().Name}), called with training or other arguments", "Leave them out before.");
    }

    /// <summary>An input; narrower where a gate alone reads it.</summary>
    Made Begun(KerasTensor input, IReadOnlyList<GraphStep> steps)
    {
        var (all, needed) = (Enumerable.Range(0, UnitUse.Count(input)).ToArray(), Indices(use.Needed(input)));
        var at = input;
        while (steps.Where(s => s.Inputs.Contains(at)).ToArray() is [{ Layer: not HardConcreteGate } next]
            && UnitSteps.KindOf(next) is UnitStep.Straight or UnitStep.Each) at = next.Outputs[0];
        var narrow = needed.Length > 0 && steps.Where(s => s.Inputs.Contains(at)).ToArray() is [{ Layer: HardConcreteGate gate }]
            && gate.Kept.SequenceEqual(needed);
        var shape = input.shape.Dims[1..].ToArray();
        if (narrow) shape[^1] = needed.Length;
        return new(Input(new(shape), isRow ? null : input.name, input.dtype), narrow ? needed : all, null);
    }

    void Make(GraphStep step)
    {
        var (kind, to) = (UnitSteps.KindOf(step), step.Outputs[0]);
        int[] needed = Indices(use.Needed(to));
        switch (kind)
        {
            case UnitStep.Gate:
                var gate = (HardConcreteGate)step.Layer!;
                var before = Aligned(step.Inputs[0], needed, needed, absorb: false);
                var z = tf.stop_gradient(gate.Value).ToArray<double>();
                made[to] = before with { Factors = Plain([.. needed.Select((u, i) => z[u] * (before.Factors?[i] ?? 1))]) };
                break;
            case UnitStep.Sum:
                made[to] = Summed(step, needed);
                break;
            case UnitStep.Beside:
                made[to] = SideBySide(step);
                break;
            case UnitStep.Flatten:
                var from = Wanted(step, absorb: false);
                int n = UnitUse.Count(step.Inputs[0]), places = UnitUse.Count(to) / n;
                made[to] = new(Put(step, step.Layer!.With(), [], [from.Place])[0],
                    [.. Enumerable.Range(0, places).SelectMany(p => from.Units.Select(u => p * n + u))],
                    from.Factors is null ? null : [.. Enumerable.Repeat(from.Factors, places).SelectMany(f => f)]);
                break;
            case UnitStep.Straight or UnitStep.Each:
                var one = Wanted(step, absorb: false);
                var copy = Copy(step.Layer!, [], null, one.Units, UnitUse.Count(to));
                made[to] = one with { Place = Put(step, copy.Layer, copy.Weights, [one.Place])[0] };
                break;
            default:
                Weighted(step, kind, needed);
                break;
        }
    }

    /// <summary>A layer with weights, or one of which nothing is known.</summary>
    void Weighted(GraphStep step, UnitStep kind, int[] needed)
    {
        var takesRows = kind is UnitStep.Rows or UnitStep.RowsAndUnits or UnitStep.Gated;
        Made[] from = [.. step.Inputs.Select(i => Wanted(step, i, absorb: !takesRows || i != step.Inputs[0]))];
        if (step.Layer is null)
        {
            foreach (var (o, place) in step.Outputs.Zip(step.On([.. from.Select(f => f.Place!)]))) made[o] = new(place, Every(o), null);
            return;
        }
        var (rows, factors) = takesRows ? (from[0].Units, from[0].Factors) : ([], null);
        int[] units = kind is UnitStep.RowsAndUnits or UnitStep.Units ? needed
            : step.Layer is GatedRecurrent { gate: var own } ? own.Kept : Every(step.Outputs[0]);
        var copy = Copy(step.Layer, rows, factors, units, UnitUse.Count(step.Outputs[0]));
        var outputs = Put(step, copy.Layer, copy.Weights, [.. from.Select(f => f.Place)]);
        foreach (var (o, place) in step.Outputs.Zip(outputs))
            made[o] = new(place, o == step.Outputs[0] ? units : Every(o), null);
        if (step.Layer is GatedRecurrent { gate: var gate })
            made[step.Outputs[0]] = made[step.Outputs[0]] with { Factors = Left(gate, units) };
    }

    static double[]? Left(HardConcreteGate gate, int[] units) =>
        tf.stop_gradient(gate.Value).ToArray<double>() is var z ? Plain([.. units.Select(u => z[u])]) : null;

    /// <summary>A layer anew, once for each way in which it is narrowed.</summary>
    Narrow Copy(Layer layer, int[] rows, double[]? factors, int[] units, int all)
    {
        if (layers.Find(l => l.Of == layer && l.Rows.SequenceEqual(rows) && l.Units.SequenceEqual(units)
            && (l.Factors ?? []).SequenceEqual(factors ?? [])) is { } same) return same;
        var plain = layer is GatedRecurrent gated ? gated.layer : layer;
        List<Tensor> weights = [.. plain.get_weights()];
        foreach (var kernel in KernelsOf(plain).Where(_ => rows.Length > 0).Select(k => plain.weights.ToList().IndexOf(k)))
        {
            // Rows of the kernel that nothing reaches go; the others take what is left of their gates.
            weights[kernel] = tf.gather(weights[kernel], rows, axis: -2);
            if (factors is not null) weights[kernel] *= Column(factors, weights[kernel].dtype);
        }
        List<(string, object?)> changes = [];
        if (layers.Count(l => l.Of == layer) is > 0 and var times) changes.Add(("name", $"{plain.name}_{times + 1}"));
        if (layer is GatedRecurrent { gate: var gate })
        {
            // Each gate of each step has a column for a unit, and the next step a row.
            int[] columns = [.. Enumerable.Range(0, weights[1].shape[1] / all).SelectMany(g => units.Select(u => g * all + u))];
            weights[1] = tf.gather(weights[1], units, axis: 0);
            if (Left(gate, units) is { } left) weights[1] *= Column(left, weights[1].dtype);
            weights = Units(weights, columns);
            changes.Add(("units", units.Length));
        }
        else if (units.Length < all)
        {
            weights = Units(weights, units);
            if (UnitLayers.HasUnits(layer))
                changes.Add((layer is Dense ? "units" : layer is Embedding ? "output_dim" : "filters", units.Length));
        }
        var narrow = new Narrow(layer, plain.With([.. changes]), weights, rows, factors, units);
        layers.Add(narrow);
        return narrow;
    }

    static IEnumerable<Variable> KernelsOf(Layer layer) => layer switch
    {
        Dense dense => [dense.kernel!],
        Conv conv => [conv.kernel!],
        Recurrent recurrent => [recurrent.kernel!],
        Bidirectional both => [both.forward_layer.kernel!, both.backward_layer.kernel!],
        _ => [],
    };

    /// <summary>What a layer has for each unit; a strength that somebody brought in stays as it is.</summary>
    static List<Tensor> Units(List<Tensor> weights, int[] left) => [.. weights.Select(w => w.ndim == 0 ? w : tf.gather(w, left, axis: -1))];

    static Tensor Column(double[] factors, DType dtype) => tf.cast(tf.expand_dims(tf.constant(factors), 1), dtype);

    Made Summed(GraphStep step, int[] needed)
    {
        KerasTensor[] live = [.. step.Inputs.Where(i => !UnitSteps.MayLose(step) || use.Wanted(step, i).Contains(true))];
        Made[] all = [.. live.Select(i => Aligned(i, needed, Indices(use.Wanted(step, i)), absorb: false))];
        // What is left of gates goes on where it is the same on all sides.
        if (!Array.TrueForAll(all, m => (m.Factors ?? []).SequenceEqual(all[0].Factors ?? [])))
            all = [.. live.Select(i => Aligned(i, needed, Indices(use.Wanted(step, i)), absorb: true))];
        if (all.Length == 1) return all[0];
        KerasTensor[] places = [.. all.Select(m => m.Place!)];
        return all[0] with { Place = step.Layer is null ? step.On(places)[0] : Put(step, step.Layer.With(), [], places)[0] };
    }

    Made SideBySide(GraphStep step)
    {
        var (units, parts, at) = (new List<int>(), new List<Made>(), 0);
        foreach (var input in step.Inputs)
        {
            if (use.Wanted(step, input).Contains(true))
            {
                parts.Add(Wanted(step, input, absorb: false));
                units.AddRange(parts[^1].Units.Select(u => at + u));
            }
            at += UnitUse.Count(input);
        }
        double[] factors = [.. parts.SelectMany(p => p.Factors ?? Array.ConvertAll(p.Units, _ => 1.0))];
        return new(parts is [var one] ? one.Place : Put(step, step.Layer!.With(), [], [.. parts.Select(p => p.Place)])[0],
            [.. units], Plain(factors));
    }

    Made Wanted(GraphStep step, bool absorb) => Wanted(step, step.Inputs[0], absorb);

    Made Wanted(GraphStep step, KerasTensor input, bool absorb)
    {
        int[] units = Indices(use.Wanted(step, input));
        return Aligned(input, units, units, absorb);
    }

    /// <summary>A place with certain units, of which those that are not wanted are 0.</summary>
    /// <param name="place">The place of the model.</param>
    /// <param name="slots">Its units, in their order.</param>
    /// <param name="wanted">Those of them that come from there.</param>
    /// <param name="absorb">Whether what they are multiplied by shall be in them.</param>
    Made Aligned(KerasTensor place, int[] slots, int[] wanted, bool absorb)
    {
        var from = made[place];
        int[] at = [.. slots.Select(u => wanted.Contains(u) ? Array.IndexOf(from.Units, u) : -1)];
        if (at.SequenceEqual(Enumerable.Range(0, from.Units.Length)) && (!absorb || from.Factors is null)) return from;
        var before = config.floatx();
        config.set_floatx(place.dtype);
        try
        {
            var layer = new UnitPlaces(at);
            double[] factors = [.. at.Select(k => k < 0 ? 1 : from.Factors?[k] ?? 1)];
            return new(Put(null, layer, [tf.cast(tf.constant(factors), place.dtype)], [from.Place])[0], slots, null);
        }
        finally
        {
            config.set_floatx(before);
        }
    }

    /// <summary>Puts a layer there; in a row they are put one behind the other at the end.</summary>
    KerasTensor?[] Put(GraphStep? step, Layer layer, List<Tensor> weights, KerasTensor?[] from)
    {
        if (!copies.Exists(c => c.Item1 == layer)) copies.Add((layer, weights));
        var outputs = step?.Outputs.Count ?? 1;
        if (isRow)
        {
            row.Add(layer);
            return new KerasTensor?[outputs];
        }
        return outputs == 1 ? [from.Length == 1 ? layer.Apply(from[0]!) : layer.Apply([.. from.Select(f => f!)])]
            : layer.ApplyMany([.. from.Select(f => f!)]);
    }

    /// <summary>Factors that are all 1 are none.</summary>
    static double[]? Plain(double[] factors) => Array.TrueForAll(factors, f => f == 1) ? null : factors;

    static int[] Indices(bool[] units) => [.. units.Select((u, i) => (u, i)).Where(p => p.u).Select(p => p.i)];

    static int[] Every(KerasTensor place) => [.. Enumerable.Range(0, UnitUse.Count(place))];

    static ArgumentException Wrong(string expected, string received, string todo) => UnitUse.Wrong(expected, received, todo);
}
