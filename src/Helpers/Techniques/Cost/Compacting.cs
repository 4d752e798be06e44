using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Helpers;

/// <summary>Cuts closed gates out of a model, layer by layer.</summary>
sealed class Compacting(Model model)
{
    readonly List<(Layer Layer, List<Tensor> Weights)> made = [];
    Shape input = new([.. model.inputs.Count == 1 ? model.inputs[0].shape.Dims[1..].ToArray() : []]);
    // What is left of the last axis, and what it is multiplied by before the next weights; null: all of it, by 1.
    int[]? kept;
    double[]? factors;
    HardConcreteGate? open;

    public Sequential Run()
    {
        if (model.inputs.Count != 1) throw Wrong("a model that knows its one input", $"'{model.name}'", "Begin with keras.Input.");
        if (model.layers.OfType<Model>().FirstOrDefault() is { } inside)
            throw Wrong("layers without models inside", $"'{inside.name}'", "Take its layers one by one.");
        if (!model.layers.Any(l => l is HardConcreteGate or GatedRecurrent))
            throw Wrong("a model with a HardConcreteGate", $"'{model.name}', which has none", "Put one behind a layer with units.");
        RefuseBranches();
        // A layer that stands twice comes twice.
        foreach (var layer in GraphStep.Of(model)!.Select(s => s.Layer!))
            if (layer is HardConcreteGate gate) Cut(gate);
            else if (layer is GatedRecurrent gated) CutInside(gated);
            else Take(layer);
        if (kept is not null)
            throw Wrong("weights behind each gate", $"'{open!.name}', which is the last", "Put it before the last layer.");
        var small = new Sequential([Input(input, dtype: model.inputs[0].dtype), .. made.Select(m => m.Layer)], model.name + "_compact");
        foreach (var (layer, weights) in made) layer.set_weights(weights);
        return small;
    }

    void RefuseBranches()
    {
        var at = model.inputs[0];
        foreach (var step in GraphStep.Of(model)!)
        {
            if (step.Layer is null)
                throw Wrong("layers one behind the other", $"the operation '{step.Name}' between them", "Make a layer of it.");
            if (step.Inputs.Count != 1 || !ReferenceEquals(step.Inputs[0], at))
                throw Wrong("layers one behind the other", $"'{step.Name}', which takes something else than what comes before it",
                    "Where paths part or meet, units count on both: leave the gates out there.");
            at = step.Outputs[0];
        }
        if (model.outputs.Count != 1 || !ReferenceEquals(at, model.outputs[0]))
            throw Wrong("layers one behind the other", $"'{model.name}' with an output before its last layer", "Give the last one alone.");
    }

    void Cut(HardConcreteGate gate)
    {
        if (kept is not null)
            throw Wrong("weights between two gates", $"'{open!.name}' and '{gate.name}'",
                "Put one of them behind the next layer with units.");
        var left = LeftBy(gate);
        var at = made.FindLastIndex(m => UnitLayers.HasUnits(m.Layer));
        if (made.Skip(Math.Max(at, 0)).FirstOrDefault(m => Mixes(m.Layer)).Layer is { } mixing)
            throw Wrong("a gate behind units that go through by themselves",
                $"'{gate.name}' behind '{mixing.name}' ({mixing.GetType().Name}), where each depends on the others",
                "What is cut out there would change the rest: put the gate elsewhere, or take BatchNormalization over the last axis, or an "
                    + "activation of each number by itself.");
        if (made.Skip(at + 1).FirstOrDefault(m => !IsEach(m.Layer)).Layer is { } between)
            throw Wrong("a gate right behind the layer whose units it counts",
                $"'{gate.name}' behind '{between.name}' ({between.GetType().Name}), "
                    + (between is Recurrent ? "whose units it cannot close inside of the recurrence" : "which has no units"),
                between is Recurrent ? "Make both one: new GatedRecurrent(layer, gate)." : "Put it before that layer.");
        if (at < 0) input = new([.. input.Dims[..^1], left.Length]);
        for (var i = Math.Max(at, 0); i < made.Count; i++) made[i] = Narrowed(made[i].Layer, made[i].Weights, left, isUnits: i == at);
        Opened(gate, left);
    }

    /// <summary>The units of a recurrent layer, of which each gate of each step has a column, and the next step a row.</summary>
    void CutInside(GatedRecurrent gated)
    {
        Take(gated.layer);
        var (layer, weights) = made[^1];
        var (left, units) = (LeftBy(gated.gate), weights[1].shape[0]);
        int[] columns = [.. Enumerable.Range(0, weights[1].shape[1] / units).SelectMany(g => left.Select(k => g * units + k))];
        Opened(gated.gate, left);
        weights[1] = tf.gather(weights[1], left, axis: 0) * Column(weights[1].dtype);
        made[^1] = (layer.With(("units", left.Length)), Narrow(weights, columns));
    }

    /// <summary>What a layer has for each unit; a strength that somebody brought in stays as it is.</summary>
    static List<Tensor> Narrow(List<Tensor> weights, int[] left) =>
        [.. weights.Select(w => w.ndim == 0 ? w : tf.gather(w, left, axis: -1))];

    static int[] LeftBy(HardConcreteGate gate) => !double.IsFinite((double)tf.reduce_sum(gate.Value))
        ? throw Wrong("gates that are numbers", $"'{gate.name}' with NaN among its log_alpha",
            "Training has diverged: take a smaller rate.")
        : gate.Kept is { Length: > 0 } left ? left
        : throw Wrong("a gate that leaves something", $"'{gate.name}', all of whose gates have closed",
            "Lower its price, or begin with a larger log_alpha.");

    void Opened(HardConcreteGate gate, int[] left)
    {
        var z = tf.stop_gradient(gate.Value).ToArray<double>();
        (kept, factors, open) = (left, [.. left.Select(i => z[i])], gate);
    }

    /// <summary>What is left of the open gates, one below the other.</summary>
    Tensor Column(DType dtype) => tf.cast(tf.expand_dims(tf.constant(factors!), 1), dtype);

    static (Layer, List<Tensor>) Narrowed(Layer layer, List<Tensor> weights, int[] left, bool isUnits)
    {
        var narrow = Narrow(weights, left);
        var count = layer switch
        {
            Dense => "units",
            Embedding => "output_dim",
            _ => "filters",
        };
        return (isUnits ? layer.With((count, left.Length)) : layer, narrow);
    }

    void Take(Layer layer)
    {
        if (layer is MixedActivation)
            throw Wrong("layers that can be made anew from numbers", $"'{layer.name}' ({layer.GetType().Name}), which keeps functions",
                "Take the function that it has learned: layers.Activation.");
        List<Tensor> weights = [.. layer.get_weights()];
        if (layer is Conv1D or Conv2D && weights[0].shape[^2] != layer.input.shape[^1])
            throw Wrong("convolutions of one group", $"'{layer.name}', which has several", "Leave its gates out, or make it of one group.");
        if (kept is null) made.Add((layer.With(), weights));
        else if (layer is Dense or Conv1D or Conv2D or Recurrent)
        {
            // Rows of the kernel that nothing reaches go; the others take what is left of their gates.
            weights[0] = tf.gather(weights[0], kept, axis: -2) * Column(weights[0].dtype);
            made.Add((layer.With(), weights));
            (kept, factors) = (null, null);
        }
        else if (layer is Flatten)
        {
            var shape = layer.input.shape;
            var places = shape.Dims[1..^1].ToArray().Aggregate(1, (a, b) => a * b);
            var channels = shape[^1];
            kept = [.. Enumerable.Range(0, places).SelectMany(s => kept.Select(k => s * channels + k))];
            factors = [.. Enumerable.Range(0, places).SelectMany(_ => factors!)];
            made.Add((layer.With(), weights));
        }
        else if (UnitLayers.IsStraight(layer, RankOf(layer))) made.Add((layer.With(), weights));
        else
            throw Wrong("weights, dropout, pools, Flatten or ReLU behind a gate",
                $"'{layer.name}' ({layer.GetType().Name}) behind '{open!.name}', which does not pass on a factor",
                Mixes(layer) ? "No gate can be cut out beside it: leave it out, or take BatchNormalization in front of the gate."
                    : "Put the gate behind it.");
    }

    bool Mixes(Layer layer) => UnitLayers.Mixes(layer, RankOf(layer));

    bool IsEach(Layer layer) => UnitLayers.IsEach(layer, RankOf(layer));

    // What has been made anew stands in no graph yet.
    int RankOf(Layer layer) => model.layers.First(l => l.name == layer.name) is var given && given is Model ? 0 : given.input.shape.Rank;

    static ArgumentException Wrong(string expected, string received, string todo) =>
        new($"HardConcreteGate.Compact: expected {expected}. Received: {received}. {todo}");
}
